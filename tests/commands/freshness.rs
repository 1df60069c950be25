//! `isnad serve` with the answers that it keeps: read by many while one writes, nothing is older than what was acknowledged, and
//! nothing is for others than who asks.
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::thread;

use flate2::read::GzDecoder;
use serde_json::{Value, json};

use crate::program::{Folder, article};
use crate::serving::{PATIENCE, Server};

const WRITES: i64 = 60;
const READERS: usize = 4;
const ID: &str = "019c1e00-1d00-7100-8d00-6b8f0e1a2b3c";
/// In what the public does not see, and in nothing else.
const SECRET: &str = "quayside";

/// What is read, and how the article is found in it.
const TARGETS: [(&str, &str); 6] = [
    ("/v1/articles/ferry", ""),
    ("/v1/articles/ferry?fields=id%2Crevision%2Ctitle", ""),
    ("/v1/articles?limit=5", "/data/0"),
    ("/v1/articles?tag=goats&include=statements", "/data/0"),
    ("/v1/articles?q=goats", "/data/0"),
    ("/v1/statements?speaker=bo-tower", ""),
];

struct Answer {
    status: u16,
    etag: String,
    coding: String,
    body: String,
}

fn exchange(address: &str, method: &str, target: &str, headers: &str, body: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let length = body.len();
    let request = format!(
        "{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = answer.split_at(end.unwrap() + 4);
    let head = String::from_utf8(head.to_vec()).unwrap();
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map_or(String::new(), |(_, value)| value.to_owned())
    };
    let coding = header("content-encoding");
    Answer {
        status: head.get(9..12).unwrap().parse().unwrap(),
        etag: header("etag"),
        body: decoded(&coding, body),
        coding,
    }
}

fn decoded(coding: &str, body: &[u8]) -> String {
    let mut text = String::new();
    match coding {
        "gzip" => GzDecoder::new(body).read_to_string(&mut text),
        "br" => brotli::Decompressor::new(body, 4096).read_to_string(&mut text),
        _ => {
            text = String::from_utf8(body.to_vec()).unwrap();
            Ok(0)
        }
    }
    .unwrap();
    text
}

/// The article in one of its states: a draft now and then, and never short.
fn state(number: i64) -> String {
    let mut article = article("ferry");
    article["id"] = json!(ID);
    article["title"] = json!(format!("State {number} of the goats"));
    article["text"] = json!(format!(
        "Two goats went aboard. {}",
        "The tide was out. ".repeat(80)
    ));
    article["tags"] = json!([{"name": "Goats"}]);
    article.to_string()
}

fn hidden(number: i64) -> String {
    let mut article = article(&format!("hidden-{number}"));
    article["title"] = json!(format!("Goats at the {SECRET} {number}"));
    article["status"] = json!("draft");
    article.to_string()
}

struct Reader<'a> {
    address: &'a str,
    /// The revision that was last acknowledged.
    acknowledged: &'a AtomicI64,
    ended: &'a AtomicBool,
    /// By each target and tag, without the suffix of its coding.
    bodies: &'a Mutex<HashMap<(String, String), String>>,
    key: Option<String>,
}

impl Reader<'_> {
    /// Reads until the writing has ended; says how many answers were coded.
    fn read(&self, number: usize) -> usize {
        let codings = ["identity", "gzip", "br"];
        let mut coded = 0;
        let mut turn = number;
        while !self.ended.load(Ordering::Acquire) {
            turn += 1;
            let target = TARGETS[turn % TARGETS.len()];
            let accepted = codings[(turn / TARGETS.len()) % codings.len()];
            coded += usize::from(self.read_one(target, accepted));
        }
        coded
    }

    fn read_one(&self, (target, place): (&str, &str), accepted: &str) -> bool {
        let key = self.key.as_ref();
        let key = key.map_or(String::new(), |key| {
            format!("Authorization: Bearer {key}\r\n")
        });
        let headers = format!("Accept-Encoding: {accepted}\r\n{key}");
        let least = self.acknowledged.load(Ordering::Acquire);
        let answer = exchange(self.address, "GET", target, &headers, "");
        assert_eq!(answer.status, 200, "{target}: {}", answer.body);
        let document: Value = serde_json::from_str(&answer.body).unwrap();
        if let Some(revision) = revision_in(&document, place) {
            assert!(
                revision >= least,
                "{target} is of revision {revision} after {least} was acknowledged"
            );
        }
        let leaks = self.key.is_none() && answer.body.contains(SECRET);
        assert!(!leaks, "{target} shows the public a draft: {}", answer.body);
        let tag = answer.etag.replace(&format!("-{}\"", answer.coding), "\"");
        let who = if self.key.is_some() {
            "editor"
        } else {
            "public"
        };
        let mut bodies = self.bodies.lock().unwrap();
        let known = bodies
            .entry((format!("{who} {target}"), tag))
            .or_insert_with(|| answer.body.clone());
        assert_eq!(*known, answer.body, "{target}: one tag names two bodies");
        !answer.coding.is_empty()
    }
}

/// The revision of the article, where an answer to the public or an editor shows it first.
fn revision_in(document: &Value, place: &str) -> Option<i64> {
    let article = document.pointer(place)?;
    (article["id"] == ID).then(|| article["revision"].as_i64().unwrap())
}

#[test]
fn while_one_writes_nobody_reads_what_is_older_than_was_acknowledged_or_is_not_for_him() {
    let folder = Folder::new();
    let key = |name: &str, scope: &str| {
        let made = folder.good(&["key", "create", "--name", name, "--scope", scope]);
        made.out.trim().to_owned()
    };
    let (writer, editor) = (key("writer", "publish"), key("editor", "read"));
    let server = Server::start(&folder, &["--workers", "2"]);
    let put = |target: &str, revision: i64, body: &str| {
        let condition = match revision {
            0 => String::new(),
            revision => format!("If-Match: \"{revision}\"\r\n"),
        };
        let headers = format!(
            "Authorization: Bearer {writer}\r\nContent-Type: application/json\r\n{condition}"
        );
        let answer = exchange(&server.address, "PUT", target, &headers, body);
        assert!(answer.status < 300, "{}", answer.body);
        let receipt: Value = serde_json::from_str(&answer.body).unwrap();
        receipt["revision"].as_i64().unwrap()
    };
    let home = format!("/v1/articles/{ID}");
    let (acknowledged, ended) = (
        AtomicI64::new(put(&home, 0, &state(0))),
        AtomicBool::new(false),
    );
    let bodies = Mutex::default();
    thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS)
            .map(|number| {
                let reader = Reader {
                    address: &server.address,
                    acknowledged: &acknowledged,
                    ended: &ended,
                    bodies: &bodies,
                    key: (number == 0).then(|| editor.clone()),
                };
                scope.spawn(move || reader.read(number))
            })
            .collect();
        // Also where a reader fails, the others end.
        let write = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for number in 1..=WRITES {
                let known = acknowledged.load(Ordering::Acquire);
                acknowledged.store(put(&home, known, &state(number)), Ordering::Release);
                if number % 5 == 0 {
                    let id = format!("019c1e00-1d00-7100-8d00-{number:012}");
                    put(&format!("/v1/articles/{id}"), 0, &hidden(number));
                }
            }
        }));
        ended.store(true, Ordering::Release);
        for reader in readers {
            assert!(reader.join().unwrap() > 0, "nothing was coded");
        }
        write.unwrap();
    });
    // What is kept now is the last state, and is read by many.
    for (target, place) in TARGETS {
        let answer = exchange(&server.address, "GET", target, "", "");
        let document: Value = serde_json::from_str(&answer.body).unwrap();
        let revision = revision_in(&document, place);
        assert!(
            revision.is_none_or(|revision| revision == WRITES + 1),
            "{target}"
        );
    }
}

#[test]
fn what_another_process_writes_is_served_within_a_second() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    let count = || {
        let answer = exchange(&server.address, "GET", "/v1/articles?count=true", "", "");
        let document: Value = serde_json::from_str(&answer.body).unwrap();
        document["page"]["total"].as_i64().unwrap()
    };
    for expected in 1..4 {
        assert_eq!(count(), expected - 1);
        folder.write_lines("one.ndjson", &[article(&format!("one-{expected}"))]);
        folder.good(&["import", "one.ndjson"]);
        let written = std::time::Instant::now();
        while count() < expected {
            // On a machine that is busy with something else, a look may come late.
            assert!(written.elapsed() < PATIENCE, "it is never served");
        }
    }
}

#[test]
fn a_server_keeps_no_answers_where_none_are_to_be_kept() {
    let folder = Folder::new();
    let server = Server::start(
        &folder,
        &["--cache-size", "0", "--metrics-listen", "127.0.0.1:0"],
    );
    let metrics = server.line_with("metrics on http://");
    let address = metrics.split("http://").nth(1).unwrap();
    for _ in 0..3 {
        assert_eq!(
            exchange(&server.address, "GET", "/v1/tags", "", "").status,
            200
        );
    }
    let mut stream = TcpStream::connect(address.split('/').next().unwrap()).unwrap();
    stream
        .write_all(b"GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    for counted in ["hits_total 0", "misses_total 3", "entries 0"] {
        let line = format!("isnad_response_cache_{counted}\n");
        assert!(answer.contains(&line), "{line}{answer}");
    }
}
