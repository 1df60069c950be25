//! `POST /v1/import` over a real socket: lines and results at their own pace, cut off, stopped, and more than is good.
use std::io::{ErrorKind, Write};
use std::time::Duration;

use serde_json::{Value, json};

use crate::importing::{Importing, key};
use crate::program::{Folder, article};
use crate::serving::{Server, header};

/// Sends until the connection takes no more for a while; gives how many bytes it took.
fn flood(importing: &mut Importing, text: &str) -> usize {
    let stream = importing.stream();
    stream
        .set_write_timeout(Some(Duration::from_millis(700)))
        .unwrap();
    let chunk = format!("{:x}\r\n{text}\r\n", text.len());
    let mut taken = 0;
    loop {
        match stream.write(chunk.as_bytes()) {
            Ok(some) => taken += some,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return taken;
            }
            Err(error) => panic!("after {taken} bytes: {error}"),
        }
        assert!(taken < 512 << 20, "it takes whatever is sent");
    }
}

/// The most memory that a process ever held, in MiB.
fn peak(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.process())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: u64 = line
        .unwrap()
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .unwrap();
    kilobytes / 1024
}

#[test]
fn results_flow_while_lines_do() {
    let folder = Folder::new();
    let key = key(&folder);
    let server = Server::start(&folder, &[]);
    let mut import = Importing::begin(&server, &key, "");
    let head = import.head();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert_eq!(header(&head, "content-type"), "application/x-ndjson");
    for (number, slug) in [(1, "one"), (2, "two"), (3, "three")] {
        // In two parts, and the result is there before the next line is.
        let text = format!("{}\n", article(slug));
        let (one, other) = text.split_at(40);
        import.send(one);
        import.send(other);
        let result = import.result().unwrap();
        assert_eq!(
            (&result["line"], &result["slug"]),
            (&number.into(), &slug.into())
        );
        assert!(
            server
                .request("GET", &format!("/v1/articles/{slug}"))
                .starts_with("HTTP/1.1 200"),
            "what is told as stored is there"
        );
    }
    import.end();
    let last = import.last();
    assert_eq!((&last["done"], &last["created"]), (&true.into(), &3.into()));
}

#[test]
fn a_client_that_reads_nothing_is_not_read_from_and_does_not_stay() {
    let folder = Folder::new();
    let key = key(&folder);
    let server = Server::start(&folder, &["--request-timeout", "2"]);
    // Every line is wrong, and its result longer than the line.
    let wrong = "{}\n".repeat(1000);
    let mut deaf = [(); 2].map(|()| Importing::begin(&server, &key, ""));
    for import in &mut deaf {
        let taken = flood(import, &wrong);
        assert!(taken < 32 << 20, "{taken} bytes");
    }
    assert!(peak(&server) < 400, "{} MiB", peak(&server));
    for _ in &deaf {
        server.line_with("nobody hears");
    }
    // Their places are free again.
    let mut import = Importing::begin(&server, &key, "");
    import.line(&article("one"));
    import.end();
    assert!(import.head().starts_with("HTTP/1.1 200"));
    assert_eq!(import.last()["done"], true);
    // Whoever reads at last learns that the answer is not whole.
    let [mut late, _] = deaf;
    late.head();
    let last = late.last();
    assert_eq!(
        (&last["done"], &last["code"]),
        (&false.into(), &"request_timeout".into())
    );
}

#[test]
fn however_much_is_sent_little_is_held() {
    let folder = Folder::new();
    let key = key(&folder);
    let server = Server::start(&folder, &[]);
    let mut import = Importing::begin(&server, &key, "");
    import.head();
    let before = peak(&server);
    let some = "x".repeat(1 << 20);
    for _ in 0..24 {
        // A line of 3 MiB, which is passed over.
        (0..3).for_each(|_| import.send(&some));
        import.send("\n");
    }
    import.line(&article("one"));
    import.end();
    let results: Vec<Value> = std::iter::from_fn(|| import.result()).collect();
    assert_eq!(results.len(), 26);
    assert_eq!(results[0]["errors"][0]["code"], "too_long");
    assert_eq!(results[24]["outcome"], "created");
    assert_eq!(
        (&results[25]["done"], &results[25]["failed"]),
        (&true.into(), &24.into())
    );
    let grown = peak(&server) - before;
    assert!(grown < 40, "{grown} MiB more than before");
}

#[test]
fn what_is_cut_off_leaves_whole_lines_alone() {
    let folder = Folder::new();
    let key = key(&folder);
    let server = Server::start(&folder, &[]);
    let mut import = Importing::begin(&server, &key, "");
    import.line(&article("one"));
    import.head();
    import.result().unwrap();
    // A line that would be good by itself, were it known that it is whole.
    import.send(&article("two").to_string());
    drop(import);
    let told = server.line_with("ended early");
    assert!(told.contains("1 created"), "{told}");
    let export = folder.good(&["export"]).out;
    assert!(
        export.contains("\"one\"") && !export.contains("\"two\""),
        "{export}"
    );
    folder.good(&["check"]);
}

#[test]
fn a_stalled_import_ends_with_a_word() {
    let folder = Folder::new();
    let key = key(&folder);
    let server = Server::start(&folder, &["--request-timeout", "1"]);
    let mut import = Importing::begin(&server, &key, "");
    import.line(&article("one"));
    import.head();
    assert_eq!(import.result().unwrap()["outcome"], "created");
    let last = import.last();
    assert_eq!(
        (&last["done"], &last["code"]),
        (&false.into(), &"request_timeout".into())
    );
    assert_eq!(last["created"], 1);
}

#[test]
fn a_server_that_stops_ends_imports_with_a_word() {
    let folder = Folder::new();
    let key = key(&folder);
    let server = Server::start(&folder, &[]);
    let mut import = Importing::begin(&server, &key, "");
    import.line(&article("one"));
    import.head();
    assert_eq!(import.result().unwrap()["outcome"], "created");
    server.signal("TERM");
    let last = import.last();
    assert_eq!(
        (&last["done"], &last["code"]),
        (&false.into(), &"stopping".into())
    );
    assert_eq!(server.ended(), Some(0));
    folder.good(&["check"]);
}

#[test]
fn two_imports_run_at_once_and_no_more() {
    let folder = Folder::new();
    let key = key(&folder);
    let server = Server::start(&folder, &[]);
    let mut running = ["one", "two"].map(|slug| {
        let mut import = Importing::begin(&server, &key, "");
        import.line(&article(slug));
        import.head();
        import.result().unwrap();
        import
    });
    let mut third = Importing::begin(&server, &key, "");
    let head = third.head();
    assert!(head.starts_with("HTTP/1.1 503"), "{head}");
    assert_eq!(header(&head, "retry-after"), "5");
    running[0].end();
    let [first, _second] = running;
    assert_eq!(first.last()["done"], true);
    let mut third = Importing::begin(&server, &key, "");
    assert!(third.head().starts_with("HTTP/1.1 200"));
    third.end();
    assert_eq!(third.last()["done"], true);
}

#[test]
fn a_strict_import_ends_at_the_first_wrong_line_whatever_is_still_to_come() {
    let folder = Folder::new();
    let key = key(&folder);
    let server = Server::start(&folder, &[]);
    let mut import = Importing::begin(&server, &key, "?strict=true");
    import.line(&article("one"));
    import.line(&json!({"slug": "two"}));
    import.line(&article("three"));
    import.head();
    assert_eq!(import.result().unwrap()["outcome"], "created");
    assert_eq!(import.result().unwrap()["outcome"], "failed");
    let last = import.result().unwrap();
    assert_eq!(
        (&last["done"], &last["code"]),
        (&false.into(), &"invalid_document".into())
    );
    assert_eq!(import.result(), None);
}

#[test]
fn who_waits_to_be_asked_for_the_body_is_asked_and_who_may_not_write_is_refused() {
    let folder = Folder::new();
    let key = key(&folder);
    let server = Server::start(&folder, &[]);
    let mut import = Importing::begin(&server, &key, "?strict=false");
    import.end();
    import.head();
    assert_eq!(import.last()["sequence"], 0);
    let head = |key: &str, kind: &str| {
        format!(
            "POST /v1/import HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n\
             Authorization: Bearer {key}\r\nContent-Type: {kind}\r\nContent-Length: 1\r\n\r\n"
        )
    };
    let whole = format!("{}\n", head(&key, "application/jsonl"));
    let answer = server.exchange(whole.as_bytes());
    assert!(
        answer.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200"),
        "{answer}"
    );
    assert!(answer.contains("\"done\":true"), "{answer}");
    // The body never comes, and is not waited for.
    let answer = server.exchange(head("isnad_none", "application/jsonl").as_bytes());
    assert!(answer.contains("HTTP/1.1 401"), "{answer}");
    let answer = server.exchange(head(&key, "text/csv").as_bytes());
    assert!(answer.contains("HTTP/1.1 415"), "{answer}");
}
