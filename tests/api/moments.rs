//! Lists in the order of one moment, narrowed by a range of another: held against the whole list, narrowed here.
use isnad::domain::moment::Moment;
use serde_json::{Value, json};

use crate::support::{Article, TestApp, id, quote};

/// How long after it was said a statement is published, and an article changed after that: none, some, and absurdly long.
const LAGS: [i64; 14] = [
    0,
    0,
    0,
    1,
    3_599_999,
    3_600_000,
    14_400_000,
    86_400_000,
    -86_400_000,
    2_592_000_000,
    31_536_000_000,
    -31_536_000_000,
    1_000_000_000_000,
    50_000_000_000_000,
];

const DAY: i64 = 86_400_000;

/// Articles of 2026, one every twelve hours, of which each has one statement; said and changed long before and after.
fn store() -> TestApp {
    let first = Moment::parse("2026-01-01T00:00:00Z").unwrap().0;
    let article = |n: u32| {
        let published = first + i64::from(n) * DAY / 2;
        let lag = |step: u32| LAGS[(n * step % 14) as usize];
        let said = json!({
            "said_at": Moment(published - lag(3)).to_string(),
            "said_precision": "minute",
        });
        let mut statement = quote(&format!("words {n}"), "Odo Marl");
        if !n.is_multiple_of(4) {
            for member in ["said_at", "said_precision"] {
                statement[member] = said[member].clone();
            }
        }
        Article::new(&format!("piece-{n}"))
            .with("id", id(n * 7 % 97))
            .published(&Moment(published).to_string())
            .with(
                "updated_at",
                Moment(published + lag(5).abs() / 50).to_string(),
            )
            .statement(statement)
            .line()
    };
    TestApp::with(&(0..97).map(article).collect::<Vec<_>>())
}

/// All rows of a list, by pages of seven, and its count. The way back meets the same pages.
fn rows(app: &TestApp, list: &str) -> (Vec<Value>, Value) {
    let mut response = app.get(&format!("{list}&limit=7&count=true"));
    let data = |page: &Value| page["data"].as_array().unwrap().clone();
    let mut pages = vec![data(&response.json())];
    while let Some(next) = response.link("next") {
        response = app.get(&next);
        pages.push(data(&response.json()));
    }
    let total = response.json()["page"]["total"].clone();
    let mut back = pages.iter().rev().skip(1);
    while let Some(prev) = response.link("prev") {
        response = app.get(&prev);
        assert_eq!(Some(&data(&response.json())), back.next(), "{prev}");
    }
    assert_eq!(back.next(), None, "{list}");
    (pages.concat(), total)
}

fn ids(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["id"].as_str().unwrap()).collect()
}

const RANGES: [(&str, &str); 7] = [
    ("2026-01-10", "2026-01-20"),
    ("2026-01-10T12:00:00Z", "2026-01-10T12:00:00.001Z"),
    ("2025-01-01", "2026-01-02"),
    ("0400-01-01", "1999-01-01"),
    ("2026-02-10", "9999-01-01"),
    ("2027-01-01", "2028-01-01"),
    ("1960-01-01", "2026-02-01"),
];

#[test]
fn statements_by_publication_are_narrowed_by_saying_and_the_reverse() {
    let app = store();
    let said = |row: &Value| match &row["said_at"] {
        Value::Null => row["article"]["published_at"].clone(),
        said_at => said_at.clone(),
    };
    let published = |row: &Value| row["article"]["published_at"].clone();
    for sort in ["-published_at", "-said_at", "said_at"] {
        let (whole, _) = rows(&app, &format!("/v1/statements?sort={sort}"));
        assert_eq!(whole.len(), 97);
        for (name, key) in [
            ("said", &said as &dyn Fn(&Value) -> Value),
            ("published", &published),
        ] {
            for (from, to) in RANGES {
                let [from, to] = [from, to].map(|at| Moment::parse_or_date(at).unwrap());
                for (parameters, from, to) in [
                    (format!("{name}_from={from}&{name}_to={to}"), from.0, to.0),
                    (format!("{name}_from={from}"), from.0, i64::MAX),
                    (format!("{name}_to={to}&speaker=odo-marl"), i64::MIN, to.0),
                ] {
                    let within = |row: &&Value| {
                        let at = Moment::parse(key(row).as_str().unwrap()).unwrap().0;
                        (from..to).contains(&at)
                    };
                    let wanted: Vec<Value> = whole.iter().filter(within).cloned().collect();
                    let list = format!("/v1/statements?sort={sort}&{parameters}");
                    let (found, total) = rows(&app, &list);
                    assert_eq!(ids(&found), ids(&wanted), "{list}");
                    assert_eq!(total, wanted.len(), "{list}");
                }
            }
        }
    }
}

#[test]
fn articles_by_publication_are_narrowed_by_change_and_the_reverse() {
    let app = store();
    let at = |row: &Value, member: &str| Moment::parse(row[member].as_str().unwrap()).unwrap();
    for sort in ["-published_at", "published_at", "-updated_at"] {
        let (whole, _) = rows(&app, &format!("/v1/articles?sort={sort}"));
        assert_eq!(whole.len(), 97);
        for (from, to) in RANGES {
            let [from, to] = [from, to].map(|at| Moment::parse_or_date(at).unwrap());
            let published = |row: &&Value| (from..to).contains(&at(row, "published_at"));
            let updated = |row: &&Value| at(row, "updated_at") >= from;
            let both = |row: &&Value| published(row) && updated(row);
            for (parameters, within) in [
                (
                    format!("published_from={from}&published_to={to}"),
                    &published as &dyn Fn(&&Value) -> bool,
                ),
                (format!("updated_since={from}"), &updated),
                (
                    format!("updated_since={from}&published_from={from}&published_to={to}"),
                    &both,
                ),
            ] {
                let wanted: Vec<Value> = whole.iter().filter(within).cloned().collect();
                let list = format!("/v1/articles?sort={sort}&{parameters}");
                let (found, total) = rows(&app, &list);
                assert_eq!(ids(&found), ids(&wanted), "{list}");
                assert_eq!(total, wanted.len(), "{list}");
            }
        }
    }
}
