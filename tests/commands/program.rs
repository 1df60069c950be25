//! Runs the program in a folder of its own, away from the environment of who runs the tests.
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder to run the program in.
pub struct Folder(TempDir);

/// What a run came to.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub log: String,
}

impl Folder {
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, content: &str) {
        fs::write(self.path(name), content).unwrap();
    }

    pub fn write_lines(&self, name: &str, lines: &[Value]) {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        self.write(name, &text);
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_of(Path::new(env!("CARGO_BIN_EXE_isnad")), arguments)
    }

    pub fn command_of(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Run {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that ends before it has read everything is no fault of the test.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Run::of(child.wait_with_output().unwrap())
    }

    /// Holds that a run goes well.
    #[track_caller]
    pub fn good(&self, arguments: &[&str]) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.log);
        run
    }
}

impl Run {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            log: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The lines of the log that tell of errors.
    pub fn errors(&self) -> Vec<&str> {
        self.log
            .lines()
            .filter(|line| line.contains("ERROR"))
            .collect()
    }

    /// Holds that the program refused, with one sentence that has some words in it.
    #[track_caller]
    pub fn refused(&self, words: &[&str]) {
        assert_eq!(self.code, Some(1), "{}", self.log);
        assert_eq!(self.errors().len(), 1, "{}", self.log);
        assert!(!self.log.contains("panicked"), "{}", self.log);
        for word in words {
            assert!(
                self.errors()[0].contains(word),
                "`{word}` is not in: {}",
                self.log
            );
        }
    }
}

/// An article of the write shape.
pub fn article(slug: &str) -> Value {
    json!({"slug": slug, "language": "en", "title": format!("Title of {slug}"), "text": "Two goats went aboard.",
        "outlet": {"name": "The Sarmila Lantern"}, "status": "published", "published_at": "2026-03-01T08:00:00Z",
        "statements": [{"quote": "Two goats", "form": "direct", "speaker": {"name": "Bo Tower"}}]})
}
