//! `isnad serve`: who is let in, and what is measured, by its settings.
use std::io::{Read, Write};
use std::net::TcpStream;

use crate::program::Folder;
use crate::serving::{Server, header};

fn get(server: &Server, target: &str, headers: &str) -> String {
    let request = format!("GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n");
    server.exchange(request.as_bytes())
}

/// Asks the address that metrics are served on.
fn ask(address: &str, target: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// The address that the log says metrics are on.
fn address(line: &str) -> String {
    let address = line.split("http://").nth(1).unwrap();
    address.split('/').next().unwrap().to_owned()
}

#[test]
fn metrics_are_served_on_an_address_of_their_own_until_the_server_stops() {
    let folder = Folder::new();
    let server = Server::start(
        &folder,
        &["--workers", "2", "--metrics-listen", "127.0.0.1:0"],
    );
    let address = address(&server.line_with("metrics on http://"));
    for _ in 0..3 {
        get(&server, "/v1/tags", "");
    }
    let answer = ask(&address, "/metrics");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(header(&answer, "content-type").starts_with("text/plain; version=0.0.4"));
    for line in [
        "isnad_http_requests_total{method=\"GET\",route=\"/v1/tags\",status=\"200\"} 3",
        "isnad_database_up 1",
        "isnad_sequence 0",
    ] {
        assert!(
            answer.contains(&format!("\n{line}\n")),
            "{line} in {answer}"
        );
    }
    // Nothing else is there, and no metrics are elsewhere.
    assert!(ask(&address, "/v1/tags").starts_with("HTTP/1.1 404"));
    assert!(get(&server, "/metrics", "").starts_with("HTTP/1.1 404"));
    let log = server.log_until_stopped();
    assert!(log.contains("stopped") && !log.contains("WARN"), "{log}");
    assert!(TcpStream::connect(&address).is_err(), "it stopped too");
}

#[test]
fn without_the_setting_nothing_is_measured() {
    let folder = Folder::new();
    folder.write(".env", "METRICS_LISTEN=\n");
    let server = Server::start(&folder, &[]);
    assert!(get(&server, "/v1/tags", "").starts_with("HTTP/1.1 200"));
    assert!(!server.log_until_stopped().contains("metrics"));
}

#[test]
fn a_client_that_hangs_up_is_not_read_for_any_more() {
    let folder = Folder::new();
    let server = Server::start(
        &folder,
        &[
            "--samples",
            "--workers",
            "1",
            "--metrics-listen",
            "127.0.0.1:0",
        ],
    );
    let address = address(&server.line_with("metrics on http://"));
    let abandoned = || {
        let answer = ask(&address, "/metrics");
        let count = answer
            .lines()
            .find_map(|line| line.strip_prefix("isnad_database_readings_abandoned_total "));
        count.unwrap().parse::<u32>().unwrap()
    };
    assert_eq!(abandoned(), 0);
    // Some of them it answers before it hears that the client is gone.
    for round in 0..1000 {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        let target = format!("/v1/statements?q={round}+prefix&count=true&facet=speaker,outlet");
        let request = format!("GET {target} HTTP/1.1\r\nHost: a\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        drop(stream);
        if abandoned() > 0 {
            return;
        }
    }
    panic!("what nobody waits for is read to its end");
}

#[test]
fn metrics_for_all_the_world_are_warned_of() {
    let folder = Folder::new();
    let server = Server::start(&folder, &["--metrics-listen", "0.0.0.0:0"]);
    let warning = server.line_with("nobody is asked for a key");
    assert!(warning.contains("WARN"), "{warning}");
}

#[test]
fn an_address_that_metrics_cannot_have_ends_the_start() {
    let folder = Folder::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    for listen in [taken.as_str(), "nowhere"] {
        let arguments = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--metrics-listen",
            listen,
        ];
        folder
            .run(&arguments)
            .refused(&["cannot serve metrics", listen]);
    }
}

#[test]
fn a_closed_api_takes_a_key() {
    let folder = Folder::new();
    let key = folder.good(&["key", "create", "--name", "app", "--scope", "none"]);
    folder.write(".env", "ISNAD_PUBLIC=false\n");
    let server = Server::start(&folder, &[]);
    let refused = get(&server, "/v1/tags", "");
    assert!(refused.starts_with("HTTP/1.1 401"), "{refused}");
    assert!(refused.contains("\"key_required\""), "{refused}");
    let bearer = format!("Authorization: Bearer {}\r\n", key.out.trim());
    let shown = get(&server, "/v1/tags", &bearer);
    assert!(shown.starts_with("HTTP/1.1 200"), "{shown}");
    assert_eq!(header(&shown, "cache-control"), "private, no-store");
    assert!(get(&server, "/health/ready", "").starts_with("HTTP/1.1 200"));
}

#[test]
fn limits_count_the_clients_of_a_trusted_proxy_and_the_log_names_them() {
    let folder = Folder::new();
    let server = Server::start(
        &folder,
        &[
            "--rate-limit",
            "1/h",
            "--trusted-proxies",
            "127.0.0.1, 10.0.0.0/8",
            "--log-format",
            "json",
        ],
    );
    let of = |client: &str| {
        let forwarded = format!("X-Forwarded-For: 198.51.100.9, {client}, 10.0.0.1\r\n");
        get(&server, "/v1/tags", &forwarded)
    };
    assert!(of("203.0.113.1").starts_with("HTTP/1.1 200"));
    let refused = of("203.0.113.1");
    assert!(refused.starts_with("HTTP/1.1 429"), "{refused}");
    assert_eq!(
        header(&refused, "ratelimit-policy"),
        "\"default\";q=1;w=3600"
    );
    assert_ne!(header(&refused, "retry-after"), "");
    assert!(of("203.0.113.2").starts_with("HTTP/1.1 200"));
    server.line_with("\"client\":\"203.0.113.2\"");
}

#[test]
fn pages_of_origins_that_are_named_may_write() {
    let folder = Folder::new();
    folder.write(
        ".env",
        "CORS_ORIGINS=https://cms.example,http://localhost:3000\n",
    );
    let server = Server::start(&folder, &[]);
    for (origin, status) in [("https://cms.example", 200), ("https://a.example", 400)] {
        let preflight = format!(
            "OPTIONS /v1/articles HTTP/1.1\r\nHost: a\r\nConnection: close\r\nOrigin: {origin}\r\n\
             Access-Control-Request-Method: POST\r\n\r\n"
        );
        let answer = server.exchange(preflight.as_bytes());
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
    }
}

#[test]
fn a_setting_that_makes_no_sense_is_refused_in_a_sentence() {
    let folder = Folder::new();
    for (flag, value, word) in [
        ("--public", "maybe", "maybe"),
        ("--rate-limit", "many", "600/min"),
        ("--rate-limit", "0/s", "600/min"),
        ("--trusted-proxies", "nginx", "10.0.0.0/8"),
        ("--trusted-proxies", "10.0.0.0/40", "10.0.0.0/40"),
        (
            "--cors-origins",
            "https://cms.example/",
            "https://cms.example",
        ),
        ("--cors-origins", "*", "no origin"),
    ] {
        let run = folder.run(&["serve", flag, value]);
        assert_eq!(run.code, Some(2), "{flag} {value}: {}", run.log);
        assert!(
            run.log.contains(flag) && run.log.contains(word),
            "{}",
            run.log
        );
    }
}
