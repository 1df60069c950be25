//! A speaker's timeline: its buckets, whom they credit, which stretch they cover.
use serde_json::{Value, json};

use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::{Article, TestApp, id, quote};

const SPEAKER: &str = "/v1/speakers/odo-marl/timeline";

/// Said by Odo Marl at a moment, credited to some outlets in turn.
fn said(n: usize, at: &str, outlets: &[&str]) -> Value {
    let mut chain = vec![json!({"role": "speaker", "speaker": {"name": "Odo Marl"}})];
    chain.extend(
        outlets
            .iter()
            .map(|name| json!({"role": "outlet", "outlet": {"name": name}})),
    );
    json!({"quote": format!("words {n}"), "form": "direct", "attribution": chain, "said_at": at, "said_precision": "minute"})
}

/// One article with what was said at each of these moments, published long after.
fn store(statements: &[(&str, &[&str])]) -> TestApp {
    let article = Article::new("piece").published("2026-09-01T00:00:00Z");
    let statements = statements.iter().enumerate();
    let statement = |article: Article, (n, (at, outlets)): (usize, &(&str, &[&str]))| {
        article.statement(said(n, at, outlets))
    };
    TestApp::with(&[statements.fold(article, statement).line()])
}

/// `date count outlet:count …` of each bucket.
#[track_caller]
fn buckets(app: &TestApp, parameters: &str) -> Vec<String> {
    let line = |bucket: &Value| {
        let from = bucket["from"].as_str().unwrap();
        let date = from.strip_suffix("T00:00:00.000Z").unwrap();
        let outlets = bucket["outlets"].as_array().unwrap();
        let credited = outlets
            .iter()
            .map(|outlet| format!(" {}:{}", outlet["slug"].as_str().unwrap(), outlet["count"]));
        format!("{date} {}{}", bucket["count"], credited.collect::<String>())
    };
    app.rows(&format!("{SPEAKER}?{parameters}"))
        .iter()
        .map(line)
        .collect()
}

#[test]
fn statements_are_counted_by_month_and_by_the_outlet_that_is_credited() {
    let app = store(&[
        ("2026-01-31T23:59:59.999Z", &["Kestrel Wire"]),
        ("2026-01-02T08:00:00Z", &[]),
        ("2026-04-01T00:00:00Z", &["Meadow Echo", "Kestrel Wire"]),
        ("2026-04-30T00:00:00Z", &["Meadow Echo"]),
        ("2026-04-15T00:00:00Z", &["Meadow Echo"]),
    ]);
    let wanted = [
        "2026-01-01 2 kestrel-wire:1",
        "2026-02-01 0",
        "2026-03-01 0",
        "2026-04-01 3 meadow-echo:2 kestrel-wire:1",
    ];
    assert_eq!(buckets(&app, ""), wanted);
    assert_eq!(buckets(&app, "bucket=month"), wanted);
    let outlet = &app.rows(SPEAKER)[0]["outlets"][0];
    let record = app.json("/v1/outlets/kestrel-wire");
    for member in ["id", "slug", "name"] {
        assert_eq!(outlet[member], record[member]);
    }
}

#[test]
fn weeks_start_on_monday_and_days_at_midnight_in_utc() {
    let app = store(&[
        ("2026-12-27T23:59:59Z", &[]),
        ("2027-01-01T00:30:00+02:00", &[]),
        ("2027-01-03T23:00:00Z", &[]),
        ("2027-01-04T00:00:00Z", &[]),
    ]);
    let weeks = ["2026-12-21 1", "2026-12-28 2", "2027-01-04 1"];
    assert_eq!(buckets(&app, "bucket=week"), weeks);
    let days = buckets(&app, "bucket=day");
    assert_eq!(days.len(), 9);
    assert_eq!(days[0], "2026-12-27 1");
    assert_eq!(
        days[4], "2026-12-31 1",
        "half past midnight in Sarmila is the day before in UTC"
    );
    assert_eq!(days[8], "2027-01-04 1");
}

#[test]
fn a_stretch_counts_what_the_list_of_statements_has_of_it() {
    let app = TestApp::with(&newsroom());
    let speakers = app.column("/v1/speakers?limit=100", "slug");
    let stretches = [
        "",
        "from=2026-02-28T10:00:00Z",
        "to=2026-02-28T10:00:00Z",
        "from=2026-02-01&to=2026-03-02T08:00:00.001Z",
        "from=2026-01-01&to=2026-12-31",
        "from=2027-01-01&to=2027-02-01",
        "from=2027-01-01",
        "to=2020-01-01",
    ];
    for speaker in &speakers {
        for stretch in stretches {
            for bucket in ["month", "week", "day"] {
                let uri = format!("/v1/speakers/{speaker}/timeline?bucket={bucket}&{stretch}");
                let rows = app.rows(&uri);
                let counted: i64 = rows.iter().map(|row| row["count"].as_i64().unwrap()).sum();
                let same = stretch
                    .replace("from=", "said_from=")
                    .replace("to=", "said_to=");
                let list = format!("/v1/statements?speaker={speaker}&limit=1&count=true&{same}");
                assert_eq!(counted, app.json(&list)["page"]["total"], "{uri}");
            }
        }
    }
}

#[test]
fn empty_buckets_fill_the_whole_stretch_that_is_asked_for() {
    let app = store(&[("2026-03-10T00:00:00Z", &[])]);
    assert_eq!(buckets(&app, ""), ["2026-03-01 1"]);
    let asked = buckets(&app, "from=2026-01-31&to=2026-05-01");
    assert_eq!(
        asked,
        [
            "2026-01-01 0",
            "2026-02-01 0",
            "2026-03-01 1",
            "2026-04-01 0"
        ]
    );
    assert_eq!(
        buckets(&app, "from=2026-02-15"),
        ["2026-02-01 0", "2026-03-01 1"]
    );
    assert_eq!(
        buckets(&app, "to=2026-04-02"),
        ["2026-03-01 1", "2026-04-01 0"]
    );
    assert_eq!(buckets(&app, "from=2026-03-11"), Vec::<String>::new());
    assert_eq!(buckets(&app, "to=2026-03-10"), Vec::<String>::new());
    assert_eq!(
        buckets(&app, "to=2026-03-10T00:00:00.001Z"),
        ["2026-03-01 1"]
    );
}

#[test]
fn who_said_nothing_in_public_has_an_empty_timeline() {
    let chain = json!([
        {"role": "speaker", "anonymous": {"label": "a rower"}},
        {"role": "relay", "speaker": {"name": "Odo Marl"}},
    ]);
    let relayed = json!({"quote": "Row on.", "form": "direct", "attribution": chain});
    let app = TestApp::with(&[Article::new("piece").statement(relayed).line()]);
    assert_eq!(app.json(SPEAKER), json!({"data": []}));
    assert_eq!(
        buckets(&app, "from=2026-01-01&to=2026-01-02"),
        ["2026-01-01 0"]
    );
}

#[test]
fn more_than_a_thousand_buckets_are_refused_with_what_to_do() {
    let app = store(&[("2023-01-01T00:00:00Z", &[]), ("2026-01-01T00:00:00Z", &[])]);
    let detail = |parameters: &str| {
        let response = app.get(&format!("{SPEAKER}?{parameters}"));
        let problem = response.problem(400, "invalid_parameter");
        problem["detail"].as_str().unwrap().to_owned()
    };
    assert!(detail("bucket=day").contains("take longer ones"));
    assert!(
        !detail("from=0001-01-01").contains("longer"),
        "there are none longer than months"
    );
    for parameters in [
        "bucket=day",
        "from=0001-01-01&to=9999-12-31",
        "from=1900-01-01&bucket=week",
    ] {
        let response = app.get(&format!("{SPEAKER}?{parameters}"));
        let problem = response.problem(400, "invalid_parameter");
        assert_eq!(problem["errors"][0]["parameter"], "bucket", "{parameters}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("the bound is 1000"), "{detail}");
        assert!(
            detail.contains("`from` and `to` closer together"),
            "{detail}"
        );
    }
    // A thousand days are none too many, the next one is.
    assert_eq!(
        buckets(&app, "bucket=day&from=2023-01-01&to=2025-09-27").len(),
        1000
    );
    app.get(&format!(
        "{SPEAKER}?bucket=day&from=2023-01-01&to=2025-09-27T00:00:00.001Z"
    ))
    .problem(400, "invalid_parameter");
}

#[test]
fn parameters_are_strict() {
    let app = store(&[("2026-03-10T00:00:00Z", &[])]);
    for (parameters, code, named) in [
        ("bucket=year", "invalid_parameter", "bucket"),
        ("bucket=", "invalid_parameter", "bucket"),
        ("from=yesterday", "invalid_parameter", "from"),
        ("to=2026-02-30", "invalid_parameter", "to"),
        ("from=2026-03-02&to=2026-03-02", "invalid_parameter", "to"),
        ("from=2026-03-02&to=2026-03-01", "invalid_parameter", "to"),
        (
            "from=2026-03-02&from=2026-03-01",
            "repeated_parameter",
            "from",
        ),
        ("buckt=day", "unknown_parameter", "buckt"),
        ("limit=3", "unknown_parameter", "limit"),
        ("fields=cuont", "invalid_parameter", "fields"),
    ] {
        let response = app.get(&format!("{SPEAKER}?{parameters}"));
        let problem = response.problem(400, code);
        assert_eq!(problem["errors"][0]["parameter"], named, "{parameters}");
    }
    let problem = app
        .get(&format!("{SPEAKER}?bucket=year"))
        .problem(400, "invalid_parameter");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("`bucket` has `year`, which is none of: month, week, day")
    );
}

#[test]
fn fields_narrow_the_buckets() {
    let app = store(&[("2026-03-10T00:00:00Z", &["Kestrel Wire"])]);
    let response = app.get(&format!("{SPEAKER}?fields=count,from"));
    assert_eq!(response.media_type(), "application/vnd.isnad.partial+json");
    let wanted = json!({"data": [{"from": "2026-03-01T00:00:00.000Z", "count": 1}]});
    assert_eq!(response.json(), wanted);
}

#[test]
fn hidden_statements_do_not_count_and_do_not_stretch_it() {
    let hidden = |status: &str| {
        json!({"quote": format!("{status} {HIDDEN}"), "form": "direct", "status": status, "said_at": "2001-01-01T00:00:00Z",
            "speaker": {"name": "Odo Marl"}, "outlet": {"name": HIDDEN}})
    };
    let app = TestApp::with(&[
        Article::new("one")
            .statement(said(1, "2026-03-10T00:00:00Z", &[]))
            .statement(hidden("rejected"))
            .statement(hidden("retracted"))
            .line(),
        Article::new("draft")
            .statement(said(2, "2002-01-01T00:00:00Z", &[HIDDEN]))
            .draft()
            .line(),
        Article::new("future")
            .statement(said(3, "2003-01-01T00:00:00Z", &[HIDDEN]))
            .published("2999-01-01T00:00:00Z")
            .line(),
    ]);
    assert_eq!(buckets(&app, ""), ["2026-03-01 1"]);
    assert!(!app.get(SPEAKER).everything().contains(HIDDEN));
    let before = app.get(SPEAKER);
    app.store(&[Article::new("draft-2")
        .statement(said(4, "2026-03-11T00:00:00Z", &[]))
        .draft()
        .line()]);
    let after = app.get_with(SPEAKER, &[("If-None-Match", &before.etag())]);
    assert_eq!(after.status, 304);
}

#[test]
fn it_is_cached_like_a_list() {
    let app = store(&[
        ("2026-01-10T00:00:00Z", &["Kestrel Wire"]),
        ("2026-08-10T00:00:00Z", &[]),
    ]);
    let uri = format!("{SPEAKER}?bucket=day&from=2026-01-01&to=2026-07-01");
    let full = app.get(&uri);
    assert!(full.header("cache-control").starts_with("public"));
    assert_eq!(full.header("vary"), "Accept-Encoding, Authorization");
    let etag = full.etag();
    let known = app.get_with(&uri, &[("If-None-Match", &format!("W/{etag}"))]);
    assert_eq!(
        (known.status, known.body.len(), known.etag()),
        (304, 0, etag.clone())
    );
    assert_ne!(
        app.get(SPEAKER).etag(),
        etag,
        "another question has another tag"
    );
    let head = app.head(&uri);
    assert_eq!(
        (head.status, head.etag(), head.body.len()),
        (200, etag.clone(), 0)
    );
    let coded = app.get_with(&uri, &[("Accept-Encoding", "br")]);
    assert_eq!(coded.header("content-encoding"), "br");
    assert_eq!(coded.decoded(), full.body);
    app.store(&[Article::new("more")
        .statement(quote("Again.", "Odo Marl"))
        .line()]);
    assert_ne!(app.get(&uri).etag(), etag);
}

#[test]
fn of_a_speaker_who_was_deleted_it_is_gone() {
    let dead = json!({"type": "deleted", "thing": "speaker", "id": id(1), "slugs": ["odo-marl"], "reason": "A hoax.",
        "deleted_at": "2026-01-01T00:00:00Z", "was_public": true});
    let app = TestApp::with(&[dead]);
    let problem = app.get(SPEAKER).problem(410, "gone");
    assert!(problem["detail"].as_str().unwrap().contains("A hoax."));
    assert_eq!(app.head(SPEAKER).status, 410);
}

#[test]
fn a_former_slug_leads_on_and_ids_serve_too() {
    let renamed = json!({"type": "speaker", "id": id(300), "slug": "odo-marl", "name": "Odo Marl", "former_slugs": ["odo"]});
    let statement = said(1, "2026-03-10T00:00:00Z", &[]);
    let app = TestApp::with(&[renamed, Article::new("piece").statement(statement).line()]);
    let response = app.get("/v1/speakers/odo/timeline?bucket=day&from=2026-03-01");
    assert_eq!(response.status, 308);
    let wanted = format!(
        "/v1/speakers/{}/timeline?bucket=day&from=2026-03-01",
        id(300)
    );
    assert_eq!(response.header("location"), wanted);
    assert_eq!(
        app.json(&format!("/v1/speakers/{}/timeline", id(300))),
        app.json(SPEAKER)
    );
}
