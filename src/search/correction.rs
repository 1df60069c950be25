//! "Did you mean": queries that find something, for one that found nothing.
//!
//! Words that nothing has are taken for slips, as long as their first letter is right (as Lucene's spell checkers take them,
//! `prefixLength` 1). Only what the public sees is looked at, whoever asks.
use std::collections::HashSet;

use diesel::QueryResult;

use super::analysis::{self, Language, Token, distance};
use super::index::Index;
use super::matching::Matching;
use super::{place, vocabulary};
use crate::database::Conn;
use crate::domain::audience::Audience;

/// How many queries are suggested.
pub const MOST: usize = 5;
/// Of how many words of a query something nearer is looked for.
const MOST_SLIPS: usize = 3;
/// How many words with the same first letter are looked at.
const MOST_WORDS: i64 = 100_000;
/// Among how many hits a phrase is looked for.
const MOST_HITS: i64 = 64;

/// Queries that were probably meant, the nearest first; each finds something that the public sees.
pub fn corrected(
    conn: &mut Conn<'_>,
    index: Index,
    matching: &Matching,
) -> QueryResult<Vec<String>> {
    let typed = matching.typed();
    let mut slips = Vec::new();
    for word in words(typed) {
        let printed = typed.get(word.range.clone()).unwrap_or_default();
        if slips.len() < MOST_SLIPS && !finds(conn, index, printed)? {
            let near = nearest(conn, index, &word.folded)?;
            if near.is_empty() {
                return Ok(Vec::new());
            }
            slips.push((word.range, near));
        }
    }
    if slips.is_empty() {
        return Ok(Vec::new());
    }
    let mut queries: Vec<String> = Vec::new();
    for choice in choices(&slips) {
        let mut query = typed.to_owned();
        for ((range, _), word) in slips.iter().zip(choice).rev() {
            query.replace_range(range.clone(), word);
        }
        if !queries.contains(&query) && finds(conn, index, &query)? {
            queries.push(query);
        }
    }
    queries.truncate(MOST);
    Ok(queries)
}

/// A word of a query.
struct Typed {
    folded: String,
    /// Where it is printed, in bytes.
    range: std::ops::Range<usize>,
}

/// The words that were typed to be found.
fn words(typed: &str) -> Vec<Typed> {
    let mut words: Vec<Typed> = Vec::new();
    analysis::analyse(typed, Language::Other, |Token { word, range, .. }| {
        let before = typed.get(..range.start).unwrap_or_default();
        let is_excluded = before.trim_end_matches('"').ends_with('-');
        let is_met = words
            .last()
            .is_some_and(|last| last.range.end > range.start);
        if !is_excluded && !is_met {
            let folded = word.to_owned();
            words.push(Typed { folded, range });
        }
    });
    words
}

/// For each slip a word: the nearest of each, and the nearest but for one of them.
fn choices<R>(slips: &[(R, Vec<String>)]) -> Vec<Vec<&str>> {
    let nearest = slips.iter().filter_map(|(_, near)| near.first());
    let nearest: Vec<&str> = nearest.map(String::as_str).collect();
    let mut choices = vec![nearest.clone()];
    for (at, (_, near)) in slips.iter().enumerate() {
        for other in near.iter().skip(1) {
            let mut choice = nearest.clone();
            if let Some(word) = choice.get_mut(at) {
                *word = other;
            }
            choices.push(choice);
        }
    }
    choices
}

/// The words nearest to one that something visible has.
fn nearest(conn: &mut Conn<'_>, index: Index, word: &str) -> QueryResult<Vec<String>> {
    let Some(first) = word.chars().next() else {
        return Ok(Vec::new());
    };
    let known = vocabulary::words(conn, &first.to_string(), Audience::Public, MOST_WORDS)?;
    let near = known.into_iter().filter_map(|(known, term)| {
        let slips = distance(word, &known)?;
        Some((slips, known, term))
    });
    let mut near: Vec<(usize, String, String)> = near.collect();
    near.sort_unstable();
    let (mut words, mut terms) = (Vec::new(), HashSet::new());
    for (_, word, term) in near {
        if words.len() == MOST {
            break;
        }
        // What something had once it may have no more. Of forms that find the same one is enough.
        let has = Matching::of_terms(&[&term]);
        if !words.contains(&word) && terms.insert(term) && !hits(conn, index, &has, 1)?.is_empty() {
            words.push(word);
        }
    }
    Ok(words)
}

/// Whether a query finds something that the public sees.
fn finds(conn: &mut Conn<'_>, index: Index, query: &str) -> QueryResult<bool> {
    let matching = Matching::of(query, false);
    if matching.only_excludes() {
        return Ok(false);
    }
    let most = if matching.has_phrases() { MOST_HITS } else { 1 };
    let places = hits(conn, index, &matching, most)?;
    Ok(!index.standing(conn, &matching, places)?.is_empty())
}

fn hits(
    conn: &mut Conn<'_>,
    index: Index,
    matching: &Matching,
    most: i64,
) -> QueryResult<Vec<i64>> {
    index.hits(conn, matching, None, &place::all(true), true, most)
}
