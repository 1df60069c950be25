//! Writers who wait at the same time, and are committed together: each is answered as if he had come alone.
use std::collections::BTreeSet;

use isnad::keys::types::Scope;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::keys::TestKey;
use crate::support::response::Response;
use crate::support::writes::Write;
use crate::support::{Article, id, quote};

const ARTICLES: &str = "/v1/articles";

fn sequence(response: &Response) -> i64 {
    response.header("x-sequence").parse().unwrap()
}

#[test]
fn of_many_articles_at_once_one_that_is_refused_takes_no_other_along() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    // More than are committed together.
    let writes = (0..40).map(|number| {
        let article = match number {
            7 => Article::new("piece-7").with("outlet", json!({"slug": "nobody"})),
            _ => Article::new(&format!("piece-{number}")),
        };
        let article = article.statement(quote("Row on.", &format!("Speaker {}", number % 3)));
        app.post(ARTICLES, article).by(&key)
    });
    let mut responses = app.send_at_once(writes.collect());
    responses.remove(7).problem(422, "invalid_document");
    let sequences: BTreeSet<i64> = responses.iter().map(sequence).collect();
    assert_eq!(
        sequences,
        (1..=39).collect(),
        "distinct, and none is left out"
    );
    for response in &responses {
        assert_eq!(response.status, 201, "{}", response.text());
        app.json(&response.header("location"));
    }
    assert_eq!(app.sequences().all, 39);
    app.get("/v1/articles/piece-7").problem(404, "not_found");
    assert_eq!(app.rows("/v1/speakers").len(), 3, "each was made once");
}

#[test]
fn a_later_one_sees_what_an_earlier_one_wrote() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let uri = format!("{ARTICLES}/{}", id(1));
    app.put(&uri, Article::new("ferry").draft())
        .by(&key)
        .taken(201);
    let change = |title: &str| {
        let draft = Article::new("ferry").draft().with("title", title);
        app.put(&uri, draft).by(&key).of_revision(1)
    };
    let post = || {
        app.post(ARTICLES, Article::new("goat").without("slug"))
            .by(&key)
    };
    let responses = app.send_at_once(vec![post(), change("One"), post(), change("Two"), post()]);
    let mut status: Vec<u16> = responses.iter().map(|response| response.status).collect();
    status.sort_unstable();
    assert_eq!(
        status,
        [200, 201, 201, 201, 412],
        "one revision is replaced once"
    );
    let slug = |at: usize| responses[at].json()["slug"].as_str().unwrap().to_owned();
    let slugs = BTreeSet::from([0, 2, 4].map(slug));
    let expected = ["title-of-goat", "title-of-goat-2", "title-of-goat-3"];
    assert_eq!(slugs, expected.map(str::to_owned).into());
    assert_eq!(app.sequences().all, 5);
}

#[test]
fn whoever_was_answered_may_send_the_same_again() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let article = Article::new("ferry").line();
    let post = || {
        let write = app.post(ARTICLES, article.clone()).by(&key);
        write.with("Idempotency-Key", "once").taken(201)
    };
    let first = post();
    for _ in 0..20 {
        assert_eq!(post(), first);
    }
}

/// What somebody sends, and whether it can be taken by itself.
#[derive(Debug, Clone, Copy)]
enum Sent {
    Article,
    /// With a slug that others want, too.
    Coveted(u32),
    /// Of a record that is not there.
    Unknown,
    /// A change of the one that is there, of which one alone can come first.
    Change(u32),
}

fn sent() -> impl Strategy<Value = Sent> {
    prop_oneof![
        4 => Just(Sent::Article),
        2 => (0..3_u32).prop_map(Sent::Coveted),
        1 => Just(Sent::Unknown),
        2 => (0..3_u32).prop_map(Sent::Change),
    ]
}

fn write<'a>(app: &'a TestApp, key: &TestKey, at: usize, sent: Sent) -> Write<'a> {
    let speaker = format!("Speaker {}", at % 4);
    let article = |slug: &str| Article::new(slug).statement(quote("Row on.", &speaker));
    let post = |article: Article| app.post(ARTICLES, article).by(key);
    match sent {
        Sent::Article => post(article(&format!("piece-{at}"))),
        Sent::Coveted(which) => post(article(&format!("coveted-{which}"))),
        Sent::Unknown => {
            post(article(&format!("piece-{at}")).with("tags", json!([{"slug": "nothing"}])))
        }
        Sent::Change(which) => {
            let title = format!("Title {at} of {which}");
            app.patch(
                &format!("{ARTICLES}/there-{which}"),
                json!({"title": title}),
            )
            .by(key)
            .of_revision(1)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 100, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_was_taken_is_there_and_nothing_else_is(sent in prop::collection::vec(sent(), 1..40)) {
        let app = TestApp::new();
        app.store(&(0..3).map(|which| Article::new(&format!("there-{which}")).line()).collect::<Vec<_>>());
        let before = app.sequences().all;
        let key = app.key(Scope::Publish);
        let writes = sent.iter().enumerate().map(|(at, sent)| write(&app, &key, at, *sent));
        let responses = app.send_at_once(writes.collect());
        let taken: Vec<&Response> = responses.iter().filter(|response| response.status < 300).collect();
        let mut sequences: Vec<i64> = taken.iter().map(|response| sequence(response)).collect();
        sequences.sort_unstable();
        let expected: Vec<i64> = (before + 1..).take(taken.len()).collect();
        prop_assert_eq!(sequences, expected);
        prop_assert_eq!(app.sequences().all, before + i64::try_from(taken.len()).unwrap());
        let mut slugs: BTreeSet<String> = (0..3).map(|which| format!("there-{which}")).collect();
        for (at, (sent, response)) in sent.iter().zip(&responses).enumerate() {
            match sent {
                Sent::Article => prop_assert_eq!(response.status, 201),
                Sent::Unknown => prop_assert_eq!(response.status, 422),
                Sent::Coveted(_) => prop_assert!([201, 409, 422].contains(&response.status), "{}", response.text()),
                Sent::Change(_) => prop_assert!([200, 412].contains(&response.status), "{}", response.text()),
            }
            if response.status == 201 {
                let slug = response.json()["slug"].as_str().unwrap().to_owned();
                prop_assert!(slugs.insert(slug), "{at}: two have one slug");
            }
            if let (Sent::Change(which), 200) = (sent, response.status) {
                let title = app.json(&format!("{ARTICLES}/there-{which}"))["title"].clone();
                prop_assert_eq!(title, Value::from(format!("Title {at} of {which}")));
            }
        }
        let there = app.column("/v1/articles?limit=100", "slug");
        prop_assert_eq!(there.into_iter().collect::<BTreeSet<_>>(), slugs);
    }
}
