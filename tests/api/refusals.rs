//! What no text, URL, moment or language tag may be.
use serde_json::{Value, json};

use crate::support::article::and;
use crate::support::{Article, TestApp, quote, speaker};

/// Every document with a text in it, and where the text stands.
fn texts(text: &str) -> Vec<(&'static str, Value)> {
    let article = |member: &str, value: Value| Article::new("one").with(member, value).line();
    let block = |block: Value| {
        Article::new("one")
            .without("text")
            .with("body", json!([block]))
            .line()
    };
    let said = |member: &str, value: Value| {
        Article::new("one")
            .statement(and(&quote("Baa.", "Bo"), member, value))
            .line()
    };
    let hop = |member: &str| {
        let hop = and(
            &json!({"role": "speaker", "anonymous": {"label": "a"}}),
            member,
            text,
        );
        Article::new("one")
            .statement(json!({"quote": "a", "form": "direct", "attribution": [hop]}))
            .line()
    };
    let url = "https://a.example/";
    vec![
        ("/title", article("title", text.into())),
        ("/summary", article("summary", text.into())),
        ("/dateline", article("dateline", text.into())),
        ("/reason", article("reason", text.into())),
        ("/text/0/text", article("text", text.into())),
        (
            "/authors/0/name",
            article("authors", json!([{"name": text}])),
        ),
        (
            "/references/0/value",
            article("references", json!([{"type": "a", "value": text}])),
        ),
        (
            "/corrections/0/note",
            article(
                "corrections",
                json!([{"at": "2026-01-01T00:00:00Z", "note": text}]),
            ),
        ),
        (
            "/image/alt",
            article("image", json!({"url": url, "alt": text})),
        ),
        (
            "/image/caption",
            article("image", json!({"url": url, "alt": "", "caption": text})),
        ),
        ("/outlet/name", article("outlet", json!({"name": text}))),
        ("/tags/0/name", article("tags", json!([{"name": text}]))),
        (
            "/body/0/text",
            block(json!({"type": "heading", "level": 2, "text": text})),
        ),
        (
            "/body/0/caption",
            block(json!({"type": "quote", "text": "a", "caption": text})),
        ),
        (
            "/body/0/items/0",
            block(json!({"type": "list", "ordered": false, "items": [text]})),
        ),
        (
            "/body/0/credit",
            block(json!({"type": "image", "url": url, "alt": "", "credit": text})),
        ),
        ("/statements/0/quote", said("quote", text.into())),
        ("/statements/0/note", said("note", text.into())),
        (
            "/statements/0/speaker/name",
            said("speaker", json!({"name": text})),
        ),
        (
            "/statements/0/speaker/aliases/0",
            said("speaker", json!({"name": "Bo", "aliases": [text]})),
        ),
        (
            "/statements/0/speaker_label",
            said("speaker_label", text.into()),
        ),
        ("/statements/0/attribution/0/as_named", hop("as_named")),
        ("/statements/0/attribution/0/cue", hop("cue")),
        (
            "/description",
            and(&speaker("one", "One"), "description", text),
        ),
        (
            "/names/en",
            and(&speaker("one", "One"), "names", json!({"en": text})),
        ),
    ]
}

#[test]
fn nul_is_refused_everywhere() {
    let app = TestApp::new();
    for (pointer, document) in texts("a\0b") {
        assert_eq!(app.refuse(document), [format!("{pointer} invalid_text")]);
    }
}

#[test]
fn bidi_controls_without_their_pair_are_refused_everywhere() {
    let app = TestApp::new();
    for (pointer, document) in texts("قال \u{202E}نعم") {
        assert_eq!(app.refuse(document), [format!("{pointer} invalid_text")]);
    }
    for text in [
        "\u{2067}نعم",
        "نعم\u{2069}",
        "نعم\u{202C}",
        "\u{202B}a\u{2069}",
        "\u{2066}a\u{202C}",
        "\u{202C}\u{202A}",
    ] {
        assert_eq!(
            app.refuse(Article::new("one").with("title", text).line()),
            ["/title invalid_text"],
            "{text:?}"
        );
    }
}

#[test]
fn paired_bidi_controls_and_joiners_are_kept() {
    let app = TestApp::new();
    for (n, text) in [
        "\u{2067}نعم\u{2069} yes",
        "\u{202B}نعم\u{202C}",
        "می\u{200C}خواهم\u{200F}",
        "tab\there",
    ]
    .iter()
    .enumerate()
    {
        let slug = format!("one-{n}");
        app.store(&[Article::new(&slug).with("title", *text).line()]);
        assert_eq!(app.json(&format!("/v1/articles/{slug}"))["title"], *text);
    }
}

#[test]
fn marks_stand_in_their_text_and_links_alone_have_urls() {
    let app = TestApp::new();
    let url = "https://a.example/";
    for (mark, wanted) in [
        (
            json!({"start": 0, "end": 9, "type": "strong"}),
            "/0 invalid_mark",
        ),
        (
            json!({"start": 2, "end": 2, "type": "strong"}),
            "/0 invalid_mark",
        ),
        (
            json!({"start": 3, "end": 2, "type": "strong"}),
            "/0 invalid_mark",
        ),
        (
            json!({"start": 1, "end": 2, "type": "strong"}),
            "/0 invalid_mark",
        ),
        (
            json!({"start": 0, "end": 1, "type": "strong", "url": url}),
            "/0/url invalid_mark",
        ),
        (
            json!({"start": 0, "end": 1, "type": "link"}),
            "/0/url required",
        ),
    ] {
        let body = json!([{"type": "paragraph", "text": "a😀bc", "marks": [mark]}]);
        let line = Article::new("one")
            .without("text")
            .with("body", body)
            .line();
        assert_eq!(
            app.refuse(line),
            [format!("/body/0/marks{wanted}")],
            "{mark}"
        );
    }
    for level in [0, 7] {
        let body = json!([{"type": "heading", "level": level, "text": "a"}]);
        assert_eq!(
            app.refuse(
                Article::new("one")
                    .without("text")
                    .with("body", body)
                    .line()
            ),
            ["/body/0/level invalid_value"]
        );
    }
    let empty = json!([{"type": "list", "ordered": false, "items": []}]);
    assert_eq!(
        app.refuse(
            Article::new("one")
                .without("text")
                .with("body", empty)
                .line()
        ),
        ["/body/0/items required"]
    );
}
