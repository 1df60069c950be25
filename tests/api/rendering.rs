//! Whatever is written in whatever order: what is stored, found, counted and served is what its rows say.
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::article::and;
use crate::support::{Article, TestApp, id, quote};

const PEOPLE: [&str; 4] = ["Ann Bell", "بو الجرس", "Cy", "Dee"];
const OUTLETS: [&str; 3] = ["The Gull", "النورس", "Wire"];
const TAGS: [&str; 3] = ["Ferries", "مياه", "Goats"];
const PARAGRAPHS: [&str; 6] = [
    "Ann said yes, then yes again.",
    "قالت: نعم، ثم قالت: نعم.",
    "No. yes. Nobody said more.",
    "yes",
    "A long line of which nothing is quoted by anyone at all.",
    "goats 😀 yes 😀",
];
const QUOTES: [&str; 5] = ["yes", "نعم", "No", "never said … by anyone", "😀 yes"];

fn any_statement() -> impl Strategy<Value = Value> {
    let status = prop_oneof![6 => Just("published"), 1 => Just("proposed"), 1 => Just("rejected"), 2 => Just("retracted")];
    let origin = prop_oneof![4 => Just("import"), 1 => Just("extracted")];
    (0..QUOTES.len(), 0..=PEOPLE.len(), 0..=OUTLETS.len(), status, origin, prop::option::of(0..3_u32)).prop_map(
        |(words, by, through, status, origin, said)| {
            let mut statement = match PEOPLE.get(by) {
                Some(name) => quote(QUOTES[words], name),
                None => json!({"quote": QUOTES[words], "form": "indirect", "anonymous": {"label": "someone"}}),
            };
            if let Some(name) = OUTLETS.get(through) {
                statement["outlet"] = json!({"name": name});
            }
            statement["status"] = status.into();
            statement["origin"] = origin.into();
            if let Some(day) = said {
                statement["said_at"] = format!("2026-02-0{}T00:00:00Z", day + 1).into();
            }
            statement
        },
    )
}

fn any_article() -> impl Strategy<Value = Value> {
    let status = prop_oneof![5 => Just("published"), 2 => Just("draft"), 1 => Just("withdrawn")];
    let moment = prop_oneof![
        Just("2026-03-01T00:00:00Z"),
        Just("2026-03-02T00:00:00Z"),
        Just("2999-01-01T00:00:00Z")
    ];
    let names = (0..OUTLETS.len(), prop::collection::vec(0..TAGS.len(), 0..3));
    let body = prop::collection::vec(0..PARAGRAPHS.len(), 0..4);
    let statements = prop::option::weighted(0.8, prop::collection::vec(any_statement(), 0..4));
    let rest = (0..3_u32, prop::option::of(0..2_u32), 0..4_u32);
    (0..5_u32, status, moment, names, body, statements, rest).prop_map(
        |(number, status, moment, (outlet, tags), body, statements, (title, group, slug))| {
            let paragraphs: Vec<&str> = body.iter().map(|at| PARAGRAPHS[*at]).collect();
            let tags: Vec<&str> = tags.iter().map(|at| TAGS[*at]).collect();
            let mut article = Article::new(&format!("article-{number}-{slug}"))
                .with("id", id(number))
                .with("title", format!("Title {title}: yes"))
                .with("outlet", json!({"name": OUTLETS[outlet]}))
                .with("status", status)
                .published(moment)
                .tags(&tags)
                .paragraphs(&paragraphs)
                .without("statements");
            if let Some(group) = group {
                article = article.with("translation_group", id(900 + group));
            }
            statements
                .into_iter()
                .flatten()
                .fold(article, Article::statement)
                .line()
        },
    )
}

/// A rename, of one of two names that keeps finding the record.
fn any_record() -> impl Strategy<Value = Value> {
    (0..3_usize, 0..3_u32).prop_map(|(kind, n)| {
        let (kind, name) = [("speaker", PEOPLE[0]), ("outlet", OUTLETS[0]), ("tag", TAGS[0])][kind];
        let record = json!({"type": kind, "id": id(950), "slug": format!("renamed-{n}"), "name": format!("Renamed {n}")});
        match kind {
            "tag" => and(&and(&record, "id", id(952)), "names", json!({"en": name})),
            "outlet" => and(&and(&record, "id", id(951)), "aliases", json!([name])),
            _ => and(&record, "aliases", json!([name])),
        }
    })
}

fn any_line() -> impl Strategy<Value = Value> {
    prop_oneof![4 => any_article(), 1 => any_record()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_series_of_imports_leaves_a_sound_store(
        batches in prop::collection::vec(prop::collection::vec(any_line(), 1..5), 1..7),
    ) {
        let app = TestApp::new();
        for batch in &batches {
            let imported = app.import(batch);
            prop_assert!(imported.result.is_ok());
            let findings = app.findings();
            prop_assert!(findings.is_empty(), "before the drain: {findings:#?}");
        }
        app.tick();
        let findings = app.findings();
        prop_assert!(findings.is_empty(), "{findings:#?}");
        // What one store came to step by step, another comes to at once.
        let export = app.export();
        let other = TestApp::new();
        let imported = other.import_text(&export, false);
        prop_assert!(imported.faults.is_empty(), "{}", imported.details());
        prop_assert_eq!(&other.export(), &export);
        let findings = other.findings();
        prop_assert!(findings.is_empty(), "after a round trip: {findings:#?}");
        for uri in ["/v1/articles?include=body,statements,translations", "/v1/statements", "/v1/speakers", "/v1/outlets", "/v1/tags"] {
            prop_assert_eq!(app.get(uri).text(), other.get(uri).text(), "{}", uri);
        }
    }
}
