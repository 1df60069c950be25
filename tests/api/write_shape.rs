//! The write shape: what it takes for an article, and what it makes of it.
use serde_json::{Value, json};

use crate::support::{Article, TestApp, id, quote};

#[test]
fn text_and_body_exclude_each_other_and_one_must_be_there() {
    let app = TestApp::new();
    let both = Article::new("one").with("body", json!([]));
    assert_eq!(app.refuse(both.line()), ["/text invalid_body"]);
    let neither = Article::new("one").without("text");
    assert_eq!(app.refuse(neither.line()), ["/body required"]);
}

#[test]
fn everything_that_is_missing_is_named_at_once() {
    let app = TestApp::new();
    let mut faults = app.refuse(json!({}));
    faults.sort();
    assert_eq!(
        faults,
        [
            "/body required",
            "/language required",
            "/outlet required",
            "/title required"
        ]
    );
    let statement = json!({});
    let mut faults = app.refuse(Article::new("one").statement(statement).line());
    faults.sort();
    assert_eq!(
        faults,
        [
            "/statements/0 invalid_chain",
            "/statements/0/form required",
            "/statements/0/quote required"
        ]
    );
    for empty in ["", "  ", "\u{a0}"] {
        assert_eq!(
            app.refuse(Article::new("one").with("title", empty).line()),
            ["/title required"]
        );
    }
}

#[test]
fn an_article_is_a_draft_unless_it_says_otherwise() {
    let app = TestApp::new();
    let report = app.store(&[Article::new("one").without("status").line()]);
    assert_eq!((report.created, report.drafts), (1, 1));
    app.get("/v1/articles/one").problem(404, "not_found");
    let refused = Article::new("one").with("status", "public").line();
    assert_eq!(app.refuse(refused), ["/status invalid_document"]);
}

#[test]
fn published_without_a_moment_takes_that_of_the_write() {
    let app = TestApp::new();
    app.store(&[Article::new("one").without("published_at").line()]);
    let item = app.json("/v1/articles/one");
    assert_eq!(item["published_at"], item["created_at"]);
    app.store(&[Article::new("one")
        .without("published_at")
        .with("title", "Again")
        .line()]);
    assert_eq!(
        app.json("/v1/articles/one")["published_at"],
        item["published_at"],
        "and keeps it"
    );
}

#[test]
fn moments_may_have_any_offset_and_fraction() {
    let app = TestApp::new();
    let article = Article::new("one").published("2026-03-01T10:30:00.123456789+02:00");
    let correction = json!([{"at": "2026-03-02t00:00:00-00:30", "note": "It was two goats."}]);
    app.store(&[article.with("corrections", correction).line()]);
    let item = app.json("/v1/articles/one");
    assert_eq!(item["published_at"], "2026-03-01T08:30:00.123Z");
    assert_eq!(item["corrections"][0]["at"], "2026-03-02T00:30:00.000Z");
}

#[test]
fn text_is_stored_in_normalization_form_c() {
    let app = TestApp::new();
    let said = json!({"quote": "cafe\u{301}", "form": "direct", "speaker": {"name": "Zoe\u{301}"}});
    let article = Article::new("one")
        .with("title", "E\u{301}lan")
        .paragraphs(&["She said cafe\u{301}."]);
    app.store(&[article.statement(said).line()]);
    let item = app.json("/v1/articles/one");
    assert_eq!(item["title"], "Élan");
    assert_eq!(item["body"][0]["text"], "She said café.");
    assert_eq!(item["statements"][0]["quote"], "café");
    assert_eq!(item["statements"][0]["anchor"]["start"], 9);
    assert_eq!(item["statements"][0]["speaker"]["name"], "Zoé");
}

/// Everything that an article can have.
fn full() -> Value {
    Article::new("full")
        .with("id", id(1))
        .with("summary", "A summary.")
        .with("image", json!({"url": "https://images.example/a.jpg", "alt": "A goat", "caption": "On deck", "credit": "Bo"}))
        .with("authors", json!([{"name": "Bo Tower", "url": "https://bo.example/"}, {"name": "Cy"}]))
        .with("dateline", "Sarmila")
        .with("source_url", "https://lantern.example/full")
        .with("references", json!([{"type": "guid", "value": "full-1"}]))
        .with("corrections", json!([{"at": "2026-03-02T00:00:00.000Z", "note": "Two goats, not one."}]))
        .with("translation_group", id(2))
        .tags(&["Ferries"])
        .without("text")
        .with("body", json!([
            {"type": "heading", "level": 3, "text": "Goats"},
            {"type": "paragraph", "text": "A goat, a boat.", "marks": [
                {"start": 0, "end": 6, "type": "strong"},
                {"start": 8, "end": 14, "type": "link", "url": "https://boats.example/"},
                {"start": 2, "end": 6, "type": "emphasis"}]},
            {"type": "quote", "text": "Baa.", "caption": "A goat"},
            {"type": "list", "ordered": true, "items": ["One goat", "Two goats"]},
            {"type": "image", "url": "https://images.example/b.jpg", "alt": "", "caption": "B", "credit": "C"},
            {"type": "embed", "url": "https://video.example/1", "caption": "A goat sings"},
        ]))
        .statement(json!({"id": id(3), "form": "mixed", "quote": "Baa.", "attribution": [
            {"hop": 0, "role": "speaker", "anonymous": {"label": "two goats", "count": 2}, "as_named": "the goats", "cue": "bleated"},
            {"hop": 1, "role": "relay", "speaker": {"name": "Bo Tower"}},
            {"hop": 2, "role": "outlet", "outlet": {"name": "Goat Gazette"}, "source_url": "https://goats.example/"}],
            "said_at": "2026-02-28T00:00:00.000Z", "said_precision": "day", "language": "en-GB", "note": "As heard."}))
        .line()
}

#[test]
fn what_is_written_is_read_as_it_was_written() {
    let app = TestApp::with(&[full()]);
    let item = app.json("/v1/articles/full");
    for (member, written) in full().as_object().unwrap() {
        match member.as_str() {
            "outlet" | "statements" | "tags" | "published_at" => {}
            _ => assert_eq!(item[member], *written, "{member}"),
        }
    }
    let (read, written) = (&item["statements"][0], &full()["statements"][0]);
    for member in [
        "form",
        "quote",
        "said_at",
        "said_precision",
        "language",
        "note",
    ] {
        assert_eq!(read[member], written[member], "{member}");
    }
    for (read, written) in read["attribution"]
        .as_array()
        .unwrap()
        .iter()
        .zip(written["attribution"].as_array().unwrap())
    {
        for member in ["hop", "role", "anonymous", "as_named", "cue", "source_url"] {
            assert_eq!(read.get(member), written.get(member), "{member}");
        }
    }
    assert_eq!(read["status"], "published");
    assert_eq!(read["origin"], "import");
}

#[test]
fn what_was_read_can_be_sent_back_and_changes_nothing() {
    let app = TestApp::with(&[
        full(),
        Article::new("other")
            .statement(quote("Dong.", "Cy Gable"))
            .line(),
    ]);
    let sequences = app.sequences();
    for slug in ["full", "other"] {
        let item = app.json(&format!("/v1/articles/{slug}"));
        assert_eq!(app.store(&[item]).unchanged, 1, "{slug}");
    }
    for (kind, list) in [
        ("speaker", "speakers"),
        ("outlet", "outlets"),
        ("tag", "tags"),
    ] {
        for mut record in app.rows(&format!("/v1/{list}")) {
            record["type"] = kind.into();
            assert_eq!(app.store(&[record]).unchanged, 1);
        }
    }
    assert_eq!(app.sequences(), sequences);
}

#[test]
fn what_the_server_owns_is_taken_and_ignored() {
    let app = TestApp::new();
    let mut line = full();
    line["direction"] = "rtl".into();
    line["statement_count"] = 99.into();
    line["translations"] = json!([{"id": "x"}]);
    line["statements"][0]["position"] = json!(7);
    line["statements"][0]["article"] = json!({"id": "x"});
    line["statements"][0]["publisher"] = json!(null);
    line["statements"][0]["direction"] = json!("sideways");
    line["statements"][0]["attribution"][0]["hop"] = json!(5);
    app.store(&[line]);
    let item = app.json("/v1/articles/full");
    assert_eq!(
        (&item["direction"], &item["statement_count"]),
        (&json!("ltr"), &json!(1))
    );
    assert_eq!(item["translations"], json!([]));
    assert_eq!(item["statements"][0]["position"], 0);
    assert_eq!(item["statements"][0]["attribution"][0]["hop"], 0);
    let record = json!({"type": "outlet", "id": id(9), "name": "Counted", "article_count": 5, "statement_count": 6});
    app.store(&[record]);
    let record = json!({"type": "speaker", "name": "Counted", "statement_count": 5, "first_said_at": "x", "last_said_at": 1});
    app.store(&[record]);
}

#[test]
fn null_means_absent() {
    let app = TestApp::new();
    let mut line = Article::new("one")
        .statement(quote("Baa.", "Bo Tower"))
        .line();
    for member in [
        "id",
        "summary",
        "image",
        "body",
        "authors",
        "dateline",
        "source_url",
        "references",
        "reason",
        "corrections",
        "translation_group",
        "tags",
        "created_at",
        "updated_at",
        "revision",
        "was_public",
        "former_slugs",
        "former_ids",
        "direction",
        "translations",
    ] {
        line[member] = Value::Null;
    }
    for member in [
        "id",
        "anonymous",
        "outlet",
        "attribution",
        "anchor",
        "said_at",
        "said_precision",
        "language",
        "status",
        "origin",
        "confidence",
        "rule",
        "note",
        "speaker_label",
        "created_at",
        "revision",
        "was_public",
    ] {
        line["statements"][0][member] = Value::Null;
    }
    line["statements"][0]["speaker"]["id"] = Value::Null;
    line["statements"][0]["speaker"]["kind"] = Value::Null;
    app.store(&[line.clone()]);
    let plain = Article::new("one")
        .statement(quote("Baa.", "Bo Tower"))
        .line();
    assert_eq!(app.store(&[plain]).unchanged, 1);
    line["status"] = Value::Null;
    line["published_at"] = Value::Null;
    assert_eq!(app.store(&[line]).drafts, 1, "no status is a draft");
}

#[test]
fn unknown_fields_are_errors_that_say_where() {
    let app = TestApp::new();
    let mut wrong = full();
    wrong["titel"] = "x".into();
    assert_eq!(app.refuse(wrong), ["/titel unknown_field"]);
    for (pointer, place) in [
        ("/statements/0", "/statements/0/quot"),
        (
            "/statements/0/attribution/1",
            "/statements/0/attribution/1/quot",
        ),
        (
            "/statements/0/attribution/1/speaker",
            "/statements/0/attribution/1/speaker/quot",
        ),
        (
            "/statements/0/attribution/0/anonymous",
            "/statements/0/attribution/0/anonymous/quot",
        ),
        ("/outlet", "/outlet/quot"),
        ("/tags/0", "/tags/0/quot"),
        ("/image", "/image/quot"),
        ("/authors/0", "/authors/0/quot"),
        ("/corrections/0", "/corrections/0/quot"),
        ("/references/0", "/references/0/quot"),
    ] {
        let mut wrong = full();
        wrong.pointer_mut(pointer).unwrap()["quot"] = 1.into();
        assert_eq!(app.refuse(wrong), [format!("{place} unknown_field")]);
    }
    for pointer in ["/body/0", "/body/1/marks/0"] {
        let mut wrong = full();
        wrong.pointer_mut(pointer).unwrap()["quot"] = 1.into();
        let faults = app.refuse(wrong);
        assert!(
            faults[0].starts_with("/body") && faults[0].ends_with("unknown_field"),
            "{faults:?}"
        );
    }
    let record = json!({"type": "tag", "name": "x", "colour": "red"});
    assert_eq!(app.refuse(record), ["/colour unknown_field"]);
    for (kind, foreign) in [
        ("speaker", "url"),
        ("speaker", "country"),
        ("outlet", "kind"),
        ("outlet", "description"),
        ("tag", "aliases"),
        ("tag", "language"),
    ] {
        let mut record = json!({"type": kind, "name": "x"});
        record[foreign] = match foreign {
            "aliases" => json!(["y"]),
            "url" => "https://a.example".into(),
            _ => "en".into(),
        };
        assert_eq!(
            app.refuse(record),
            [format!("/{foreign} unknown_field")],
            "{kind}"
        );
    }
}
