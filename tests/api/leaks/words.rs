//! Every word of what is hidden, sought in every way: both stores answer alike, so that it finds, counts, marks and suggests nothing.
use std::collections::BTreeSet;

use isnad::keys::types::Scope;
use serde_json::Value;

use super::stores::{SEED, Stores, public_part};
use crate::support::keys::TestKey;
use crate::support::newsroom::HIDDEN;
use crate::support::press::in_query;
use crate::support::random::Random;
use crate::support::twins::Twins;

/// With `{}` for a word, and `{…}` for the beginning of one.
const SEARCHES: [&str; 10] = [
    "/v1/articles?q={}&count=true&highlight=true&facet=month,tag,speaker,outlet,language&limit=100",
    "/v1/articles?q={…}&prefix=true&count=true&highlight=true&sort=-updated_at&fields=id",
    "/v1/articles?q=-{}&count=true&facet=month,tag,speaker,outlet,language&limit=1&fields=id",
    "/v1/statements?q={}&count=true&highlight=true&facet=form,speaker,outlet,tag,language,month&limit=100",
    "/v1/statements?q={…}&prefix=true&count=true&highlight=true&sort=said_at&fields=id",
    "/v1/statements?q=-{…}&prefix=true&count=true&limit=1&fields=id",
    "/v1/suggest?q={…}",
    "/v1/speakers?q={…}&count=true",
    "/v1/outlets?q={…}&count=true",
    "/v1/tags?q={…}&count=true",
];

/// How many words are asked for that only hidden things have, and how many of the others.
const MOST_HIDDEN: usize = 40;
const MOST_SEEN: usize = 15;

/// The words of all texts of some lines.
fn words(lines: &[Value]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    lines.iter().for_each(|line| note(line, &mut words));
    words
}

fn note(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let parts = text.split(|it: char| !it.is_alphanumeric());
            let parts = parts.filter(|part| part.chars().all(char::is_alphabetic));
            words.extend(parts.map(str::to_lowercase));
        }
        Value::Array(values) => values.iter().for_each(|value| note(value, words)),
        Value::Object(members) => {
            const NO_TEXTS: [&str; 8] = [
                "id", "ids", "slugs", "_at", "type", "status", "origin", "thing",
            ];
            let texts = members
                .iter()
                .filter(|(name, _)| !NO_TEXTS.iter().any(|end| name.ends_with(end)));
            texts.for_each(|(_, value)| note(value, words));
        }
        _ => {}
    }
}

fn asked(search: &str, word: &str) -> String {
    let letters = word.chars().count();
    let begun: String = word.chars().take(letters.max(3) - 1).collect();
    search
        .replace("{}", &in_query(word))
        .replace("{…}", &in_query(&begun))
}

/// Whether somebody who may see all finds something by a word.
fn is_anywhere(twins: &Twins, key: &TestKey, word: &str) -> bool {
    let lists = [
        "articles?status=draft,scheduled,published,withdrawn",
        "statements?status=published,proposed,rejected,retracted",
    ];
    lists.iter().any(|list| {
        let page = twins
            .other
            .json_by(key, &format!("/v1/{list}&q={}", in_query(word)));
        !page["data"].as_array().unwrap().is_empty()
    })
}

#[test]
fn no_word_of_what_is_hidden_finds_counts_marks_or_suggests_anything() {
    let Stores {
        mut twins, lines, ..
    } = Stores::new();
    let (all, seen) = (words(&lines), words(&public_part(&lines)));
    let mut random = Random(SEED);
    let mut some = |words: Vec<&String>, most: usize| -> Vec<String> {
        let mut words: Vec<String> = words.into_iter().cloned().collect();
        while words.len() > most {
            words.swap_remove(random.below(words.len()));
        }
        words
    };
    let mut hidden = some(all.difference(&seen).collect(), MOST_HIDDEN);
    let seen = some(seen.iter().collect(), MOST_SEEN);
    hidden.push(HIDDEN.to_owned());
    let editor = twins.other.key(Scope::Read);
    let mut kept = 0;
    for word in hidden.iter().chain(&seen) {
        for search in SEARCHES {
            let answer = twins.ask(&asked(search, word));
            assert_eq!(answer.status, 200, "{word}: {}", answer.text());
        }
    }
    for word in &hidden {
        let page = twins
            .other
            .json(&format!("/v1/articles?q={}", in_query(word)));
        let found_nothing = page["data"].as_array().unwrap().is_empty();
        kept += usize::from(found_nothing && is_anywhere(&twins, &editor, word));
    }
    assert!(
        kept > 5,
        "only {kept} of {hidden:?} are found by an editor alone"
    );
}
