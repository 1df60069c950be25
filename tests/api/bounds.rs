//! How much an article and a record may hold: at the bound it is stored, one over is refused by name.
use serde_json::{Value, json};

use crate::support::article::and;
use crate::support::{Article, TestApp, id, outlet, quote, speaker};

/// Holds that a document with `bound` of something is stored, and that one more is refused at a place.
#[track_caller]
fn bounded(pointer: &str, bound: usize, document: impl Fn(usize) -> Value) {
    let app = TestApp::new();
    let most = app.import(&[document(bound)]);
    assert_eq!(
        most.report.failed,
        0,
        "{pointer} at {bound}: {}",
        most.details()
    );
    let over = app.import(&[document(bound + 1)]);
    assert_eq!(over.report.failed, 1, "{pointer} over {bound} was stored");
    let faults = over.faults_of(1);
    assert!(
        faults
            .iter()
            .any(|fault| fault.starts_with(&format!("{pointer} "))),
        "{pointer}: {faults:?}"
    );
    let details = over.details();
    assert!(
        details.contains(&bound.to_string()),
        "{pointer}: the bound is not named: {details}"
    );
}

fn letters(length: usize) -> String {
    // Letters of more bytes than one: characters are counted, not bytes.
    "ع".repeat(length)
}

fn with(member: &str, value: Value) -> Value {
    Article::new("one").with(member, value).line()
}

fn body(blocks: Value) -> Value {
    Article::new("one")
        .without("text")
        .with("body", blocks)
        .line()
}

fn said(member: &str, value: Value) -> Value {
    Article::new("one")
        .statement(and(&quote("Baa.", "Bo"), member, value))
        .line()
}

#[test]
fn texts_of_an_article() {
    bounded("/title", 500, |n| with("title", letters(n).into()));
    bounded("/summary", 2_000, |n| with("summary", letters(n).into()));
    bounded("/dateline", 1_000, |n| with("dateline", letters(n).into()));
    bounded("/reason", 1_000, |n| with("reason", letters(n).into()));
    bounded("/slug", 1_000, |n| with("slug", letters(n).into()));
    bounded("/body/0/text", 20_000, |n| {
        body(json!([{"type": "paragraph", "text": letters(n)}]))
    });
    bounded("/text/0/text", 20_000, |n| with("text", letters(n).into()));
    bounded("/body/0/items/1", 20_000, |n| {
        body(json!([{"type": "list", "ordered": false, "items": ["a", letters(n)]}]))
    });
}

#[test]
fn a_whole_body() {
    bounded("/body", 300_000, |n| {
        let whole = (0..n / 20_000).map(|_| json!({"type": "quote", "text": letters(20_000)}));
        let rest = (n % 20_000 > 0)
            .then(|| json!({"type": "list", "ordered": true, "items": [letters(n % 20_000)]}));
        body(whole.chain(rest).collect())
    });
    bounded("/body", 2_000, |n| {
        body(
            (0..n)
                .map(|_| json!({"type": "paragraph", "text": "a"}))
                .collect(),
        )
    });
    bounded("/text", 2_000, |n| with("text", "a.\n".repeat(n).into()));
}

#[test]
fn parts_of_blocks() {
    let image = |member: &str, value: String| {
        let image = json!({"type": "image", "url": "https://a.example/", "alt": "a"});
        body(json!([and(&image, member, value)]))
    };
    for member in ["alt", "caption", "credit"] {
        bounded(&format!("/body/0/{member}"), 1_000, |n| {
            image(member, letters(n))
        });
    }
    bounded("/body/0/caption", 1_000, |n| {
        body(json!([{"type": "quote", "text": "a", "caption": letters(n)}]))
    });
    bounded("/body/0/caption", 1_000, |n| {
        body(json!([{"type": "embed", "url": "https://a.example/", "caption": letters(n)}]))
    });
    bounded("/body/0/marks", 1_000, |n| {
        let marks: Vec<Value> = (0..n)
            .map(|_| json!({"start": 0, "end": 1, "type": "strong"}))
            .collect();
        body(json!([{"type": "paragraph", "text": "a", "marks": marks}]))
    });
    bounded("/body/0/items", 2_000, |n| {
        body(json!([{"type": "list", "ordered": false, "items": vec!["a"; n]}]))
    });
}

#[test]
fn lists_of_an_article() {
    let many = |n: usize, entry: &dyn Fn(usize) -> Value| -> Value { (0..n).map(entry).collect() };
    bounded("/authors", 100, |n| {
        with("authors", many(n, &|_| json!({"name": "a"})))
    });
    bounded("/references", 100, |n| {
        with(
            "references",
            many(n, &|at| json!({"type": "a", "value": at.to_string()})),
        )
    });
    bounded("/corrections", 100, |n| {
        with(
            "corrections",
            many(n, &|_| json!({"at": "2026-01-01T00:00:00Z", "note": "a"})),
        )
    });
    bounded("/tags", 100, |n| {
        with("tags", many(n, &|at| json!({"name": format!("tag {at}")})))
    });
    bounded("/statements", 1_000, |n| {
        with(
            "statements",
            many(n, &|at| quote(&format!("words {at}"), "Bo")),
        )
    });
}

#[test]
fn entries_of_an_article() {
    bounded("/authors/0/name", 300, |n| {
        with("authors", json!([{"name": letters(n)}]))
    });
    bounded("/references/0/type", 1_000, |n| {
        with("references", json!([{"type": letters(n), "value": "a"}]))
    });
    bounded("/references/0/value", 1_000, |n| {
        with("references", json!([{"type": "a", "value": letters(n)}]))
    });
    bounded("/corrections/0/note", 1_000, |n| {
        with(
            "corrections",
            json!([{"at": "2026-01-01T00:00:00Z", "note": letters(n)}]),
        )
    });
    for member in ["alt", "caption", "credit"] {
        let image = json!({"url": "https://a.example/", "alt": "a"});
        bounded(&format!("/image/{member}"), 1_000, |n| {
            with("image", and(&image, member, letters(n)))
        });
    }
}

#[test]
fn parts_of_a_statement() {
    bounded("/statements/0/quote", 20_000, |n| {
        said("quote", letters(n).into())
    });
    bounded("/statements", 300_000, |n| {
        let whole = (0..n / 20_000).map(|at| format!("{at:02}{}", letters(19_998)));
        let rest = (n % 20_000 > 0).then(|| letters(n % 20_000));
        let statements = whole.chain(rest).map(|words| quote(&words, "Bo"));
        with("statements", statements.collect())
    });
    for member in ["note", "rule"] {
        bounded(&format!("/statements/0/{member}"), 1_000, |n| {
            said(member, letters(n).into())
        });
    }
    bounded("/statements/0/speaker_label", 1_000, |n| {
        said("speaker_label", letters(n).into())
    });
    bounded("/statements/0/attribution", 16, |n| {
        let mut hops = vec![json!({"role": "relay", "anonymous": {"label": "media"}}); n];
        hops[0]["role"] = "speaker".into();
        Article::new("one")
            .statement(json!({"quote": "a", "form": "direct", "attribution": hops}))
            .line()
    });
    for member in ["as_named", "cue"] {
        bounded(
            &format!("/statements/0/attribution/0/{member}"),
            1_000,
            |n| {
                let hop = and(
                    &json!({"role": "speaker", "anonymous": {"label": "a"}}),
                    member,
                    letters(n),
                );
                Article::new("one")
                    .statement(json!({"quote": "a", "form": "direct", "attribution": [hop]}))
                    .line()
            },
        );
    }
    bounded("/statements/0/anonymous/label", 1_000, |n| {
        Article::new("one")
            .statement(json!({"quote": "a", "form": "direct", "anonymous": {"label": letters(n)}}))
            .line()
    });
    bounded("/statements/0/anchor/continued", 100, |n| {
        let piece = json!({"block": 0, "start": 0, "end": 1, "exact": "T"});
        said(
            "anchor",
            json!({"block": 0, "start": 0, "end": 1, "exact": "T", "continued": vec![piece; n]}),
        )
    });
}

#[test]
fn records() {
    let with = |member: &str, value: Value| and(&speaker("one", "One"), member, value);
    bounded("/name", 300, |n| with("name", letters(n).into()));
    bounded("/names/ar", 300, |n| {
        with("names", json!({"ar": letters(n)}))
    });
    bounded("/aliases/0", 300, |n| with("aliases", json!([letters(n)])));
    bounded("/aliases", 50, |n| {
        with(
            "aliases",
            (0..n).map(|at| json!(format!("alias {at}"))).collect(),
        )
    });
    bounded("/description", 1_000, |n| {
        with("description", letters(n).into())
    });
    bounded("/references", 100, |n| {
        with(
            "references",
            (0..n)
                .map(|at| json!({"type": "a", "value": at.to_string()}))
                .collect(),
        )
    });
    bounded(
        "/reason",
        1_000,
        |n| json!({"type": "deleted", "thing": "tag", "id": id(u32::try_from(n).unwrap()), "reason": letters(n)}),
    );
    for (pointer, member) in [("/outlet/name", "outlet"), ("/tags/0/name", "tags")] {
        bounded(pointer, 300, |n| {
            let reference = json!({"name": letters(n)});
            let value = if member == "tags" {
                json!([reference])
            } else {
                reference
            };
            Article::new("one").with(member, value).line()
        });
    }
}

#[test]
fn urls() {
    let url = |n: usize| format!("https://a.example/{}", "x".repeat(n - 18));
    bounded("/source_url", 2_048, |n| with("source_url", url(n).into()));
    bounded("/image/url", 2_048, |n| {
        with("image", json!({"url": url(n), "alt": ""}))
    });
    bounded("/authors/0/url", 2_048, |n| {
        with("authors", json!([{"name": "a", "url": url(n)}]))
    });
    bounded("/body/0/url", 2_048, |n| {
        body(json!([{"type": "embed", "url": url(n)}]))
    });
    bounded(
        "/url",
        2_048,
        |n| json!({"type": "outlet", "name": "a", "url": url(n)}),
    );
    bounded("/body/0/marks/0/url", 2_048, |n| {
        let marks = json!([{"start": 0, "end": 1, "type": "link", "url": url(n)}]);
        body(json!([{"type": "paragraph", "text": "a", "marks": marks}]))
    });
    bounded("/statements/0/attribution/0/source_url", 2_048, |n| {
        let hop = json!({"role": "speaker", "anonymous": {"label": "a"}, "source_url": url(n)});
        Article::new("one")
            .statement(json!({"quote": "a", "form": "direct", "attribution": [hop]}))
            .line()
    });
}

#[test]
fn translations() {
    let app = TestApp::new();
    let of = |n: usize| {
        Article::new(&format!("one-{n}"))
            .with("translation_group", id(1))
            .draft()
            .line()
    };
    let report = app.store(&(0..101).map(of).collect::<Vec<_>>());
    assert_eq!(report.created, 101, "one and a hundred others");
    let visible = |n: usize| {
        Article::new(&format!("one-{n}"))
            .with("translation_group", id(1))
            .line()
    };
    app.store(&[visible(0), visible(1)]);
    assert_eq!(app.refuse(visible(101)), ["/translation_group too_many"]);
}

/// So many letters of four bytes each that no two runs are alike: nothing shortens them.
fn rare_letters(length: usize) -> String {
    let letter = |n: usize| char::from_u32(0x2_0000 + (n * 7_919 % 40_000) as u32).unwrap();
    (0..length).map(letter).collect()
}

#[test]
fn the_longest_keys_are_stored_and_found() {
    let app = TestApp::new();
    let name = rare_letters(300);
    let reference = json!([{"type": "guid", "value": rare_letters(1_000)}]);
    let article = Article::new("one")
        .with("slug", rare_letters(500))
        .with("outlet", json!({"name": name}))
        .with("references", reference);
    app.store(&[article.clone().line()]);
    assert_eq!(app.store(&[article.line()]).unchanged, 1);
    let found = app.rows(&format!("/v1/outlets?q={name}"));
    assert_eq!(found[0]["name"], name);
}

#[test]
fn a_name_that_grows_when_it_is_folded_is_refused_where_it_is_too_long_for_an_index() {
    // A ligature of eighteen letters, and others of several, in no order that repeats.
    let ligatures = |n: usize| -> String {
        let letter = |n: usize| char::from_u32(0xFBEA + (n * 7_919 % 0x100) as u32).unwrap();
        (0..n).flat_map(|n| ['\u{FDFA}', letter(n)]).collect()
    };
    let app = TestApp::new();
    app.store(&[outlet("short", &ligatures(20))]);
    assert_eq!(
        app.refuse(outlet("long", &ligatures(150))),
        ["/name too_long"]
    );
}
