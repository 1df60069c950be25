//! What is no web address, no moment, no language, no country.
use serde_json::{Value, json};

use crate::support::article::and;
use crate::support::{Article, TestApp, quote, speaker};

#[test]
fn only_web_addresses_are_urls() {
    let app = TestApp::new();
    for url in [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ftp://a.example/",
        "//a.example/",
        "/relative",
        "a.example",
        "https://",
        "https://a.example/a b",
        "https://a.example/\u{0}",
        "https://a.example/\t",
        "",
    ] {
        let article = |member: &str, value: Value| Article::new("one").with(member, value).line();
        let mark = json!([{"start": 0, "end": 1, "type": "link", "url": url}]);
        let block = |block: Value| {
            Article::new("one")
                .without("text")
                .with("body", json!([block]))
                .line()
        };
        let hop = json!({"role": "speaker", "anonymous": {"label": "a"}, "source_url": url});
        for (pointer, line) in [
            ("/source_url", article("source_url", url.into())),
            (
                "/image/url",
                article("image", json!({"url": url, "alt": ""})),
            ),
            (
                "/authors/0/url",
                article("authors", json!([{"name": "a", "url": url}])),
            ),
            (
                "/outlet/url",
                article("outlet", json!({"name": "a", "url": url})),
            ),
            (
                "/body/0/url",
                block(json!({"type": "image", "url": url, "alt": ""})),
            ),
            ("/body/0/url", block(json!({"type": "embed", "url": url}))),
            (
                "/body/0/marks/0/url",
                block(json!({"type": "paragraph", "text": "a", "marks": mark})),
            ),
            (
                "/statements/0/attribution/0/source_url",
                Article::new("one")
                    .statement(json!({"quote": "a", "form": "direct", "attribution": [hop]}))
                    .line(),
            ),
            ("/url", json!({"type": "outlet", "name": "a", "url": url})),
        ] {
            assert_eq!(
                app.refuse(line),
                [format!("{pointer} invalid_url")],
                "{url:?}"
            );
        }
    }
}

#[test]
fn an_address_in_letters_of_any_script_is_served_as_the_document_says() {
    let app = TestApp::new();
    for (n, url) in [
        "http://مثال.example/خبر?س=ع#ا",
        "https://a.example:8443/é",
        "https://user@a.example/%D8%A7",
    ]
    .iter()
    .enumerate()
    {
        let slug = format!("one-{n}");
        app.store(&[Article::new(&slug).with("source_url", *url).line()]);
        let item = app.json(&format!("/v1/articles/{slug}"));
        assert!(item["source_url"].as_str().unwrap().starts_with("http"));
    }
}

#[test]
fn absurd_moments_are_refused_everywhere() {
    let app = TestApp::new();
    for moment in [
        "yesterday",
        "",
        "2026-03-01",
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-03-01T25:00:00Z",
        "2026-03-01T00:00:00",
        "0000-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "+12026-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "1772352000",
        "٢٠٢٦-٠٣-٠١T00:00:00Z",
    ] {
        let article = Article::new("one");
        for member in ["published_at", "created_at", "updated_at"] {
            let line = article.clone().with(member, moment).line();
            assert_eq!(
                app.refuse(line),
                [format!("/{member} invalid_moment")],
                "{moment}"
            );
        }
        let corrected = article
            .clone()
            .with("corrections", json!([{"at": moment, "note": "a"}]));
        assert_eq!(
            app.refuse(corrected.line()),
            ["/corrections/0/at invalid_moment"]
        );
        let said = article.statement(and(&quote("Baa.", "Bo"), "said_at", moment));
        assert_eq!(
            app.refuse(said.line()),
            ["/statements/0/said_at invalid_moment"]
        );
    }
    assert_eq!(
        app.refuse(
            Article::new("one")
                .with("published_at", 1_772_352_000)
                .line()
        ),
        ["/published_at invalid_document"]
    );
}

#[test]
fn the_first_and_the_last_moment_there_are_can_be_written() {
    let app = TestApp::new();
    let said = and(
        &quote("In the beginning.", "Bo"),
        "said_at",
        "0001-01-01T00:00:00Z",
    );
    app.store(&[Article::new("one")
        .published("0001-01-01T00:00:00Z")
        .statement(said)
        .line()]);
    app.store(&[Article::new("two")
        .published("9999-12-31T23:59:59.999Z")
        .line()]);
    assert_eq!(
        app.json("/v1/articles/one")["published_at"],
        "0001-01-01T00:00:00.000Z"
    );
    assert_eq!(app.rows("/v1/statements?said_to=0002-01-01").len(), 1);
    assert!(app.export().contains("9999-12-31T23:59:59.999Z"));
}

#[test]
fn malformed_language_tags_are_refused_everywhere() {
    let app = TestApp::new();
    for tag in [
        "",
        "a",
        "ar_EG",
        "en-",
        "-en",
        "english language",
        "العربية",
        "123",
        "en--GB",
        "abcdefghi",
    ] {
        assert_eq!(
            app.refuse(Article::new("one").with("language", tag).line()),
            ["/language invalid_language"],
            "{tag}"
        );
        let said = and(&quote("Baa.", "Bo"), "language", tag);
        assert_eq!(
            app.refuse(Article::new("one").statement(said).line()),
            ["/statements/0/language invalid_language"],
            "{tag}"
        );
        assert_eq!(
            app.refuse(json!({"type": "outlet", "name": "a", "language": tag})),
            ["/language invalid_language"],
            "{tag}"
        );
        let mut names = json!({});
        names[tag] = "x".into();
        let faults = app.refuse(and(&speaker("one", "One"), "names", names));
        assert!(
            faults[0].ends_with(" invalid_language"),
            "{tag}: {faults:?}"
        );
    }
    app.store(&[Article::new("one").with("language", "AR-eg").line()]);
    assert_eq!(app.json("/v1/articles/one")["language"], "ar-EG");
}

#[test]
fn countries_are_two_letters() {
    let app = TestApp::new();
    for country in ["EGY", "E", "", "12", "مص"] {
        assert_eq!(
            app.refuse(json!({"type": "outlet", "name": "a", "country": country})),
            ["/country invalid_country"]
        );
    }
}
