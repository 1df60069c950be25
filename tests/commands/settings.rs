//! Settings: flags, environment, `.env`, and the file that lists them all.
use std::collections::BTreeSet;
use std::fs;

use clap::CommandFactory;
use isnad::config::Arguments;

use crate::program::{Folder, article};

/// The environment variables that a command or one below it takes.
fn variables(command: &clap::Command) -> BTreeSet<String> {
    let own = command
        .get_arguments()
        .filter_map(|argument| argument.get_env());
    let own = own.map(|name| name.to_string_lossy().into_owned());
    own.chain(command.get_subcommands().flat_map(variables))
        .collect()
}

#[test]
fn the_example_names_every_variable_with_its_default() {
    let example = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.env.example")).unwrap();
    let settings = example
        .lines()
        .filter_map(|line| line.trim_start_matches(['#', ' ']).split_once('='));
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let settings: Vec<(&str, &str)> = settings.filter(|(name, _)| is_name(name)).collect();
    let named: BTreeSet<String> = settings
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(named.len(), settings.len(), "each once");
    assert_eq!(named, variables(&Arguments::command()));
    let help: String = ["serve", "import", "export", "check"]
        .map(|command| Folder::new().good(&[command, "--help"]).out)
        .concat();
    // However wide the terminal is taken to be.
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for (name, value) in settings {
        assert!(help.contains(&format!("[env: {name}")), "{name}");
        // What is empty is not set.
        assert!(
            value.is_empty() || help.contains(&format!("[default: {value}]")),
            "{name}={value}"
        );
    }
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let folder = Folder::new();
    folder.write_lines("news.ndjson", &[article("one")]);
    folder.write(".env", "DATABASE_URL=of-the-file.db\n");
    folder.good(&["import", "news.ndjson"]);
    assert!(folder.path("of-the-file.db").exists());
    let output = folder
        .command(&["import", "news.ndjson"])
        .env("DATABASE_URL", "of-the-environment.db")
        .output()
        .unwrap();
    assert!(output.status.success());
    assert!(folder.path("of-the-environment.db").exists());
    let mut command = folder.command(&["import", "news.ndjson", "--database", "of-the-flag.db"]);
    assert!(
        command
            .env("DATABASE_URL", "not-this.db")
            .output()
            .unwrap()
            .status
            .success()
    );
    assert!(folder.path("of-the-flag.db").exists() && !folder.path("not-this.db").exists());
}

#[test]
fn a_setting_that_makes_no_sense_is_refused_by_name() {
    let folder = Folder::new();
    for arguments in [
        ["serve", "--readers", "0"],
        ["serve", "--readers", "many"],
        ["serve", "--request-timeout", "0"],
        ["serve", "--workers", "x"],
        ["check", "--log-format", "xml"],
    ] {
        let run = folder.run(&arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {}", run.log);
        assert!(run.log.contains(arguments[1]), "{}", run.log);
    }
    folder.write(".env", "DATABASE_URL='half a quote\n");
    let run = folder.run(&["check"]);
    assert_eq!(run.code, Some(2), "{}", run.log);
    assert!(run.log.contains(".env"), "{}", run.log);
}

#[test]
fn the_log_is_json_where_asked() {
    let folder = Folder::new();
    folder.write_lines("news.ndjson", &[article("one")]);
    let run = folder.good(&["import", "news.ndjson", "--log-format", "json"]);
    let lines: Vec<serde_json::Value> = run
        .log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(
        lines
            .iter()
            .any(|line| line["message"].as_str().unwrap().contains("1 created")),
        "{}",
        run.log
    );
    assert!(
        lines
            .iter()
            .all(|line| line["level"] == "INFO" && line["time"].is_string())
    );
    let quiet = folder.good(&["import", "news.ndjson", "--log", "error"]);
    assert_eq!(quiet.log, "");
}

#[test]
fn the_help_shows_no_password_of_the_environment() {
    let folder = Folder::new();
    let url = "postgres://isnad:opensesame@127.0.0.1/isnad";
    for command in ["serve", "import", "export", "check", "copy"] {
        let mut command = folder.command(&[command, "--help"]);
        let output = command
            .env("DATABASE_URL", url)
            .env("DATABASE_READ_URL", url)
            .output()
            .unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(
            help.contains("Usage") && !help.contains("opensesame"),
            "{help}"
        );
    }
}
