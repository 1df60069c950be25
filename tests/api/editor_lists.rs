//! Lists of what the public does not see: by status, in every order, mixed with what it sees, page by page.
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::keys::TestKey;
use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::{Article, TestApp, id, quote};

fn ids(app: &TestApp, key: &TestKey, uri: &str) -> Vec<String> {
    app.column_by(key, uri, "id")
}

/// Reads a list on to its end, and back to its beginning, which must give the same.
#[track_caller]
pub fn read_through(app: &TestApp, key: &TestKey, uri: &str) -> Vec<String> {
    let column = |page: &Value| -> Vec<String> {
        let rows = page["data"].as_array().unwrap().iter();
        rows.map(|row| row["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let mut page = app.get_by(key, uri);
    assert_eq!(page.status, 200, "{uri}: {}", page.text());
    let mut forward = column(&page.json());
    let mut pages = vec![forward.clone()];
    while let Some(next) = page.link("next") {
        page = app.get_by(key, &next);
        pages.push(column(&page.json()));
        forward.extend(column(&page.json()));
    }
    pages.pop();
    while let Some(prev) = page.link("prev") {
        page = app.get_by(key, &prev);
        assert_eq!(Some(column(&page.json())), pages.pop(), "back from {uri}");
    }
    assert!(pages.is_empty(), "{uri}: {pages:?} were not met again");
    forward
}

#[test]
fn articles_are_listed_by_where_they_stand() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    let public = app.column("/v1/articles?limit=100", "id");
    for (status, hidden) in [
        ("draft", &[150][..]),
        ("scheduled", &[151]),
        ("withdrawn", &[152, 153]),
        ("draft,withdrawn", &[150, 152, 153]),
        ("withdrawn,scheduled,draft", &[150, 151, 152, 153]),
    ] {
        let hidden: Vec<String> = hidden.iter().map(|number| id(*number)).collect();
        for with_public in [false, true] {
            let status = match with_public {
                true => format!("{status},published"),
                false => status.to_owned(),
            };
            for sort in ["-published_at", "published_at", "-updated_at"] {
                let uri = format!("/v1/articles?limit=100&status={status}&sort={sort}&count=true");
                let page = app.json_by(&reader, &uri);
                let mut met = ids(&app, &reader, &uri);
                assert_eq!(page["page"]["total"], met.len(), "{uri}");
                let mut wanted = hidden.clone();
                if with_public {
                    wanted.extend(public.clone());
                }
                wanted.sort();
                met.sort();
                assert_eq!(met, wanted, "{uri}");
            }
        }
    }
}

#[test]
fn statements_are_listed_by_where_they_stand() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    let public = app.column("/v1/statements?limit=100", "id");
    for (status, hidden) in [
        ("proposed", &[160][..]),
        ("rejected", &[161]),
        ("retracted", &[162, 163]),
        ("retracted,proposed,rejected", &[160, 161, 162, 163]),
    ] {
        for sort in ["-published_at", "-said_at", "said_at"] {
            let uri = format!("/v1/statements?limit=100&count=true&sort={sort}&status={status}");
            let mut met = ids(&app, &reader, &uri);
            met.sort();
            let hidden: Vec<String> = hidden.iter().map(|number| id(*number)).collect();
            assert_eq!(met, hidden, "{uri}");
            let page = app.json_by(&reader, &format!("{uri},published"));
            let total = hidden.len() + public.len();
            assert_eq!(page["page"]["total"], total);
            assert_eq!(page["data"].as_array().unwrap().len(), total);
        }
        let uri = format!("/v1/articles/piece-8/statements?count=true&status={status}");
        let page = app.json_by(&reader, &uri);
        assert_eq!(page["page"]["total"], hidden.len());
    }
    let all = "/v1/articles/piece-8/statements?status=published,proposed,rejected,retracted";
    let article = app.json_by(&reader, "/v1/articles/piece-8");
    assert_eq!(
        app.json_by(&reader, all)["data"],
        article["statements"],
        "in text order"
    );
    assert_eq!(
        read_through(&app, &reader, &format!("{all}&limit=2")),
        ids(&app, &reader, all)
    );
}

#[test]
fn what_is_published_in_a_hidden_article_is_listed_with_the_article_alone() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    let uri = format!("/v1/articles/draft-{HIDDEN}/statements");
    let page = app.json_by(&reader, &uri);
    assert_eq!(page["data"][0]["status"], "published");
    let statement = page["data"][0]["id"].as_str().unwrap();
    for uri in [
        "/v1/statements?limit=100".to_owned(),
        "/v1/statements?limit=100&status=published,proposed,rejected,retracted".to_owned(),
        format!(
            "/v1/statements?article={}&status=published,proposed",
            id(150)
        ),
    ] {
        let met = ids(&app, &reader, &uri);
        assert!(!met.contains(&statement.to_owned()), "{uri}");
    }
    for (filter, rows) in [
        ("form=direct", 1),
        ("form=indirect", 0),
        ("anonymous=true", 0),
        ("language=en", 1),
        ("language=ar", 0),
        (&format!("speaker=voice-{HIDDEN}"), 1),
        (&format!("via=relay-{HIDDEN}"), 1),
        (&format!("outlet=wire-{HIDDEN}"), 1),
        (&format!("publisher=the-unlit-{HIDDEN}"), 1),
        (&format!("tag=tag-{HIDDEN}"), 1),
        ("tag=ferries", 0),
        ("speaker=no-such", 0),
        ("origin=import", 1),
        ("min_confidence=0", 0),
        ("status=proposed", 0),
    ] {
        let page = app.json_by(&reader, &format!("{uri}?count=true&{filter}"));
        assert_eq!(page["page"]["total"], rows, "{filter}");
        assert_eq!(page["data"].as_array().unwrap().len(), rows, "{filter}");
    }
}

#[test]
fn origin_and_confidence_hold_on_what_is_seen_and_on_what_is_not() {
    let app = TestApp::new();
    let said = |number: u32, status: &str, origin: &str, confidence: Option<f64>| {
        let mut said = json!({"id": id(number), "quote": format!("Words {number}."), "form": "direct",
            "speaker": {"name": "Bo Tower"}, "status": status, "origin": origin});
        if let Some(confidence) = confidence {
            said["confidence"] = confidence.into();
        }
        said
    };
    app.store(&[Article::new("one")
        .statement(said(1, "published", "editor", None))
        .statement(said(2, "published", "import", None))
        .statement(said(3, "published", "extracted", Some(0.25)))
        .statement(said(4, "proposed", "extracted", Some(0.5)))
        .statement(said(5, "proposed", "extracted", Some(0.9)))
        .statement(said(6, "rejected", "extracted", Some(1.0)))
        .line()]);
    let reader = app.key(Scope::Read);
    for (filter, wanted) in [
        ("origin=editor", &[1][..]),
        ("origin=import,extracted", &[2, 3]),
        ("min_confidence=0", &[3]),
        ("min_confidence=0.25&origin=extracted", &[3]),
        ("min_confidence=0.26", &[]),
        ("status=proposed&min_confidence=0.5", &[4, 5]),
        ("status=proposed&min_confidence=0.51", &[5]),
        (
            "status=proposed,published&min_confidence=0.2&origin=extracted",
            &[3, 4, 5],
        ),
        ("status=proposed&origin=editor", &[]),
        ("status=rejected,proposed&min_confidence=9e-1", &[5, 6]),
    ] {
        for list in ["/v1/statements", "/v1/articles/one/statements"] {
            let uri = format!("{list}?count=true&{filter}");
            let page = app.json_by(&reader, &uri);
            let mut met = ids(&app, &reader, &uri);
            met.sort();
            let wanted: Vec<String> = wanted.iter().map(|number| id(*number)).collect();
            assert_eq!(met, wanted, "{uri}");
            assert_eq!(page["page"]["total"], wanted.len(), "{uri}");
        }
    }
}

#[test]
fn rows_of_such_a_list_are_an_editor_s() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    let uri = "/v1/articles?status=draft,published&limit=100";
    let page = app.json_by(&reader, uri);
    let row = |page: &Value, slug: &str| -> Value {
        let rows = page["data"].as_array().unwrap();
        rows.iter().find(|row| row["slug"] == slug).unwrap().clone()
    };
    assert_eq!(row(&page, "piece-8")["statement_count"], 5);
    assert_eq!(
        app.json("/v1/articles?limit=1")["data"][0]["statement_count"],
        1
    );
    let draft = row(&page, &format!("draft-{HIDDEN}"));
    assert_eq!(
        (&draft["status"], &draft["body"]),
        (&json!("draft"), &Value::Null)
    );
    let whole = format!("{uri}&include=body,statements,translations");
    let page = app.json_by(&reader, &whole);
    for slug in ["piece-8", &format!("draft-{HIDDEN}")] {
        let item = app.json_by(&reader, &format!("/v1/articles/{slug}"));
        assert_eq!(row(&page, slug), item);
    }
    let narrowed = app.json_by(&reader, &format!("{uri}&fields=slug,statements"));
    assert_eq!(row(&narrowed, "piece-8").as_object().unwrap().len(), 2);
    // What is seen of an unresolved party, and of a list that is the public's, is as ever.
    let proposed = app.json_by(&reader, "/v1/statements?status=proposed");
    assert_eq!(
        proposed["data"][0]["attribution"][0]["unresolved"]["kind"],
        "person"
    );
    let public = app.json_by(&reader, "/v1/articles?limit=100");
    assert_eq!(public["data"], app.json("/v1/articles?limit=100")["data"]);
}

/// Many things that share few moments, of every status, in an order of ids that is none of theirs.
fn ties() -> TestApp {
    let app = TestApp::new();
    let statuses = ["draft", "published", "withdrawn", "scheduled"];
    let said = ["published", "proposed", "rejected", "retracted"];
    let lines: Vec<Value> = (0..48)
        .map(|n: u32| {
            let day = 1 + n % 3;
            let article = Article::new(&format!("piece-{n}"))
                .with("id", id(1_000 + n * 29 % 48))
                .with("created_at", "2026-01-01T00:00:00Z")
                .with("updated_at", format!("2026-04-0{}T00:00:00Z", 1 + n % 4));
            let article = match statuses[(n as usize / 3) % 4] {
                "scheduled" => article.published(&format!("2999-01-0{day}T00:00:00Z")),
                status => article
                    .published(&format!("2026-03-0{day}T00:00:00Z"))
                    .with("status", status),
            };
            let mut words = quote(&format!("Words {n}."), "Bo Tower");
            words["id"] = id(2_000 + n * 31 % 48).into();
            words["status"] = said[n as usize % 4].into();
            words["said_at"] = format!("2026-02-0{}T00:00:00Z", 1 + n % 5).into();
            article.statement(words).line()
        })
        .collect();
    app.store(&lines);
    app
}

#[test]
fn mixtures_are_read_page_by_page_each_thing_once_and_in_order() {
    let app = ties();
    let reader = app.key(Scope::Read);
    for status in [
        "draft",
        "draft,published",
        "withdrawn,scheduled",
        "scheduled,draft,withdrawn,published",
    ] {
        for (sort, member, falls) in [
            ("-published_at", "published_at", true),
            ("published_at", "published_at", false),
            ("-updated_at", "updated_at", true),
        ] {
            let list = format!("/v1/articles?status={status}&sort={sort}");
            let whole = app.json_by(&reader, &format!("{list}&limit=100"));
            let rows = whole["data"].as_array().unwrap();
            let keys: Vec<(&str, &str)> = rows
                .iter()
                .map(|row| (row[member].as_str().unwrap(), row["id"].as_str().unwrap()))
                .collect();
            assert_eq!(keys.len(), 12 * (1 + status.matches(',').count()), "{list}");
            assert!(
                keys.is_sorted_by(|a, b| if falls { a > b } else { a < b }),
                "{list}"
            );
            let whole: Vec<String> = keys.iter().map(|(_, id)| (*id).to_owned()).collect();
            for limit in 1..=7 {
                let met = read_through(&app, &reader, &format!("{list}&limit={limit}"));
                assert_eq!(met, whole, "{list}&limit={limit}");
            }
        }
    }
    for status in [
        "proposed",
        "retracted,published",
        "published,proposed,rejected,retracted",
    ] {
        for (sort, falls) in [
            ("-published_at", true),
            ("-said_at", true),
            ("said_at", false),
        ] {
            let list = format!("/v1/statements?status={status}&sort={sort}");
            let whole = app.json_by(&reader, &format!("{list}&limit=100"));
            let rows = whole["data"].as_array().unwrap();
            let key = |row: &Value| match sort {
                "-published_at" => row["article"]["published_at"].to_string(),
                _ => row["said_at"].to_string(),
            };
            let keys: Vec<(String, String)> = rows
                .iter()
                .map(|row| (key(row), row["id"].as_str().unwrap().to_owned()))
                .collect();
            // Of the published ones only a third stand in articles that are.
            let wanted: usize = status
                .split(',')
                .map(|s| if s == "published" { 4 } else { 12 })
                .sum();
            assert_eq!(keys.len(), wanted, "{list}");
            assert!(
                keys.is_sorted_by(|a, b| if falls { a > b } else { a < b }),
                "{list}"
            );
            let whole: Vec<String> = keys.into_iter().map(|(_, id)| id).collect();
            for limit in 1..=7 {
                let met = read_through(&app, &reader, &format!("{list}&limit={limit}"));
                assert_eq!(met, whole, "{list}&limit={limit}");
            }
        }
    }
}

#[test]
fn articles_named_by_ids_are_found_in_the_states_that_are_asked_for() {
    let app = ties();
    let reader = app.key(Scope::Read);
    let wanted: Vec<String> = (1_000..1_048).map(id).collect();
    let list = format!("/v1/articles?ids={}&count=true", wanted.join(","));
    for (status, rows) in [
        ("published", 12),
        ("draft", 12),
        ("draft,scheduled,published", 36),
    ] {
        for sort in ["-published_at", "published_at", "-updated_at"] {
            let uri = format!("{list}&status={status}&sort={sort}");
            let page = app.json_by(&reader, &uri);
            assert_eq!(page["page"]["total"], rows, "{uri}");
            let met = read_through(&app, &reader, &format!("{uri}&limit=5"));
            assert_eq!(met, ids(&app, &reader, &format!("{uri}&limit=100")));
            assert_eq!(met.len(), rows);
        }
    }
}

#[test]
fn a_count_of_what_is_hidden_ends_where_every_count_does() {
    let mut app = TestApp::new();
    app.store(&[Article::new("one")
        .with("id", id(1))
        .statement(quote("Well.", "Bo"))
        .draft()
        .line()]);
    let reader = app.key(Scope::Read);
    // Ten thousand more, without a document each.
    app.tamper(
        "INSERT INTO statements (uuid, article_id, position, form, quote, anonymous, said_key, published_key, language, status,
            origin, created_at, updated_at, revision, sequence, visible)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10001)
        SELECT '0198c1a0-5b7e-7c3a-9d51-' || (100000000000 + i), s.article_id, i, s.form, s.quote, s.anonymous, s.said_key, s.published_key, s.language, 'proposed',
            s.origin, s.created_at, s.updated_at, 1, 1, s.visible FROM n, statements AS s WHERE s.position = 0",
    );
    let page = app.json_by(
        &reader,
        "/v1/statements?status=proposed&count=true&limit=1&fields=id",
    );
    assert_eq!(
        (&page["page"]["total"], &page["page"]["total_capped"]),
        (&json!(10_000), &json!(true))
    );
}

#[test]
fn names_that_nothing_visible_refers_to_are_listed_by_themselves() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    for (list, sorts, filters, hidden) in [
        (
            "speakers",
            ["-statement_count", "name"],
            ["kind=person", "kind=office", "q=nob"],
            350,
        ),
        (
            "outlets",
            ["-article_count", "name"],
            ["q=no", "country=XS", "q=nothing"],
            250,
        ),
        (
            "tags",
            ["-article_count", "name"],
            ["q=no", "kind=place", "q=nowh"],
            450,
        ),
    ] {
        let public = app.column(&format!("/v1/{list}?limit=100"), "id");
        for sort in sorts {
            let uri = format!("/v1/{list}?hidden=true&count=true&sort={sort}");
            let whole = ids(&app, &reader, &format!("{uri}&limit=100"));
            assert!(
                whole.contains(&id(hidden)) && whole.len() > 1,
                "{uri}: {whole:?}"
            );
            assert!(whole.iter().all(|id| !public.contains(id)), "{uri}");
            assert_eq!(app.json_by(&reader, &uri)["page"]["total"], whole.len());
            for limit in 1..=3 {
                let met = read_through(&app, &reader, &format!("{uri}&limit={limit}"));
                assert_eq!(met, whole, "{uri}&limit={limit}");
            }
            let found = |filter: &str| ids(&app, &reader, &format!("{uri}&limit=100&{filter}"));
            assert!(
                found(filters[0]).contains(&id(hidden)),
                "{list}?{}",
                filters[0]
            );
            assert!(
                !found(filters[1]).contains(&id(hidden)),
                "{list}?{}",
                filters[1]
            );
            assert_eq!(found(filters[2]), [id(hidden)], "{list}?{}", filters[2]);
        }
        assert_eq!(ids(&app, &reader, &format!("/v1/{list}?limit=100")), public);
    }
    let names = app.column_by(
        &reader,
        "/v1/speakers?hidden=true&sort=name&limit=100",
        "name",
    );
    let folded: Vec<String> = names
        .iter()
        .map(|name| isnad::domain::name_fold::fold(name))
        .collect();
    assert!(folded.is_sorted(), "{names:?}");
}
