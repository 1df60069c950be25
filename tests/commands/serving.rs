//! `isnad serve`: over a real socket, from its start to its stop.
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use percent_encoding::{CONTROLS, utf8_percent_encode};

use crate::program::{Folder, Run, article};

/// Longer than anything here takes; only a fault lasts that long.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A server that is running.
pub struct Server {
    child: Child,
    log: Receiver<String>,
    pub address: String,
}

impl Server {
    pub fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let arguments = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut child = folder.command(&arguments).spawn().unwrap();
        let (sender, log) = channel();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let mut server = Self {
            child,
            log,
            address: String::new(),
        };
        let serving = server.line_with("serving on http://");
        let address = serving.split("http://").nth(1).unwrap();
        address
            .split([' ', '/', '"'])
            .next()
            .unwrap()
            .clone_into(&mut server.address);
        server
    }

    /// The next line of the log with some words in it.
    #[track_caller]
    pub fn line_with(&self, words: &str) -> String {
        loop {
            let line = self
                .log
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|error| panic!("no `{words}`: {error}"));
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Sends bytes, and reads until the server closes the connection.
    pub fn exchange(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }

    pub fn request(&self, method: &str, target: &str) -> String {
        let request =
            format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        self.exchange(request.as_bytes())
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal, and says nothing of what becomes of it.
    pub fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{signal}"), &id])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Waits for it to end by itself.
    pub fn ended(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// Asks it to stop; gives all of the log that nobody has read.
    pub fn log_until_stopped(mut self) -> String {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status();
        assert!(sent.unwrap().success());
        self.child.wait().unwrap();
        self.log.iter().map(|line| line + "\n").collect()
    }

    /// Asks it to stop; gives its exit code.
    #[track_caller]
    pub fn stop(mut self, signal: &str) -> Option<i32> {
        // Whoever has been answered knows that it listens to signals too.
        self.request("GET", "/health/ready");
        let id = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{signal}"), &id])
            .status();
        assert!(sent.unwrap().success());
        self.line_with("stopped");
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Where it has ended already, there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A header's value.
pub fn header<'a>(answer: &'a str, name: &str) -> &'a str {
    let head = answer.split("\r\n\r\n").next().unwrap();
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map_or("", |(_, value)| value)
}

pub fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}

#[test]
fn it_serves_the_samples_and_stops_when_asked() {
    let folder = Folder::new();
    let server = Server::start(&folder, &["--samples"]);
    let page = server.request("GET", "/v1/articles?limit=2");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let page: serde_json::Value = serde_json::from_str(body(&page)).unwrap();
    assert_eq!(page["data"].as_array().unwrap().len(), 2);
    assert!(
        server
            .request("GET", "/health/ready")
            .starts_with("HTTP/1.1 200")
    );
    assert!(server.request("GET", "/docs/").contains("swagger"));
    assert_eq!(server.stop("TERM"), Some(0));
    folder.good(&["check"]);
    // A store with content gets no samples.
    let before = folder.good(&["export"]).out;
    let server = Server::start(&folder, &["--samples"]);
    assert_eq!(server.stop("INT"), Some(0));
    assert_eq!(folder.good(&["export"]).out, before);
}

#[test]
fn a_port_that_is_taken_is_named() {
    let folder = Folder::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    folder
        .run(&["serve", "--listen", &address])
        .refused(&[&address]);
    folder
        .run(&["serve", "--listen", "nowhere"])
        .refused(&["nowhere"]);
}

#[test]
fn head_has_the_headers_of_get_and_no_body() {
    let folder = Folder::new();
    let server = Server::start(&folder, &["--samples"]);
    for target in ["/v1/articles", "/v1/articles/none", "/", "/openapi.json"] {
        let (get, head) = (
            server.request("GET", target),
            server.request("HEAD", target),
        );
        assert_eq!(head.lines().next(), get.lines().next());
        assert_eq!(body(&head), "", "{target}");
        for name in [
            "content-length",
            "content-type",
            "etag",
            "cache-control",
            "link",
            "vary",
        ] {
            assert_eq!(header(&head, name), header(&get, name), "{target}: {name}");
        }
        assert_eq!(header(&get, "content-length"), body(&get).len().to_string());
    }
}

#[test]
fn letters_of_other_scripts_are_read_when_they_are_encoded() {
    let folder = Folder::new();
    let mut line = article("عبّارة");
    line["tags"] = serde_json::json!([{"name": "مياه"}]);
    folder.write_lines("news.ndjson", &[line, article("ferry")]);
    folder.good(&["import", "news.ndjson"]);
    let server = Server::start(&folder, &[]);
    let encode = |target: &str| utf8_percent_encode(target, CONTROLS).to_string();
    for target in [
        "/v1/articles/عبّارة",
        "/v1/articles/عبّارة/statements",
        "/v1/articles?tag=مياه",
    ] {
        let answer = server.request("GET", &encode(target));
        assert!(answer.starts_with("HTTP/1.1 200"), "{target}: {answer}");
        assert!(
            header(&answer, "link").is_ascii(),
            "{target}: {}",
            header(&answer, "link")
        );
        // HTTP has no letters but ASCII in a target: the framework refuses others by itself.
        assert!(server.request("GET", target).starts_with("HTTP/1.1 400"));
    }
}

#[test]
fn what_is_no_request_is_answered_and_ends_nothing() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    for nonsense in [
        &b"goats\r\n\r\n"[..],
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01",
        b"GET /v1/articles HTTP/1.1\r\nHost: a\r\nConnection: close\r\n bad: x\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(nonsense).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        // It may be hung up on as well.
        let _ = stream.read_to_end(&mut answer);
        assert!(
            !answer.starts_with(b"HTTP/1.1 2"),
            "{}",
            String::from_utf8_lossy(&answer)
        );
    }
    assert!(
        server
            .request("GET", "/health/live")
            .starts_with("HTTP/1.1 200")
    );
}

#[test]
fn no_token_of_a_preview_is_logged() {
    let folder = Folder::new();
    let mut draft = article("one");
    draft["status"] = "draft".into();
    folder.write_lines("lines", &[draft]);
    folder.good(&["import", "lines"]);
    let made = folder.good(&["key", "create", "--name", "desk", "--scope", "write"]);
    let key = made.out.trim_end();
    let server = Server::start(&folder, &["--log-format", "json"]);
    let request = format!(
        "POST /v1/articles/one/preview HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer {key}\r\n\r\n"
    );
    let answer = server.exchange(request.as_bytes());
    let made: serde_json::Value = serde_json::from_str(body(&answer)).unwrap();
    let token = made["token"].as_str().unwrap();
    let random = token.strip_prefix("isnad_preview_").unwrap();
    let encoded = token.replace('_', "%5F");
    for (target, status) in [
        (format!("/v1/articles/one?preview={token}"), "200"),
        (format!("/v1/articles/one?preview={encoded}"), "200"),
        (format!("/v1/articles/two?preview={token}"), "403"),
        (format!("/v1/articles?preview={token}"), "400"),
        (format!("/v1/articles/{token}"), "404"),
    ] {
        let answer = server.request("GET", &target);
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
    }
    let log = server.log_until_stopped();
    assert!(log.contains("isnad_preview_…"), "{log}");
    assert!(!log.contains(random), "{log}");
    assert!(!log.contains(&encoded), "{log}");
}

#[test]
fn each_request_is_logged_with_its_id() {
    let folder = Folder::new();
    let server = Server::start(&folder, &["--log-format", "json"]);
    let request = "GET /v1/tags?limit=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Request-Id: trace-7\r\n\r\n";
    assert!(
        server
            .exchange(request.as_bytes())
            .starts_with("HTTP/1.1 200")
    );
    let line: serde_json::Value = serde_json::from_str(&server.line_with("trace-7")).unwrap();
    assert_eq!(
        (&line["status"], &line["path"], &line["method"]),
        (&200.into(), &"/v1/tags".into(), &"GET".into())
    );
    assert_eq!(line["request_id"], "trace-7");
}

#[test]
fn what_came_due_while_nobody_ran_is_there_from_the_start() {
    let folder = Folder::new();
    let mut line = article("one");
    line["published_at"] = "2999-01-01T00:00:00Z".into();
    folder.write_lines("news.ndjson", &[line]);
    folder.good(&["import", "news.ndjson"]);
    let sql = "UPDATE articles SET published_at = 0, published_key = 0; UPDATE statements SET published_key = 0, said_key = 0";
    let path = folder.path("isnad.db");
    let mut connection: diesel::SqliteConnection =
        diesel::Connection::establish(path.to_str().unwrap()).unwrap();
    diesel::connection::SimpleConnection::batch_execute(&mut connection, sql).unwrap();
    drop(connection);
    let server = Server::start(&folder, &[]);
    let answer = server.request("GET", "/v1/articles/one");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let run: Run = folder.good(&["check"]);
    assert!(run.log.contains("sound"), "{}", run.log);
}
