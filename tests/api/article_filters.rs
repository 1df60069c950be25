//! What a list of articles can be narrowed by, held against all of its rows.
use serde_json::Value;

use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::{TestApp, id};

type Wanted<'a> = &'a dyn Fn(&Value) -> bool;

const ALL: &str = "/v1/articles?limit=100&include=statements";

fn ids<'a>(rows: impl Iterator<Item = &'a Value>) -> Vec<&'a str> {
    rows.map(|row| row["id"].as_str().unwrap()).collect()
}

/// Holds that each filter leaves those rows, and only those, that a look at all rows finds; in each order, counted too.
#[track_caller]
fn leaves(filters: &[(&str, Wanted<'_>)]) {
    let app = TestApp::with(&newsroom());
    for (filter, wanted) in filters {
        for sort in ["-published_at", "published_at", "-updated_at"] {
            let all = app.rows(&format!("{ALL}&sort={sort}"));
            let uri = format!("/v1/articles?{filter}&sort={sort}");
            let found = app.json(&format!("{uri}&limit=100&count=true"));
            let rows = found["data"].as_array().unwrap();
            let wanted = ids(all.iter().filter(|row| wanted(row)));
            assert_eq!(ids(rows.iter()), wanted, "{uri}");
            assert_eq!(found["page"]["total"], wanted.len(), "{uri}");
            assert_eq!(paged(&app, &uri), wanted, "{uri} page by page");
        }
    }
}

/// All ids of a list, read by pages of one.
fn paged(app: &TestApp, uri: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut next = Some(format!("{uri}&limit=1"));
    while let Some(uri) = next {
        let page = app.get(&uri);
        let rows = page.json()["data"].as_array().unwrap().clone();
        ids.extend(
            rows.iter()
                .map(|row| row["id"].as_str().unwrap().to_owned()),
        );
        next = page.link("next");
    }
    ids
}

fn tagged(row: &Value, slug: &str) -> bool {
    row["tags"]
        .as_array()
        .unwrap()
        .iter()
        .any(|tag| tag["slug"] == slug)
}

fn hops(row: &Value) -> impl Iterator<Item = &Value> {
    let statements = row["statements"].as_array().unwrap().iter();
    statements.flat_map(|statement| statement["attribution"].as_array().unwrap())
}

fn says(row: &Value, slug: &str) -> bool {
    hops(row).any(|hop| hop["hop"] == 0 && hop["speaker"]["slug"] == slug)
}

fn passes(row: &Value, slug: &str) -> bool {
    hops(row).any(|hop| hop["speaker"]["slug"] == slug || hop["outlet"]["slug"] == slug)
}

#[test]
fn tag_wants_all_and_tag_any_one_and_tag_not_none() {
    leaves(&[
        ("tag=ferries", &|row| tagged(row, "ferries")),
        ("tag=ferries,sarmila", &|row| {
            tagged(row, "ferries") && tagged(row, "sarmila")
        }),
        ("tag=مياه", &|row| tagged(row, "مياه")),
        ("tag_any=ferries,regatta", &|row| {
            tagged(row, "ferries") || tagged(row, "regatta")
        }),
        ("tag_not=ferries,goats", &|row| {
            !tagged(row, "ferries") && !tagged(row, "goats")
        }),
        (
            "tag=sarmila&tag_any=ferries,regatta&tag_not=goats",
            &|row| tagged(row, "sarmila") && tagged(row, "regatta"),
        ),
        ("tag_not=ferries&tag_any=ferries", &|_| false),
    ]);
}

#[test]
fn outlet_is_who_published_and_speaker_who_said_and_via_who_stands_in_a_chain() {
    leaves(&[
        ("outlet=lantern", &|row| row["outlet"]["slug"] == "lantern"),
        ("outlet=صدى-المرج,vent-du-lac", &|row| {
            row["outlet"]["slug"] == "صدى-المرج" || row["outlet"]["slug"] == "vent-du-lac"
        }),
        ("outlet=kestrel", &|_| false),
        ("speaker=ada-quill", &|row| says(row, "ada-quill")),
        ("speaker=ada-quill,mayor", &|row| {
            says(row, "ada-quill") || says(row, "mayor")
        }),
        ("via=ada-quill", &|row| passes(row, "ada-quill")),
        ("via=kestrel", &|row| passes(row, "kestrel")),
        ("via=odo-marl,lantern", &|row| {
            passes(row, "odo-marl") || passes(row, "lantern")
        }),
        ("speaker=mayor&via=ada-quill", &|row| {
            says(row, "mayor") && passes(row, "ada-quill")
        }),
    ]);
}

#[test]
fn a_language_takes_the_tags_within_it() {
    let within = |row: &Value, range: &str| {
        let tag = row["language"].as_str().unwrap();
        tag == range || tag.starts_with(&format!("{range}-"))
    };
    leaves(&[
        ("language=ar", &|row| within(row, "ar")),
        ("language=AR-eg", &|row| within(row, "ar-EG")),
        ("language=en", &|row| within(row, "en")),
        ("language=fr,en-GB", &|row| {
            within(row, "fr") || within(row, "en-GB")
        }),
    ]);
}

#[test]
fn a_range_has_its_start_and_not_its_end() {
    leaves(&[
        ("published_from=2026-03-02", &|row| {
            row["published_at"].as_str() >= Some("2026-03-02")
        }),
        ("published_to=2026-03-02T08:00:00Z", &|row| {
            row["published_at"].as_str() < Some("2026-03-02T08")
        }),
        ("published_from=2026-03-02T10:00:00%2B02:00", &|row| {
            row["published_at"].as_str() >= Some("2026-03-02")
        }),
        (
            "published_from=2026-03-02&published_to=2026-03-04",
            &|row| {
                row["published_at"].as_str() >= Some("2026-03-02")
                    && row["published_at"].as_str() < Some("2026-03-04")
            },
        ),
        ("published_from=2026-03-02T08:00:00.001Z", &|row| {
            row["published_at"].as_str() > Some("2026-03-03")
        }),
        ("published_from=2026-03-04&published_to=2026-03-02", &|_| {
            false
        }),
        ("updated_since=2026-05-03T12:00:00Z", &|row| {
            row["updated_at"].as_str() >= Some("2026-05-03")
        }),
        (
            "updated_since=2026-05-03&published_to=2026-03-03&tag_not=ferries",
            &|row| {
                row["updated_at"].as_str() >= Some("2026-05-03")
                    && row["published_at"].as_str() < Some("2026-03-03")
            },
        ),
    ]);
}

#[test]
fn has_statements_tells_the_full_from_the_empty() {
    leaves(&[
        ("has_statements=true", &|row| row["statement_count"] != 0),
        ("has_statements=false", &|row| row["statement_count"] == 0),
        ("has_statements=false&outlet=lantern", &|_| false),
    ]);
}

#[test]
fn ids_picks_articles_and_other_filters_narrow_them() {
    let (one, two, unknown) = (id(100), id(103), id(999));
    let hidden = id(150);
    let some = format!("ids={two},{one},{unknown},{hidden},{one}");
    let narrowed = format!("{some}&language=en");
    let upper = format!("ids={}", one.to_uppercase());
    let picked = |row: &Value| row["id"] == one.as_str() || row["id"] == two.as_str();
    leaves(&[
        (&some, &picked),
        (&narrowed, &|row| picked(row) && row["language"] == "en"),
        (&upper, &|row| row["id"] == one.as_str()),
        (&format!("ids={unknown}"), &|_| false),
    ]);
}

#[test]
fn a_key_is_an_id_or_a_slug_or_a_former_slug() {
    leaves(&[
        (&format!("outlet={}", id(200)), &|row| {
            row["outlet"]["slug"] == "lantern"
        }),
        ("outlet=old-lantern", &|row| {
            row["outlet"]["slug"] == "lantern"
        }),
        ("outlet=LANTERN", &|row| row["outlet"]["slug"] == "lantern"),
        (&format!("speaker={}", id(300).to_uppercase()), &|row| {
            says(row, "ada-quill")
        }),
        ("speaker=ada-penn", &|row| says(row, "ada-quill")),
        ("via=ada-penn", &|row| passes(row, "ada-quill")),
        ("tag=boats", &|row| tagged(row, "ferries")),
        ("tag_any=boats", &|row| tagged(row, "ferries")),
        ("tag_not=boats", &|row| !tagged(row, "ferries")),
        (&format!("tag={},boats", id(400)), &|row| {
            tagged(row, "ferries")
        }),
    ]);
}

#[test]
fn what_is_unknown_or_hidden_gives_an_empty_page() {
    let hidden_outlet = format!("outlet=the-unlit-{HIDDEN}");
    let hidden_speaker = format!("speaker=voice-{HIDDEN},nobody-{HIDDEN}");
    let hidden_via = format!("via=relay-{HIDDEN},wire-{HIDDEN},someone-retracted-{HIDDEN}");
    let hidden_tag = format!("tag_any=tag-{HIDDEN},{}", id(450));
    leaves(&[
        ("outlet=nobody", &|_| false),
        ("speaker=nobody", &|_| false),
        ("via=nobody", &|_| false),
        ("tag=nothing", &|_| false),
        ("tag=ferries,nothing", &|_| false),
        ("tag_any=nothing", &|_| false),
        ("language=tlh", &|_| false),
        (&hidden_outlet, &|_| false),
        (&hidden_speaker, &|_| false),
        (&hidden_via, &|_| false),
        (&hidden_tag, &|_| false),
        (
            &format!("ids={},{},{},{}", id(150), id(151), id(152), id(153)),
            &|_| false,
        ),
        // Any of a list will do, and what does not exist excludes nothing.
        ("outlet=nobody,lantern", &|row| {
            row["outlet"]["slug"] == "lantern"
        }),
        ("tag_not=nothing", &|_| true),
        (&format!("tag_not=tag-{HIDDEN}"), &|_| true),
    ]);
}

#[test]
fn values_that_cannot_be_are_refused_by_name() {
    let app = TestApp::with(&newsroom());
    let many = vec!["a"; 21].join(",");
    let ids = vec![id(1); 101].join(",");
    for (parameter, value) in [
        ("ids", "piece-0"),
        ("ids", ids.as_str()),
        ("language", "english language"),
        ("language", "ar_EG"),
        ("published_from", "yesterday"),
        ("published_to", "2026-02-30"),
        ("published_to", "2026-3-1"),
        ("updated_since", "20260301"),
        ("has_statements", "maybe"),
        ("sort", "title"),
        ("sort", "relevance"),
        ("include", "corrections"),
        ("include", "body,"),
        ("tag", "a,,b"),
        ("tag", many.as_str()),
        ("tag_any", many.as_str()),
        ("tag_not", many.as_str()),
        ("outlet", many.as_str()),
        ("speaker", many.as_str()),
        ("via", many.as_str()),
        ("language", many.as_str()),
    ] {
        let uri = format!("/v1/articles?{parameter}={value}");
        let problem = app.get(&uri).problem(400, "invalid_parameter");
        assert_eq!(problem["errors"][0]["parameter"], parameter, "{uri}");
    }
    let twenty = vec!["a"; 20].join(",");
    assert_eq!(app.rows(&format!("/v1/articles?tag_any={twenty}")).len(), 0);
    let hundred = vec![id(100); 100].join(",");
    assert_eq!(app.rows(&format!("/v1/articles?ids={hundred}")).len(), 1);
}

#[test]
fn a_percent_sign_that_encodes_nothing_is_refused() {
    let app = TestApp::with(&newsroom());
    for tag in ["100%", "%zz", "%4"] {
        let response = app.get(&format!("/v1/articles?tag={tag}"));
        let problem = response.problem(400, "invalid_parameter");
        assert_eq!(problem["errors"][0]["parameter"], "tag");
    }
}
