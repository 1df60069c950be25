//! Counting a list by what its things hold.
use std::collections::BTreeMap;

use isnad::domain::name_fold::fold;
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::{Article, TestApp, id, quote};

const OF_ARTICLES: &str = "month,tag,speaker,outlet,language";
const OF_STATEMENTS: &str = "form,speaker,outlet,tag,language,month";

/// The values that a thing of a list has of a facet, each as the page would have it, but for the count.
fn values(facet: &str, row: &Value, tags: &BTreeMap<String, Value>) -> Vec<Value> {
    let text = |value: &str| vec![json!({ "value": value })];
    let record = |record: &Value| json!({"value": record["slug"], "record": record});
    let is_article = row["title"].is_string();
    match facet {
        "language" | "form" => text(row[facet].as_str().unwrap()),
        "month" => {
            let article = if is_article { row } else { &row["article"] };
            let moments = [&article["published_at"], &row["created_at"]];
            text(&moments.iter().find_map(|at| at.as_str()).unwrap()[..7])
        }
        "tag" => {
            let article = if is_article { row } else { &row["article"] };
            let tags = tags[article["id"].as_str().unwrap()].as_array().unwrap();
            tags.iter().map(record).collect()
        }
        "speaker" if is_article => {
            let statements = row["statements"].as_array().unwrap().iter();
            let published = statements.filter(|statement| statement["status"] == "published");
            let mut speakers: Vec<Value> = published
                .filter(|statement| statement["speaker"].is_object())
                .map(|statement| record(&statement["speaker"]))
                .collect();
            speakers.sort_by_key(Value::to_string);
            speakers.dedup();
            speakers
        }
        _ if row[facet].is_object() => vec![record(&row[facet])],
        _ => Vec::new(),
    }
}

/// What `page.facets` has to be of some things, counted by hand.
fn counted(names: &str, rows: &[Value], tags: &BTreeMap<String, Value>) -> Value {
    let facet = |name: &str| {
        let mut counts: BTreeMap<String, (Value, i64)> = BTreeMap::new();
        for value in rows.iter().flat_map(|row| values(name, row, tags)) {
            let counted = counts.entry(value.to_string()).or_insert((value, 0));
            counted.1 += 1;
        }
        let mut values: Vec<Value> = counts
            .into_values()
            .map(|(mut value, count)| {
                value["count"] = count.into();
                value
            })
            .collect();
        values.sort_by_key(|value| {
            let record = &value["record"];
            let name = match record["name"].as_str() {
                Some(name) => fold(name),
                None => value["value"].as_str().unwrap().to_owned(),
            };
            let id = record["id"].as_str().unwrap_or_default().to_owned();
            (-value["count"].as_i64().unwrap(), name, id)
        });
        values.truncate(20);
        json!({"facet": name, "complete": true, "values": values})
    };
    names.split(',').map(facet).collect()
}

/// Holds the facets of lists against their things, as `get` reads them; tags are those of the articles of `all`.
fn hold(get: impl Fn(&str) -> Value, all: &str, filters: &[(&str, &[&str])]) {
    let everything = get(&format!("/v1/articles?limit=100{all}"));
    let articles = everything["data"].as_array().unwrap();
    let tags = articles
        .iter()
        .map(|row| (row["id"].as_str().unwrap().to_owned(), row["tags"].clone()))
        .collect();
    let mut met = 0;
    for (list, filters) in filters {
        let (names, include) = match *list {
            "/v1/articles" => (OF_ARTICLES, "&include=statements"),
            _ => (OF_STATEMENTS, ""),
        };
        for filter in *filters {
            let uri = format!("{list}?{filter}");
            let whole = get(&format!("{uri}&limit=100{include}"));
            assert_eq!(whole["page"].get("facets"), None, "{uri}");
            let rows = whole["data"].as_array().unwrap();
            met += rows.len();
            let page = get(&format!("{uri}&limit=1&count=true&facet={names}"));
            assert_eq!(page["page"]["total"], rows.len(), "{uri}");
            let expected = counted(names, rows, &tags);
            assert_eq!(page["page"]["facets"], expected, "{uri}");
        }
    }
    assert!(met > 50, "{met} are few");
}

#[test]
fn facets_are_what_counting_the_whole_list_comes_to() {
    let app = TestApp::with(&newsroom());
    let articles = [
        "",
        "q=goat",
        "q=the",
        "q=the&sort=published_at",
        "q=-ferry",
        "q=nobody-says-this",
        "tag=ferries",
        "tag_any=ferries,goats",
        "tag_not=goats&sort=-updated_at",
        "language=ar,en",
        "speaker=ada-quill",
        "via=kestrel&has_statements=true",
        "published_from=2026-03-02&q=the",
        "updated_since=2026-05-02",
        "outlet=not-there",
    ];
    let statements = [
        "",
        "q=goats",
        "q=the&sort=said_at",
        "q=-goats",
        "speaker=ada-quill",
        "form=direct&sort=-said_at",
        "anonymous=true",
        "outlet=kestrel",
        "tag=ferries",
        "language=ar",
        "publisher=lantern",
        "said_from=2026-02-28&said_to=2026-03-03",
    ];
    let lists = [
        ("/v1/articles", &articles[..]),
        ("/v1/statements", &statements),
    ];
    hold(|uri| app.json(uri), "", &lists);
}

#[test]
fn an_editor_s_facets_count_what_the_list_shows() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    let articles = [
        "",
        "status=draft",
        "status=draft,scheduled,published,withdrawn",
        "status=draft,published&q=words",
        &format!("status=withdrawn,scheduled&q={HIDDEN}"),
    ];
    let statements = [
        "",
        "status=proposed",
        "status=published,proposed,rejected,retracted",
        &format!("status=published,rejected,retracted&q={HIDDEN}"),
        "status=proposed&min_confidence=0.4",
    ];
    let lists = [
        ("/v1/articles", &articles[..]),
        ("/v1/statements", &statements),
    ];
    hold(
        |uri| app.json_by(&reader, uri),
        "&status=draft,scheduled,published,withdrawn",
        &lists,
    );
}

#[test]
fn nothing_hidden_is_counted_for_the_public() {
    let app = TestApp::with(&newsroom());
    for (list, names) in [
        ("/v1/articles", OF_ARTICLES),
        ("/v1/statements", OF_STATEMENTS),
    ] {
        for filter in ["", "&q=the", &format!("&q={HIDDEN}"), "&limit=100"] {
            let page = app.get(&format!("{list}?facet={names}{filter}"));
            let facets = page.json()["page"]["facets"].to_string();
            assert!(!facets.contains(HIDDEN), "{list}{filter}: {facets}");
        }
    }
    // What it says is hidden but for one thing.
    let page = app.json(&format!("/v1/articles?ids={}&facet=speaker", id(108)));
    let speakers = page["page"]["facets"][0]["values"].as_array().unwrap();
    assert_eq!(speakers.len(), 1);
    assert_eq!(
        (&speakers[0]["value"], &speakers[0]["count"]),
        (&json!("odo-marl"), &json!(1))
    );
}

#[test]
fn a_cursor_leads_on_with_facets_and_without_and_they_are_the_same_on_every_page() {
    let app = TestApp::with(&newsroom());
    let facets = |page: &Value| page["page"]["facets"].clone();
    let first = app.json("/v1/statements?q=the&limit=1&facet=form,tag");
    let next = first["page"]["next"].as_str().unwrap();
    let second = app.json(&format!(
        "/v1/statements?q=the&limit=1&facet=tag,form&cursor={next}"
    ));
    let (mut one, mut other) = (facets(&first), facets(&second));
    let told = one.as_array_mut().unwrap();
    told.reverse();
    assert_eq!(one, other.take());
    let plain = app.json(&format!("/v1/statements?q=the&limit=1&cursor={next}"));
    assert_eq!(plain["data"], second["data"]);
    assert_eq!(plain["page"].get("facets"), None);
    // A link keeps what was asked for.
    let page = app.get("/v1/articles?limit=1&facet=month");
    assert!(page.link("next").unwrap().contains("facet=month"));
    let other = app.get("/v1/articles?limit=1&facet=tag");
    assert_ne!(page.etag(), other.etag());
}

#[test]
fn a_list_is_counted_by_what_it_has_and_by_nothing_else() {
    let app = TestApp::with(&newsroom());
    for uri in [
        "/v1/articles?facet=form",
        "/v1/articles?facet=tag,via",
        "/v1/statements?facet=publisher",
        "/v1/statements?facet=Speaker",
        "/v1/statements?facet=tag,",
    ] {
        let problem = app.get(uri).problem(400, "invalid_parameter");
        assert_eq!(problem["errors"][0]["parameter"], "facet", "{uri}");
    }
    for uri in [
        "/v1/speakers?facet=tag",
        "/v1/articles/piece-0/statements?facet=form",
    ] {
        app.get(uri).problem(400, "unknown_parameter");
    }
    // Twice is once.
    let page = app.json("/v1/articles?facet=tag,month,tag");
    let facets = page["page"]["facets"].as_array().unwrap();
    let names: Vec<&Value> = facets.iter().map(|facet| &facet["facet"]).collect();
    assert_eq!(names, ["tag", "month"]);
}

#[test]
fn the_twenty_values_that_most_things_hold_are_told() {
    let lines: Vec<Value> = (0..30)
        .map(|n: u32| {
            let tags: Vec<String> = (n..30).map(|tag| format!("Tag {tag:02}")).collect();
            let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
            Article::new(&format!("piece-{n}")).tags(&tags).line()
        })
        .collect();
    let app = TestApp::with(&lines);
    let page = app.json("/v1/articles?facet=tag");
    let values = page["page"]["facets"][0]["values"].as_array().unwrap();
    let told: Vec<(&str, i64)> = values
        .iter()
        .map(|value| {
            let name = value["record"]["name"].as_str().unwrap();
            (name, value["count"].as_i64().unwrap())
        })
        .collect();
    let names: Vec<String> = (10..30).rev().map(|tag| format!("Tag {tag:02}")).collect();
    let expected: Vec<(&str, i64)> = names
        .iter()
        .map(String::as_str)
        .zip((11..=30).rev())
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn of_a_longer_list_the_newest_ten_thousand_are_counted_and_that_is_said() {
    let mut app = TestApp::new();
    app.store(&[Article::new("one")
        .with("id", id(1))
        .statement(quote("Well.", "Bo"))
        .draft()
        .line()]);
    let reader = app.key(Scope::Read);
    // The oldest are indirect: so many that they do not all count.
    app.tamper(
        "INSERT INTO statements (uuid, article_id, position, form, quote, anonymous, said_key, published_key, language, status,
            origin, created_at, updated_at, revision, sequence, visible)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10020)
        SELECT '0198c1a0-5b7e-7c3a-9d51-' || (100000000000 + i), s.article_id, i,
            CASE WHEN i <= 120 THEN 'indirect' ELSE 'direct' END, s.quote, s.anonymous, s.said_key, s.published_key + i,
            s.language, 'proposed', s.origin, s.created_at, s.updated_at, 1, 1, s.visible
        FROM n, statements AS s WHERE s.position = 0",
    );
    let facet = |filter: &str| {
        let uri = format!("/v1/statements?status=proposed&limit=1&fields=id&facet=form{filter}");
        app.json_by(&reader, &uri)["page"]["facets"][0].clone()
    };
    assert_eq!(
        facet(""),
        json!({"facet": "form", "complete": false, "values": [
            {"value": "direct", "count": 9_900}, {"value": "indirect", "count": 100},
        ]})
    );
    assert_eq!(
        facet("&form=direct"),
        json!({"facet": "form", "complete": true, "values": [{"value": "direct", "count": 9_900}]})
    );
}
