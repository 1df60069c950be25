//! `isnad key`: what is shown, what is kept, and what a server beside it makes of it.
use crate::program::{Folder, article};
use crate::serving::{Server, header};

/// Makes a key; gives its secret.
fn create(folder: &Folder, name: &str, scope: &str) -> String {
    let run = folder.good(&["key", "create", "--name", name, "--scope", scope]);
    let secret = run.out.trim_end().to_owned();
    assert_eq!(run.out, format!("{secret}\n"), "nothing but the secret");
    assert!(
        run.log.contains(&secret[..14]) && !run.log.contains(&secret[14..]),
        "the log has the prefix alone: {}",
        run.log
    );
    secret
}

fn get(server: &Server, target: &str, authorization: &str) -> String {
    server.exchange(
        format!(
            "GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: {authorization}\r\n\r\n"
        )
        .as_bytes(),
    )
}

#[test]
fn a_key_is_made_listed_and_revoked_by_prefix_name_or_secret() {
    let folder = Folder::new();
    let secrets = ["desk", "wire", "مكتب"].map(|name| create(&folder, name, "write"));
    folder.good(&[
        "key",
        "create",
        "--name",
        "reader",
        "--scope",
        "none",
        "--expires",
        "2999-01-01",
    ]);
    let list = folder.good(&["key", "list"]).out;
    assert_eq!(list.lines().count(), 4, "{list}");
    for secret in &secrets {
        assert!(
            list.contains(&secret[..14]) && !list.contains(&secret[14..]),
            "{list}"
        );
    }
    let reader = list.lines().last().unwrap();
    for part in [
        "none",
        "reader",
        "expires 2999-01-01T00:00:00.000Z",
        "used never",
        "is good",
    ] {
        assert!(reader.contains(part), "{reader}");
    }
    folder.good(&["key", "revoke", &secrets[0][..14]]);
    folder.good(&["key", "revoke", "wire"]);
    let run = folder.good(&["key", "revoke", &secrets[2]]);
    assert!(!run.log.contains(&secrets[2][14..]), "{}", run.log);
    let list = folder.good(&["key", "list"]).out;
    assert_eq!(list.matches("was revoked at").count(), 3, "{list}");
    let again = folder.good(&["key", "revoke", "wire"]);
    assert!(again.log.contains("already"), "{}", again.log);
    assert_eq!(
        folder.good(&["key", "list"]).out,
        list,
        "the first moment stays"
    );
    folder.good(&["check"]);
}

#[test]
fn a_key_that_makes_no_sense_is_refused_with_the_reason() {
    let folder = Folder::new();
    let secret = create(&folder, "desk", "read");
    let make = |name: &str, more: &[&str]| {
        folder.run(&[&["key", "create", "--scope", "read", "--name", name], more].concat())
    };
    make("desk", &[]).refused(&["desk", "another"]);
    make(" ", &[]).refused(&["name"]);
    make("two\nlines", &[]).refused(&["name"]);
    make(&"x".repeat(301), &[]).refused(&["300"]);
    make("past", &["--expires", "2001-01-01"]).refused(&["expires", "past"]);
    let run = make(&secret, &[]);
    run.refused(&["begins as a secret"]);
    assert!(!run.log.contains(&secret[14..]), "{}", run.log);
    folder
        .run(&["key", "revoke", "nobody"])
        .refused(&["nobody", "isnad key list"]);
    let run = folder.run(&["key", "revoke", &format!("{secret}x")]);
    run.refused(&["no key"]);
    assert!(!run.log.contains(&secret[14..]), "{}", run.log);
    for (scope, expires) in [("all", "2999-01-01"), ("read", "soon")] {
        let run = folder.run(&[
            "key",
            "create",
            "--name",
            "other",
            "--scope",
            scope,
            "--expires",
            expires,
        ]);
        assert_eq!(run.code, Some(2), "{}", run.log);
        let wrong = if scope == "all" { "admin" } else { "soon" };
        assert!(
            run.log.contains(wrong),
            "what there is to choose, or what is wrong: {}",
            run.log
        );
    }
    assert_eq!(folder.good(&["key", "list"]).out.lines().count(), 1);
    // A store is made for a key, but not to look for one.
    Folder::new()
        .run(&["key", "list"])
        .refused(&["no database"]);
}

#[test]
fn a_running_server_knows_at_once_what_was_made_and_revoked_beside_it() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    let secret = create(&folder, "desk", "none");
    let bearer = format!("Bearer {secret}");
    let answer = get(&server, "/v1/articles", &bearer);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(header(&answer, "cache-control"), "private, no-store");
    folder.good(&["key", "revoke", "desk"]);
    let answer = get(&server, "/v1/articles", &bearer);
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    assert!(header(&answer, "www-authenticate").contains("invalid_token"));
}

#[test]
fn no_secret_comes_into_the_log_wherever_it_is_put() {
    let folder = Folder::new();
    let server = Server::start(&folder, &["--log", "debug"]);
    let secret = create(&folder, "desk", "none");
    get(
        &server,
        &format!("/v1/{secret}/x?key={secret}&a={secret}"),
        &secret,
    );
    get(
        &server,
        &format!("/v1/articles?{secret}=1"),
        &format!("Bearer {secret}"),
    );
    let log = server.log_until_stopped();
    assert!(log.contains(&secret[..14]), "{log}");
    assert!(!log.contains(&secret[14..]), "{log}");
}

#[test]
fn a_body_that_is_announced_too_large_or_never_arrives_is_not_waited_for() {
    let folder = Folder::new();
    let server = Server::start(&folder, &["--request-timeout", "1"]);
    let secret = create(&folder, "desk", "write");
    let put = |length: &str| {
        let request = format!(
            "PUT /v1/articles/0198c1a0-5b7e-7c3a-9d51-000000000001 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\
             Authorization: Bearer {secret}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{{"
        );
        server.exchange(request.as_bytes())
    };
    let answer = put("99999999");
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    let answer = put("100");
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("request_timeout"), "{answer}");
}

#[test]
fn keys_are_not_exported_and_an_import_leaves_them_alone() {
    let folder = Folder::new();
    folder.write_lines("news.ndjson", &[article("one")]);
    folder.good(&["import", "news.ndjson"]);
    let before = folder.good(&["export"]).out;
    create(&folder, "desk", "admin");
    assert_eq!(folder.good(&["export"]).out, before);
    folder.good(&["import", "news.ndjson"]);
    assert_eq!(folder.good(&["key", "list"]).out.lines().count(), 1);
}
