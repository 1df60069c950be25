//! Every question that the document knows, by every parameter and key, asked of both stores.
use actix_web::http::Method;
use isnad::keys::types::Scope;

use super::stores::{SEED, Stores, public_part};
use crate::support::questions::{FOR_READERS, Parameter, Questions, Stored, operations};
use crate::support::random::Random;
use crate::support::twins::Asked;

/// Beside what the document tells of.
const PAGES: [&str; 6] = [
    "/",
    "/docs/",
    "/openapi.json",
    "/health/live",
    "/health/ready",
    "/v1/nothing",
];

#[test]
fn nothing_that_the_public_may_ask_tells_that_there_is_more() {
    let Stores {
        mut twins,
        lines,
        gone,
    } = Stores::new();
    let stored = Stored::of(&lines);
    let seen = Stored::of(&public_part(&lines));
    let of = |stored| Questions {
        random: Random(SEED),
        stored,
    };
    let operations = operations();
    // About what is seen, so that something is found; then about all there is, also by a key that sees no more than the public.
    let is_open = |path: &str| !path.contains("/revisions") && !path.starts_with("/v1/keys");
    let finds =
        |path: &str, name: &str| is_open(path) && name != "preview" && !FOR_READERS.contains(&name);
    twins.ask_by_every_parameter(&mut of(&seen), &operations, finds);
    twins.read_every_list(&mut of(&seen), &operations);
    let mut questions = of(&stored);
    twins.ask_by_every_parameter(&mut questions, &operations, |_, _| false);
    for is_keyed in [|_: &str| true, |_: &str| false] {
        twins.is_keyed = is_keyed;
        for operation in &operations {
            for Parameter { name, .. } in &operation.parameters {
                twins.ask(&questions.ask(operation, name, 10));
            }
        }
        for page in PAGES {
            twins.ask(page);
        }
    }
    // Every key of whatever there is, with what an editor would have of it.
    let editor = twins.other.key(Scope::Read);
    for operation in &operations {
        for address in stored.addresses(&operation.path) {
            // All below one are refused as one.
            if !is_open(&operation.path) && questions.random.percent(90) {
                continue;
            }
            let known = twins.other.get_by(&editor, &address).etag();
            let headers = [("If-None-Match", known.as_str())];
            let headers = if known.is_empty() { &[][..] } else { &headers };
            let method = match questions.random.percent(10) {
                true => Method::HEAD,
                false => Method::GET,
            };
            twins.send(method, &address, headers);
        }
    }
    for address in gone.addresses() {
        twins.one.get(address).problem(404, "not_found");
        twins.other.get(address).problem(410, "gone");
    }
    let Asked {
        requests, statuses, ..
    } = &twins.asked;
    assert!(*requests > 2000, "{requests} are few");
    for status in [200, 304, 308, 400, 401, 403, 404] {
        assert!(
            statuses.contains_key(&status),
            "{status} never came: {statuses:?}"
        );
    }
}
