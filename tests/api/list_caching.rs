//! Every list: ETags and 304, HEAD, caching headers, content codings.
use crate::support::lists::{List, on_every_list};
use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::{Article, Response, TestApp, quote};

on_every_list!(
    answers_304_to_whom_has_it_already,
    answers_200_to_whom_has_something_else,
    changes_its_etag_with_every_public_change,
    keeps_its_etag_while_hidden_things_change,
    has_an_etag_for_each_question,
    answers_head_as_get_without_a_body,
    says_how_long_it_may_be_kept,
    is_coded_as_the_client_likes_it,
);

fn answers_304_to_whom_has_it_already(list: &List) {
    let app = TestApp::with(&newsroom());
    let full = app.get(list.path);
    let etag = full.etag();
    let opaque = etag.trim_matches('"');
    assert!(
        etag.starts_with('"') && etag.ends_with('"') && opaque.len() > 8,
        "{etag}"
    );
    for known in [
        etag.clone(),
        format!("W/{etag}"),
        format!("\"other\", {etag}"),
        format!("\"other\",W/{etag}, \"third\""),
        format!("\"{opaque}-br\""),
        format!("W/\"{opaque}-gzip\""),
        "*".to_owned(),
    ] {
        let headers = [("If-None-Match", known.as_str())];
        not_modified(&app.get_with(list.path, &headers), &known);
    }
    let headers = [("If-None-Match", "\"other\""), ("If-None-Match", &etag)];
    not_modified(&app.get_with(list.path, &headers), "two headers");
    let headers = [
        ("If-None-Match", etag.as_str()),
        ("Cache-Control", "no-cache"),
        ("Pragma", "no-cache"),
    ];
    not_modified(&app.get_with(list.path, &headers), "no-cache");
}

#[track_caller]
fn not_modified(response: &Response, known: &str) {
    assert_eq!(response.status, 304, "{known}");
    assert!(response.body.is_empty());
    assert!(response.etag().starts_with('"'), "{}", response.etag());
    assert!(response.header("cache-control").starts_with("public"));
    assert_eq!(response.header("vary"), "Accept-Encoding, Authorization");
}

fn answers_200_to_whom_has_something_else(list: &List) {
    let app = TestApp::with(&newsroom());
    let etag = app.get(list.path).etag();
    let opaque = etag.trim_matches('"');
    for known in [
        "\"other\"".to_owned(),
        opaque.to_owned(),
        format!("\"{opaque}-zstd\""),
        format!("\"{opaque}br\""),
        format!("\"{}\"", &opaque[1..]),
        "\"*\"".to_owned(),
        String::new(),
    ] {
        let response = app.get_with(list.path, &[("If-None-Match", &known)]);
        assert_eq!(response.status, 200, "{known}");
        assert_eq!(response.etag(), etag);
    }
}

fn changes_its_etag_with_every_public_change(list: &List) {
    let app = TestApp::with(&newsroom());
    let before = app.get(list.path);
    let again = app.get(list.path);
    assert_eq!(
        before.etag(),
        again.etag(),
        "the same state has the same tag"
    );
    let piece = Article::new("piece-9").statement(quote("Row on.", "Odo Marl"));
    app.store(&[piece.line()]);
    let response = app.get_with(list.path, &[("If-None-Match", &before.etag())]);
    assert_eq!(response.status, 200);
    assert_ne!(response.etag(), before.etag());
}

fn keeps_its_etag_while_hidden_things_change(list: &List) {
    let app = TestApp::with(&newsroom());
    let before = app.get(&list.with("count=true"));
    let name = format!("Another {HIDDEN}");
    let draft = Article::new("one-more-draft")
        .tags(&[&name])
        .statement(quote("Not yet.", &name))
        .draft();
    let report = app.store(&[draft.clone().line()]);
    assert_eq!((report.created, report.drafts), (1, 1));
    let report = app.store(&[draft.with("title", "Otherwise").line()]);
    assert_eq!(report.updated, 1);
    let after = app.get(&list.with("count=true"));
    assert_eq!(before.etag(), after.etag());
    assert_eq!(before.body, after.body);
}

fn has_an_etag_for_each_question(list: &List) {
    let app = TestApp::with(&newsroom());
    let next = app.json(&list.with("limit=1"))["page"]["next"].clone();
    let mut questions = vec![
        list.path.to_owned(),
        list.with("limit=1"),
        list.with("limit=2"),
        list.with("count=true"),
        list.with(&format!("fields={}", list.key_member)),
        list.with(list.filter),
        list.with(&format!("limit=1&cursor={}", next.as_str().unwrap())),
    ];
    questions.extend(
        list.sorts
            .iter()
            .map(|sort| list.with(&format!("sort={sort}"))),
    );
    let mut etags: Vec<String> = questions.iter().map(|uri| app.get(uri).etag()).collect();
    etags.sort();
    etags.dedup();
    assert_eq!(etags.len(), questions.len());
    // However the same question is spelled.
    let field = list.key_member;
    let escaped = format!("%{:02x}{}", field.as_bytes()[0], &field[1..]);
    let spelled = [
        format!("limit=2&fields={field}"),
        format!("fields={escaped}&limit=2"),
        format!("fields={field}&&limit=2"),
    ];
    let etags = spelled.map(|spelled| app.get(&list.with(&spelled)).etag());
    assert!(etags.iter().all(|etag| *etag == etags[0]), "{etags:?}");
}

fn answers_head_as_get_without_a_body(list: &List) {
    let app = TestApp::with(&newsroom());
    let refused = list.with("limit=0");
    let coded = [("Accept-Encoding", "br"), ("X-Request-Id", "one")];
    for uri in [list.path, refused.as_str()] {
        let get = app.get_with(uri, &coded);
        let head = app.send(actix_web::http::Method::HEAD, uri, &coded);
        assert_eq!(head.status, get.status);
        assert!(head.body.is_empty());
        assert_eq!(head.length, get.length, "Content-Length");
        let headers = |response: &Response| {
            let headers = response.headers.iter();
            let mut headers: Vec<String> = headers.map(|h| format!("{h:?}")).collect();
            headers.sort();
            headers
        };
        assert_eq!(headers(&head), headers(&get));
    }
    let etag = app.head(list.path).etag();
    let headers = [("If-None-Match", etag.as_str())];
    let head = app.send(actix_web::http::Method::HEAD, list.path, &headers);
    assert_eq!(head.status, 304);
}

fn says_how_long_it_may_be_kept(list: &List) {
    let app = TestApp::with(&newsroom());
    let response = app.get(list.path);
    assert_eq!(
        response.header("cache-control"),
        "public, max-age=30, stale-while-revalidate=30"
    );
    assert_eq!(response.header("vary"), "Accept-Encoding, Authorization");
    assert_eq!(response.header("content-type"), "application/json");
    let refused = app.get(&list.with("limit=0"));
    assert_eq!(refused.header("cache-control"), "no-store");
    assert_eq!(refused.etag(), "");
}

fn is_coded_as_the_client_likes_it(list: &List) {
    let app = TestApp::with(&newsroom());
    let plain = app.get(list.path);
    assert_eq!(plain.header("content-encoding"), "");
    for (accepted, coding) in [
        ("br", "br"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.1, gzip", "gzip"),
        ("zstd, *", "br"),
        ("identity", ""),
        ("br;q=0", ""),
    ] {
        let coded = app.get_with(list.path, &[("Accept-Encoding", accepted)]);
        assert_eq!(coded.header("content-encoding"), coding, "{accepted}");
        assert_eq!(coded.decoded(), plain.body, "{accepted}");
        assert_eq!(coded.length, Some(coded.body.len() as u64));
        let suffix = match coding {
            "" => String::new(),
            coding => format!("-{coding}"),
        };
        let opaque = plain.etag();
        let opaque = opaque.trim_matches('"');
        assert_eq!(coded.etag(), format!("\"{opaque}{suffix}\""));
        assert!(coding.is_empty() || coded.body.len() < plain.body.len());
        // What one coding has, another need not fetch again.
        let headers = [
            ("Accept-Encoding", "gzip"),
            ("If-None-Match", &coded.etag()),
        ];
        let again = app.get_with(list.path, &headers);
        assert_eq!((again.status, again.etag()), (304, coded.etag()));
    }
}
