//! Whatever is changed that is hidden: no ETag, no number and no answer of the public changes with it.
use super::deeds::Desk;
use super::stores::lines_of;
use crate::support::TestApp;
use crate::support::newsroom::newsroom;
use crate::support::questions::{Stored, operations};

/// What is searched for and counted.
const SEARCHES: [&str; 5] = [
    "/v1/articles?q=s&prefix=true&highlight=true&count=true&facet=month,tag,speaker,outlet,language",
    "/v1/articles?q=-goats&count=true",
    "/v1/statements?q=s&prefix=true&highlight=true&count=true&facet=form,speaker,outlet,tag,language,month",
    "/v1/suggest?q=ferr",
    "/v1/suggest?q=s",
];

/// Every list in every order, everything under every key that anything has, and some searches.
fn addresses(app: &TestApp) -> Vec<String> {
    let stored = Stored::of(&lines_of(app));
    let mut addresses: Vec<String> = SEARCHES.map(str::to_owned).into();
    for operation in operations() {
        let sorts = operation.parameter("sort").map(|sort| sort.named());
        for address in stored.addresses(&operation.path) {
            match &sorts {
                Some(sorts) => {
                    let sorted = |sort| format!("{address}?sort={sort}&count=true&limit=100");
                    addresses.extend(sorts.iter().map(sorted));
                }
                None => addresses.push(address),
            }
        }
    }
    addresses
}

/// What the public is answered: status, ETag and everything else.
fn seen(app: &TestApp, addresses: &[String]) -> Vec<(u16, String, String)> {
    let answer = |uri: &String| {
        let response = app.get_with(uri, &[("X-Request-Id", "the-same")]);
        (response.status, response.etag(), response.everything())
    };
    addresses.iter().map(answer).collect()
}

#[test]
fn no_hidden_change_moves_an_etag_or_a_number_of_the_public() {
    let desk = Desk::at(TestApp::with(&newsroom()));
    desk.leave_a_past();
    desk.app.tick();
    let addresses = addresses(&desk.app);
    let before = seen(&desk.app, &addresses);
    let tags = addresses
        .iter()
        .zip(&before)
        .map(|(uri, (_, tag, _))| (uri, tag));
    let tags: Vec<(&String, &String)> = tags.filter(|(_, tag)| !tag.is_empty()).collect();
    assert!(tags.len() > 100, "{} are few", tags.len());
    let sequence = desk.app.sequences().public;
    desk.act(|deed| {
        assert_eq!(desk.app.sequences().public, sequence, "{deed}");
        for (uri, tag) in &tags {
            assert_eq!(desk.app.head(uri).etag(), **tag, "{deed}: {uri}");
        }
    });
    for ((uri, before), after) in addresses
        .iter()
        .zip(&before)
        .zip(seen(&desk.app, &addresses))
    {
        assert_eq!(&after, before, "{uri}");
    }
}
