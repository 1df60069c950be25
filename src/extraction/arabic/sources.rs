//! "According to": بحسب، وفقا ل، نقلا عن, with the source behind it.
use super::{forms, media, speakers};
use crate::extraction::proposals::Span;
use crate::extraction::words::Words;

#[derive(Clone, Copy)]
pub struct SourcePhrase {
    pub at: usize,
    /// The word behind it.
    pub end: usize,
    /// Nothing when it names nobody (بحسب ما ورد).
    pub name: Option<Span>,
    /// The outlet that quotes it (بحسب ما نقلت صحيفة عن X).
    pub outlet: Option<Span>,
    /// Before what it is the source of.
    pub leading: bool,
}

/// How far into a sentence a source may stand that what follows is its own.
const LEADING: usize = 2;
/// What is told of a source between commas has no more words.
const ASIDE: usize = 8;

pub fn find(words: Words<'_, '_>) -> Vec<SourcePhrase> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match phrase(words, at) {
            Some(source) => {
                at = source.end.max(at + 1);
                found.push(source);
            }
            None => at += 1,
        }
    }
    found
}

/// The words of a source. Behind وفقا, a medium is the source, and not whom something is told.
fn named(words: Words<'_, '_>, from: usize, bound: bool) -> (usize, usize) {
    if !bound || !words.listed(from, forms::lexicon(), "addressees") {
        return speakers::phrase(words, from, &[]);
    }
    match speakers::phrase(words, from + 1, &[]) {
        (first, to) if first == from + 1 && to > first => (from, to),
        _ => (from, from + 1),
    }
}

fn is_comma(words: Words<'_, '_>, at: usize) -> bool {
    matches!(words.text(at), "،" | ",")
}

/// Behind what stands between two commas.
fn behind_aside(words: Words<'_, '_>, from: usize) -> usize {
    let comma = |at: &usize| is_comma(words, *at);
    let second = Some(from)
        .filter(comma)
        .and_then(|first| (first + 1..first + ASIDE).find(comma));
    second.map_or(from, |second| second + 1)
}

fn phrase(words: Words<'_, '_>, at: usize) -> Option<SourcePhrase> {
    let lexicon = forms::lexicon();
    let word = words.fold(at);
    let bare = if words.listed(at, lexicon, "sources") {
        word
    } else {
        word.strip_prefix(['و', 'ف'])?
    };
    if words.quoted(at) || !lexicon.has("sources", bare) || (at > 0 && words.fold(at - 1) == "على")
    {
        return None;
    }
    let (next, bound) = (words.fold(at + 1), lexicon.has("sources-to", bare));
    if (bare == "نقلا" && next != "عن") || (bound && !next.starts_with('ل')) {
        return None;
    }
    let mut from = at + 1;
    while words.listed(from, lexicon, "source-verbs") {
        from += 1;
    }
    let (mut first, to) = named(words, from, bound);
    let document = first > at + 1 && words.listed(first - 1, lexicon, "documents");
    // بحسب تقرير اطلعت عليه X، …: how a medium came by it is no part of its name.
    let begins = first + usize::from(!document);
    let received = (begins..=to).find(|at| words.listed(*at, lexicon, "received"));
    let to = received.unwrap_or(to);
    // تقرير أممي: the document is the source, when all that follows is its adjective.
    let adjective = to == first + 1 && !words.fold(first).starts_with("ال");
    if document && (adjective || received == Some(first)) {
        first -= 1;
    }
    let empty = first >= to
        || words.listed(first, lexicon, "no-source")
        || (bound && lexicon.has("no-source", words.fold(first).trim_start_matches('ل')));
    let mut span = words.span(first, to);
    if bound && first == at + 1 && !words.fold(first).starts_with("لل") {
        span.start += 'ل'.len_utf8();
    }
    let impersonal = at <= 4 && (0..at).any(|before| forms::reads_impersonally(words, before));
    let relays = words.listed(from - 1, lexicon, "relaying") && words.fold(to) == "عن";
    let quoted = relays
        .then(|| speakers::phrase(words, to + 1, &[]))
        .filter(|(from, to)| from < to);
    if let (Some((first, end)), false) = (quoted, empty) {
        let name = Some(words.span(first, end));
        return Some(SourcePhrase {
            at,
            end,
            name,
            outlet: Some(span),
            leading: at < LEADING || impersonal,
        });
    }
    if let Some(received) = received {
        let comma = (received..received + ASIDE).find(|at| is_comma(words, *at));
        let end = comma.unwrap_or(received + 1);
        return Some(SourcePhrase {
            at,
            end,
            name: (!empty).then_some(span),
            outlet: media::told(words, at, received, end),
            leading: at < LEADING || impersonal,
        });
    }
    let mut end = to.max(from);
    // بحسب ما قاله مسؤول لوكالة النور, بحسب ما قال X، مدير الميناء، لوكالة النور
    let next = behind_aside(words, end);
    let outlet = media::told(words, at, next, (next + 8).min(words.len()))
        .filter(|medium| from > at + 1 && medium.start <= words.start(next) + 'ل'.len_utf8());
    if let Some(medium) = outlet {
        end = words.at_offset(medium.end);
    }
    Some(SourcePhrase {
        outlet,
        at,
        end,
        name: (!empty).then_some(span),
        leading: at < LEADING || impersonal || words.text(end) == ":",
    })
}
