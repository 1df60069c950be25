//! Behaviours of the rules, on sentences made for them.
mod arabic;
mod arabic_clauses;
mod english;
mod french;
mod french_sources;
mod invariants;
mod names;
mod robustness;
mod structure;

use super::{Extraction, Language, Rule, extract};

/// A statement as tests write it: speaker, quote, who carried it.
type Told = (String, String, Vec<String>);

fn told(extraction: &Extraction) -> Vec<Told> {
    extraction
        .proposals
        .iter()
        .map(|proposal| {
            (
                proposal.speaker.name.clone(),
                proposal.quote.clone(),
                proposal
                    .via
                    .iter()
                    .map(|source| source.name.clone())
                    .collect(),
            )
        })
        .collect()
}

#[track_caller]
fn finds(language: Language, text: &str, expected: &[(&str, &str, &[&str])]) {
    let owned = |via: &[&str]| {
        via.iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let expected: Vec<Told> = expected
        .iter()
        .map(|(speaker, quote, via)| ((*speaker).to_owned(), (*quote).to_owned(), owned(via)))
        .collect();
    assert_eq!(told(&extract(text, Some(language))), expected, "{text}");
}

fn rules(language: Language, text: &str) -> Vec<Rule> {
    extract(text, Some(language))
        .proposals
        .iter()
        .map(|proposal| proposal.rule)
        .collect()
}
