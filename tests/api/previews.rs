//! Previews: one article as the public will see it, read by a token and without a key.
use actix_web::http::Method;
use isnad::database::{Error, Written};
use isnad::domain::moment::Moment;
use isnad::domain::secret::PreviewToken;
use isnad::keys::types::Scope;
use isnad::previews::queries::{self, NewRow};
use serde_json::{Value, json};

use crate::support::keys::TestKey;
use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::{Article, Response, TestApp, id, quote};

/// A preview of the article under a key; gives its answer.
#[track_caller]
fn preview(app: &TestApp, key: &TestKey, article: &str, body: &str) -> Value {
    let uri = format!("/v1/articles/{article}/preview");
    let response = app.send_by(key, Method::POST, &uri, body);
    assert_eq!(response.status, 201, "{}", response.text());
    assert_eq!(response.header("cache-control"), "no-store");
    let made = response.json();
    let home = format!(
        "/v1/articles/{}/preview/{}",
        made["article"]["id"].as_str().unwrap(),
        made["id"].as_str().unwrap()
    );
    assert_eq!(response.header("location"), home);
    assert!(!response.header("location").contains(token(&made)));
    made
}

fn token(preview: &Value) -> &str {
    preview["token"].as_str().unwrap()
}

fn moment(value: &Value) -> Moment {
    Moment::parse(value.as_str().unwrap()).unwrap()
}

#[track_caller]
fn read(app: &TestApp, article: &str, token: &str) -> Response {
    app.get(&format!("/v1/articles/{article}?preview={token}"))
}

/// Holds that a token opens nothing, and that the answer tells nothing of it or of the article.
#[track_caller]
fn is_refused(app: &TestApp, article: &str, token: &str) {
    let response = read(app, article, token);
    let problem = response.problem(403, "invalid_preview");
    assert!(!response.everything().contains(token) || token.len() < 10);
    let unknown = read(app, "no-such-article", token).problem(403, "invalid_preview");
    assert_eq!(problem["detail"], unknown["detail"]);
    assert_eq!(
        response.header("www-authenticate"),
        "Bearer realm=\"isnad\""
    );
}

fn draft() -> Article {
    let mut proposed = quote("Perhaps.", "Cy Gable");
    proposed["status"] = "proposed".into();
    Article::new("piece")
        .with("id", id(1))
        .tags(&["Bells"])
        .paragraphs(&["Bo Tower said: “Well.” Cy Gable said: “Perhaps.”"])
        .statement(quote("Well.", "Bo Tower"))
        .statement(proposed)
}

#[test]
fn a_preview_is_what_the_public_sees_once_the_article_is_published() {
    let app = TestApp::new();
    let writer = app.key(Scope::Write);
    for hidden in [
        draft().with("status", "draft"),
        draft().published("2999-01-01T00:00:00Z"),
        draft()
            .with("status", "withdrawn")
            .with("reason", "Too early."),
    ] {
        app.store(&[hidden.line()]);
        let made = preview(&app, &writer, "piece", "");
        let response = read(&app, "piece", token(&made));
        assert_eq!(response.status, 200, "{}", response.text());
        assert_eq!(response.header("cache-control"), "private, no-store");
        assert_eq!(response.header("vary"), "Accept-Encoding, Authorization");
        let mut seen = response.json();
        app.store(&[draft().line()]);
        let mut published = app.json("/v1/articles/piece");
        assert_eq!(published["statement_count"], 1);
        for article in [&mut seen, &mut published] {
            for member in ["revision", "updated_at", "published_at"] {
                article[member] = Value::Null;
            }
            for member in ["revision", "updated_at"] {
                article["statements"][0][member] = Value::Null;
            }
            article["statements"][0]["article"]["published_at"] = Value::Null;
        }
        assert_eq!(seen, published);
    }
}

#[test]
fn a_preview_shows_when_the_article_is_to_be_published_or_else_now() {
    let app = TestApp::new();
    let writer = app.key(Scope::Write);
    let at = "2999-01-01T00:00:00.000Z";
    app.store(&[draft().published(at).line()]);
    let made = preview(&app, &writer, "piece", "");
    let seen = read(&app, "piece", token(&made)).json();
    assert_eq!(
        (&seen["status"], &seen["published_at"]),
        (&json!("published"), &json!(at))
    );
    assert_eq!(seen["statements"][0]["article"]["published_at"], at);
    app.store(&[Article::new("other").with("id", id(2)).draft().line()]);
    let before = Moment::now();
    let made = preview(&app, &writer, "other", "");
    assert_eq!(made["article"]["published_at"], Value::Null);
    let seen = read(&app, "other", token(&made)).json();
    assert!((before..=Moment::now()).contains(&moment(&seen["published_at"])));
}

#[test]
fn a_preview_of_what_is_published_already_is_just_that() {
    let app = TestApp::with(&newsroom());
    let writer = app.key(Scope::Write);
    let made = preview(&app, &writer, "piece-8", "{}");
    let response = read(&app, "piece-8", token(&made));
    assert_eq!(response.json(), app.json("/v1/articles/piece-8"));
    assert!(!response.text().contains(HIDDEN));
    assert_eq!(response.header("cache-control"), "private, no-store");
}

#[test]
fn it_follows_the_article_and_its_keys() {
    let app = TestApp::new();
    let writer = app.key(Scope::Write);
    app.store(&[draft().draft().line()]);
    let made = preview(&app, &writer, &id(1), "");
    assert_eq!(made["article"]["slug"], "piece");
    let first = read(&app, "piece", token(&made));
    app.store(&[draft()
        .draft()
        .with("title", "Another title")
        .with("slug", "renamed")
        .line()]);
    // Under a former key, too: where it would be found instead, a header would tell the token.
    for key in ["piece", "renamed", &id(1)] {
        let response = read(&app, key, token(&made));
        assert_eq!(response.status, 200, "{key}");
        assert_eq!(response.json()["title"], "Another title");
        assert_ne!(response.etag(), first.etag());
        assert!(response.etag().starts_with("\"2-"), "{}", response.etag());
    }
    let narrowed = app.get(&format!(
        "/v1/articles/renamed?fields=slug&preview={}",
        token(&made)
    ));
    assert_eq!(narrowed.json(), json!({"slug": "renamed"}));
}

#[test]
fn it_ends_when_it_was_asked_to_and_after_a_day_otherwise() {
    let app = TestApp::new();
    let writer = app.key(Scope::Write);
    app.store(&[draft().draft().line()]);
    const DAY: i64 = 86_400_000;
    for body in ["", "{}", r#"{"expires_at":null}"#] {
        let made = preview(&app, &writer, "piece", body);
        let (from, to) = (moment(&made["created_at"]), moment(&made["expires_at"]));
        assert_eq!(to.0 - from.0, DAY, "{body}");
    }
    let later = Moment(Moment::now().0 + 7 * DAY - 60_000);
    let body = json!({"expires_at": later.to_string()}).to_string();
    let made = preview(&app, &writer, "piece", &body);
    assert_eq!(moment(&made["expires_at"]), later);
    let post = |body: &str| app.send_by(&writer, Method::POST, "/v1/articles/piece/preview", body);
    for wrong in [
        json!({"expires_at": Moment(Moment::now().0 + 7 * DAY + 60_000).to_string()}),
        json!({"expires_at": "2001-01-01T00:00:00Z"}),
        json!({"expires_at": "tomorrow"}),
    ] {
        let problem = post(&wrong.to_string()).problem(422, "invalid_document");
        assert_eq!(problem["errors"][0]["pointer"], "/expires_at", "{problem}");
    }
    post(r#"{"ends":"2001-01-01T00:00:00Z"}"#).problem(422, "invalid_document");
    post("{").problem(400, "invalid_json");
    let (name, value) = writer.header();
    let headers = [(name, value.as_str()), ("Content-Type", "text/plain")];
    let body = b"{}".to_vec();
    app.send_body(Method::POST, "/v1/articles/piece/preview", &headers, body)
        .problem(415, "unsupported_media_type");
}

#[test]
fn a_token_that_has_ended_or_was_revoked_opens_nothing() {
    let app = TestApp::new();
    let writer = app.key(Scope::Write);
    app.store(&[draft().draft().line()]);
    let ended = PreviewToken::random().unwrap();
    let kept = app.database.write_blocking(|conn| {
        let row = NewRow {
            uuid: &id(10).parse().unwrap(),
            article: &id(1).parse().unwrap(),
            hash: ended.hash(),
            created_at: Moment(1),
            created_by: "somebody",
            expires_at: Moment(2),
        };
        queries::create(conn, &row)?;
        Ok::<_, Error>(Written::hidden(()))
    });
    kept.unwrap();
    is_refused(&app, "piece", ended.reveal());
    let made = preview(&app, &writer, "piece", "");
    let other = preview(&app, &writer, "piece", "");
    assert_ne!(token(&made), token(&other));
    let uri = format!(
        "/v1/articles/{}/preview/{}",
        id(1),
        made["id"].as_str().unwrap()
    );
    let revoked = app.send_by(&writer, Method::DELETE, &uri, "");
    assert_eq!((revoked.status, revoked.text().as_str()), (204, ""));
    is_refused(&app, "piece", token(&made));
    assert_eq!(
        read(&app, "piece", token(&other)).status,
        200,
        "the others stay"
    );
    app.send_by(&writer, Method::DELETE, &uri, "")
        .problem(404, "not_found");
    // The one that had ended is not kept any more.
    let removed = app.database.write_blocking(|conn| {
        let removed = queries::remove_expired(conn, Moment(3))?;
        Ok::<_, Error>(Written::hidden(removed))
    });
    assert_eq!(removed.unwrap(), 0);
}

#[test]
fn a_token_opens_no_other_article_and_nothing_else() {
    let app = TestApp::new();
    let writer = app.key(Scope::Write);
    app.store(&[
        draft().draft().line(),
        Article::new("other").with("id", id(2)).draft().line(),
        Article::new("seen").with("id", id(3)).line(),
    ]);
    let made = preview(&app, &writer, "piece", "");
    for article in ["other", "seen", &id(2)] {
        is_refused(&app, article, token(&made));
    }
    let unknown = format!("isnad_preview_{}", "A".repeat(43));
    for wrong in [unknown.as_str(), "x", "isnad_preview_", &writer.secret] {
        is_refused(&app, "piece", wrong);
        is_refused(&app, "seen", wrong);
    }
    for uri in [
        "/v1/articles/piece/statements",
        "/v1/articles",
        "/v1/articles/piece/related",
    ] {
        let response = app.get(&format!("{uri}?preview={}", token(&made)));
        response.problem(400, "unknown_parameter");
        assert!(!response.everything().contains(token(&made)));
    }
    app.get_with(
        "/v1/articles/piece",
        &[("Authorization", &format!("Bearer {}", token(&made)))],
    )
    .problem(401, "invalid_key");
    // Of another article's it is no preview to revoke either.
    let uri = format!(
        "/v1/articles/other/preview/{}",
        made["id"].as_str().unwrap()
    );
    app.send_by(&writer, Method::DELETE, &uri, "")
        .problem(404, "not_found");
    app.send_by(&writer, Method::DELETE, "/v1/articles/other/preview/x", "")
        .problem(404, "not_found");
    assert_eq!(read(&app, "piece", token(&made)).status, 200);
}

#[test]
fn a_key_beside_the_token_changes_nothing() {
    let app = TestApp::new();
    let admin = app.key(Scope::Admin);
    app.store(&[draft()
        .draft()
        .with("published_at", "2026-03-01T08:00:00Z")
        .line()]);
    let made = preview(&app, &admin, "piece", "");
    let uri = format!("/v1/articles/piece?preview={}", token(&made));
    assert_eq!(app.json_by(&admin, &uri), app.json(&uri));
    assert_eq!(app.json(&uri)["statement_count"], 1);
    app.get_by(&admin, "/v1/articles/piece?preview=x")
        .problem(403, "invalid_preview");
}

#[test]
fn a_token_of_a_deleted_article_opens_nothing() {
    let app = TestApp::new();
    let editor = app.key(Scope::Publish);
    app.store(&[
        draft().draft().line(),
        draft().with("id", id(2)).with("slug", "seen").line(),
    ]);
    for (number, slug) in [(1, "piece"), (2, "seen")] {
        let made = preview(&app, &editor, slug, "");
        let (name, value) = editor.header();
        let headers = [(name, value.as_str()), ("If-Match", "\"1\"")];
        let uri = format!("/v1/articles/{}", id(number));
        let deleted = app.send(Method::DELETE, &uri, &headers);
        assert_eq!(deleted.status, 204, "{}", deleted.text());
        is_refused(&app, slug, token(&made));
        is_refused(&app, &id(number), token(&made));
        app.send_by(&editor, Method::POST, &format!("{uri}/preview"), "")
            .problem(410, "gone");
    }
}

#[test]
fn who_may_not_write_makes_and_revokes_none() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    let one = format!("/v1/articles/piece-0/preview/{}", id(1));
    for (method, uri) in [
        (Method::POST, "/v1/articles/piece-0/preview"),
        (Method::POST, "/v1/articles/no-such/preview"),
        (Method::DELETE, &one),
    ] {
        app.send(method.clone(), uri, &[])
            .problem(401, "key_required");
        app.send_by(&reader, method, uri, "")
            .problem(403, "missing_scope");
    }
    let writer = app.key(Scope::Write);
    app.send_by(&writer, Method::POST, "/v1/articles/no-such/preview", "")
        .problem(404, "not_found");
    app.get("/v1/articles/piece-0/preview")
        .problem(405, "method_not_allowed");
    assert_eq!(app.get(&one).header("allow"), "DELETE, OPTIONS");
}

#[test]
fn a_former_key_leads_on_to_where_a_preview_is_made() {
    let app = TestApp::new();
    let writer = app.key(Scope::Write);
    app.store(&[
        draft().draft().line(),
        draft().draft().with("slug", "renamed").line(),
    ]);
    let response = app.send_by(&writer, Method::POST, "/v1/articles/piece/preview", "");
    assert_eq!(response.status, 308);
    assert_eq!(
        response.header("location"),
        format!("/v1/articles/{}/preview", id(1))
    );
}

#[test]
fn previews_are_no_content_and_of_their_tokens_only_hashes_are_kept() {
    let app = TestApp::new();
    let writer = app.key(Scope::Write);
    app.store(&[draft().draft().line()]);
    let (before, etag, export) = (
        app.sequences(),
        app.get("/v1/articles").etag(),
        app.export(),
    );
    let made = preview(&app, &writer, "piece", "");
    assert_eq!(app.sequences(), before);
    assert_eq!(app.get("/v1/articles").etag(), etag);
    assert_eq!(app.export(), export);
    let shown: PreviewToken = token(&made).parse().unwrap();
    let found = app
        .database
        .read_blocking(|conn| Ok::<_, Error>(queries::find(conn, &shown, Moment::now())?));
    assert_eq!(found.unwrap().unwrap().as_str(), id(1));
    assert!(!shown.hash().contains(shown.reveal()));
}

#[test]
fn a_secret_in_the_wrong_place_is_not_said_again() {
    let app = TestApp::new();
    let token = PreviewToken::random().unwrap();
    let hidden = &token.reveal()["isnad_preview_".len()..];
    for uri in [
        format!("/v1/articles?{}=1", token.reveal()),
        format!("/v1/articles/{}", token.reveal()),
        format!("/v1/{}", token.reveal()),
        format!("/v1/articles/x?preview={}&limit=1", token.reveal()),
    ] {
        let response = app.get(&uri);
        assert!(response.status >= 400, "{uri}");
        assert!(
            !response.everything().contains(hidden),
            "{}",
            response.text()
        );
    }
}

#[test]
fn a_check_finds_previews_of_no_article() {
    let mut app = TestApp::with(&[Article::new("ferry").line()]);
    let made = preview(&app, &app.key(Scope::Write), "ferry", "");
    assert_eq!(app.findings(), Vec::<String>::new());
    app.tamper("UPDATE previews SET article = 'x'");
    let lost = format!(
        "the preview {} is of no article",
        made["id"].as_str().unwrap()
    );
    assert_eq!(app.findings(), [lost]);
}
