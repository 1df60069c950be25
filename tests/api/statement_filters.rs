//! What a list of statements can be narrowed by, held against all of its rows.
use serde_json::Value;

use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::{TestApp, id};

type Wanted<'a> = &'a dyn Fn(&Value) -> bool;

fn ids<'a>(rows: impl Iterator<Item = &'a Value>) -> Vec<&'a str> {
    rows.map(|row| row["id"].as_str().unwrap()).collect()
}

/// Holds that each filter leaves those rows, and only those, that a look at all rows finds; in each order, counted too,
/// and among the statements of one article.
#[track_caller]
fn leaves(filters: &[(&str, Wanted<'_>)]) {
    let app = TestApp::with(&newsroom());
    for (filter, wanted) in filters {
        for sort in ["-published_at", "-said_at", "said_at"] {
            leaves_of(
                &app,
                &format!("/v1/statements?sort={sort}&"),
                filter,
                *wanted,
            );
        }
        if !filter.contains("article=") {
            leaves_of(&app, "/v1/articles/piece-2/statements?", filter, *wanted);
        }
    }
}

#[track_caller]
fn leaves_of(app: &TestApp, list: &str, filter: &str, wanted: Wanted<'_>) {
    let all = app.rows(&format!("{list}limit=100"));
    let uri = format!("{list}{filter}");
    let found = app.json(&format!("{uri}&limit=100&count=true"));
    let rows = found["data"].as_array().unwrap();
    let wanted = ids(all.iter().filter(|row| wanted(row)));
    assert_eq!(ids(rows.iter()), wanted, "{uri}");
    assert_eq!(found["page"]["total"], wanted.len(), "{uri}");
    let mut paged = Vec::new();
    let mut next = Some(format!("{uri}&limit=2"));
    while let Some(uri) = next {
        let page = app.get(&uri);
        let rows = page.json()["data"].as_array().unwrap().clone();
        paged.extend(
            rows.iter()
                .map(|row| row["id"].as_str().unwrap().to_owned()),
        );
        next = page.link("next");
    }
    assert_eq!(paged, wanted, "{uri} page by page");
}

fn passes(row: &Value, slug: &str) -> bool {
    let mut hops = row["attribution"].as_array().unwrap().iter();
    hops.any(|hop| hop["speaker"]["slug"] == slug || hop["outlet"]["slug"] == slug)
}

fn stands_in(row: &Value, articles: &[&str]) -> bool {
    articles.iter().any(|slug| row["article"]["slug"] == *slug)
}

#[test]
fn who_said_it_and_who_carried_it() {
    leaves(&[
        ("speaker=lake-union", &|row| {
            row["speaker"]["slug"] == "lake-union"
        }),
        ("speaker=lake-union,نورة-السامر", &|row| {
            row["speaker"]["slug"] == "lake-union" || row["speaker"]["slug"] == "نورة-السامر"
        }),
        ("outlet=kestrel", &|row| row["outlet"]["slug"] == "kestrel"),
        ("outlet=kestrel,lantern", &|row| row["outlet"].is_object()),
        ("publisher=صدى-المرج", &|row| {
            row["publisher"]["slug"] == "صدى-المرج"
        }),
        ("publisher=lantern,vent-du-lac", &|row| {
            row["publisher"]["slug"] == "lantern" || row["publisher"]["slug"] == "vent-du-lac"
        }),
        ("via=odo-marl", &|row| passes(row, "odo-marl")),
        // The slug of an outlet and of a speaker: either.
        ("via=kestrel", &|row| passes(row, "kestrel")),
        ("via=kestrel,ada-quill", &|row| {
            passes(row, "kestrel") || passes(row, "ada-quill")
        }),
        ("speaker=mayor&via=ada-quill", &|row| {
            row["speaker"]["slug"] == "mayor" && passes(row, "ada-quill")
        }),
        (
            "speaker=lake-union&outlet=kestrel&publisher=vent-du-lac",
            &|row| row["speaker"]["slug"] == "lake-union" && row["outlet"]["slug"] == "kestrel",
        ),
    ]);
}

#[test]
fn a_name_at_a_hop_is_of_its_own_kind_of_thing() {
    let app = TestApp::with(&newsroom());
    let rows = app.rows("/v1/statements?speaker=kestrel&limit=100");
    assert_eq!(rows.len(), 1, "the trust said one thing");
    assert!(
        rows.iter()
            .all(|row| row["speaker"]["name"] == "Kestrel Trust")
    );
    let rows = app.rows("/v1/statements?outlet=kestrel&limit=100");
    assert!(
        rows.iter()
            .all(|row| row["outlet"]["name"] == "Kestrel Wire")
    );
}

#[test]
fn which_article_it_stands_in() {
    let two = ["piece-0", "piece-7"];
    let by_id = format!("article={}", id(100));
    leaves(&[
        ("article=piece-0,piece-7", &|row| stands_in(row, &two)),
        (&by_id, &|row| stands_in(row, &["piece-0"])),
        ("article=piece-2&speaker=lake-union", &|row| {
            stands_in(row, &["piece-2"]) && row["speaker"]["slug"] == "lake-union"
        }),
        ("tag=ferries", &|row| {
            stands_in(row, &["piece-0", "piece-1", "piece-7"])
        }),
        ("tag=ferries,goats", &|row| stands_in(row, &["piece-0"])),
        ("article=piece-0&tag=regatta", &|_| false),
        ("article=piece-4", &|_| false),
    ]);
}

#[test]
fn what_kind_of_statement_it_is() {
    leaves(&[
        ("form=direct", &|row| row["form"] == "direct"),
        ("form=mixed,indirect", &|row| row["form"] != "direct"),
        ("anonymous=true", &|row| row["anonymous"].is_object()),
        ("anonymous=false", &|row| row["speaker"].is_object()),
        ("anonymous=true&form=direct", &|_| false),
        ("language=en", &|row| {
            row["language"] == "en" || row["language"] == "en-GB"
        }),
        ("language=ar", &|row| {
            row["language"] == "ar" || row["language"] == "ar-EG"
        }),
        ("language=fr,ar-EG", &|row| {
            row["language"] == "fr" || row["language"] == "ar-EG"
        }),
        ("language=en&speaker=lake-union", &|row| {
            row["language"] == "en" && row["speaker"]["slug"] == "lake-union"
        }),
    ]);
}

#[test]
fn when_it_was_said_or_else_published() {
    let said = |row: &Value| match row["said_at"].as_str() {
        Some(said) => said.to_owned(),
        None => row["article"]["published_at"].as_str().unwrap().to_owned(),
    };
    let published = |row: &Value| row["article"]["published_at"].as_str().unwrap().to_owned();
    leaves(&[
        ("said_from=2026-03-02", &|row| {
            said(row).as_str() >= "2026-03-02"
        }),
        ("said_to=2026-02-28T10:00:00Z", &|row| {
            said(row).as_str() < "2026-02-28T10"
        }),
        (
            "said_from=2026-02-28T10:00:00Z&said_to=2026-03-04",
            &|row| said(row).as_str() >= "2026-02-28T10" && said(row).as_str() < "2026-03-04",
        ),
        (
            "published_from=2026-03-02&published_to=2026-03-04",
            &|row| {
                published(row).as_str() >= "2026-03-02" && published(row).as_str() < "2026-03-04"
            },
        ),
        ("published_from=2026-03-02&said_to=2026-03-01", &|row| {
            published(row).as_str() >= "2026-03-02" && said(row).as_str() < "2026-03-01"
        }),
        ("speaker=ada-quill&said_from=2026-03-01", &|row| {
            row["speaker"]["slug"] == "ada-quill" && said(row).as_str() >= "2026-03-01"
        }),
        ("said_from=2026-03-03&said_to=2026-03-01", &|_| false),
    ]);
}

#[test]
fn a_key_is_an_id_or_a_slug_or_a_former_slug() {
    let (ada, lantern) = (
        format!("speaker={}", id(300)),
        format!("publisher={}", id(200)),
    );
    leaves(&[
        (&ada, &|row| row["speaker"]["slug"] == "ada-quill"),
        ("speaker=ada-penn", &|row| {
            row["speaker"]["slug"] == "ada-quill"
        }),
        ("via=ADA-PENN", &|row| passes(row, "ada-quill")),
        (&lantern, &|row| row["publisher"]["slug"] == "lantern"),
        ("outlet=old-lantern", &|row| {
            row["outlet"]["slug"] == "lantern"
        }),
        ("publisher=old-lantern", &|row| {
            row["publisher"]["slug"] == "lantern"
        }),
        ("tag=boats", &|row| {
            stands_in(row, &["piece-0", "piece-1", "piece-7"])
        }),
    ]);
}

#[test]
fn what_is_unknown_or_hidden_gives_an_empty_page() {
    let hidden = |parameter: &str, slug: &str| format!("{parameter}={slug}-{HIDDEN}");
    let hidden = [
        hidden("speaker", "voice"),
        hidden("speaker", "someone-retracted"),
        hidden("outlet", "wire"),
        hidden("outlet", "a-leak"),
        hidden("publisher", "the-unlit"),
        hidden("via", "relay"),
        hidden("tag", "tag"),
        hidden("article", "draft"),
        hidden("article", "future"),
        hidden("article", "withdrawn"),
        format!("article={}", id(150)),
    ];
    let none: Wanted<'_> = &|_| false;
    let mut filters: Vec<(&str, Wanted<'_>)> = hidden.iter().map(|f| (f.as_str(), none)).collect();
    for unknown in [
        "speaker=x",
        "outlet=x",
        "publisher=x",
        "via=x",
        "tag=x",
        "article=x",
        "language=tlh",
    ] {
        filters.push((unknown, none));
    }
    filters.push(("speaker=x,ada-quill", &|row| {
        row["speaker"]["slug"] == "ada-quill"
    }));
    filters.push(("article=x,piece-0", &|row| stands_in(row, &["piece-0"])));
    leaves(&filters);
}

#[test]
fn values_that_cannot_be_are_refused_by_name() {
    let app = TestApp::with(&newsroom());
    for list in ["/v1/statements", "/v1/articles/piece-2/statements"] {
        for (parameter, value) in [
            ("form", "spoken"),
            ("form", "direct,"),
            ("anonymous", "2"),
            ("language", "a"),
            ("said_from", "then"),
            ("said_to", "2026-13-01"),
            ("published_from", "0000-01-01"),
            ("published_to", "10000-01-01"),
        ] {
            let problem = app
                .get(&format!("{list}?{parameter}={value}"))
                .problem(400, "invalid_parameter");
            assert_eq!(problem["errors"][0]["parameter"], parameter);
        }
    }
    app.get("/v1/articles/piece-2/statements?article=piece-2")
        .problem(400, "unknown_parameter");
    app.get("/v1/articles/piece-2/statements?sort=said_at")
        .problem(400, "unknown_parameter");
    app.get("/v1/statements?sort=position")
        .problem(400, "invalid_parameter");
}
