//! Who speaks, in Arabic: the words behind the verb, behind عن, or before a verb whose subject stands first.
use super::forms::{self, Found};
use super::voices::Voice;
use crate::extraction::carried::{Agreement, Gender, Number};
use crate::extraction::lexicon::{CueKind, Form};
use crate::extraction::proposals::Span;
use crate::extraction::words::{Words, fold};

/// No speaker has more words.
const LONGEST: usize = 18;
/// No subject between لكن or أما and its verb has as many.
const SUBJECT: usize = 9;
/// An outlet is told from its speaker within so many words.
const RELAY_REACH: usize = 16;

/// The noun phrase from a word on: where it begins and ends. It begins behind adverbs, and ends at whatever cannot be part of a name.
pub fn phrase(words: Words<'_, '_>, from: usize, known: &[&str]) -> (usize, usize) {
    let lexicon = forms::lexicon();
    let mut from = from;
    while words.listed(from, lexicon, "adverbs") {
        from += 1;
    }
    let office = words.listed(from, lexicon, "offices");
    let mut at = from;
    while at < words.len() && at < from + LONGEST {
        let word = words.fold(at);
        if words.text(at) == "(" {
            let close = (at..at + 6).find(|close| words.text(*close) == ")");
            let Some(close) = close else { break };
            at = close + 1;
            continue;
        }
        if words.quoted(at) {
            // A name in quotation marks, and not what is said.
            let quotation = words.quotation(at);
            let end = (at..words.len())
                .find(|end| words.quotation(*end) != quotation)
                .unwrap_or(words.len());
            if end - at > 8 || (at > from && words.text(at - 1) == ":") {
                break;
            }
            at = end;
            continue;
        }
        if !words.is_word(at) || forms::is_complementiser(word) {
            break;
        }
        let charge = matches!(word, "على" | "عن")
            && at > from
            && words.listed(at - 1, lexicon, "overseeing");
        if charge && words.is_word(at + 1) && !forms::is_content_mark(words, at + 1) {
            at += 2;
            continue;
        }
        if words.listed(at, lexicon, "belonging")
            && at > from
            && (office || at < from + 2 && word == "من")
            && !words.listed(at + 1, lexicon, "events")
            && !forms::is_content_mark(words, at + 1)
        {
            at += 1;
            continue;
        }
        let definite = at > from && words.fold(at - 1).starts_with("ال");
        if lexicon.has_any(&["stops", "sources"], word)
            || (at > from && lexicon.has_any(&["later-stops", "negations"], word))
            || (definite && is_object(word))
            || (word.starts_with("بال") && !lexicon.has("acting", word))
            || is_addressee(words, at, office || at == from)
        {
            break;
        }
        if at > from
            && forms::cue(words, at).is_some_and(|found| {
                found.joined || (found.cue.form == Form::Finite && !found.cue.guard)
            })
        {
            break;
        }
        at += 1;
        if at == from + 1 && is_known(words.fold(from), known) {
            break;
        }
    }
    while at > from && matches!(words.text(at - 1), "-" | "–") {
        at -= 1;
    }
    (from, at.min(words.len()))
}

/// فتح, بفتح: a deed, or a document.
fn is_object(word: &str) -> bool {
    forms::lexicon().has("objects", word.strip_prefix('ب').unwrap_or(word))
}

/// وصف X القرار بأنه, أبلغ X النواب أن: where a subject ends whose verb has an object of one word right before the complementiser.
pub fn before_object(words: Words<'_, '_>, cue: usize, from: usize, to: usize) -> usize {
    let object = forms::takes_object(words, cue)
        && to > from + 1
        && forms::is_complementiser(words.fold(to))
        && words.fold(to - 1).starts_with("ال");
    to - usize::from(object)
}

/// A name that a speaker before ended with: حماس of حركة حماس.
fn is_known(word: &str, known: &[&str]) -> bool {
    !word.starts_with("ال")
        && known.iter().any(|name| {
            name.contains(' ')
                && name
                    .split_whitespace()
                    .next_back()
                    .is_some_and(|last| fold(last) == word)
        })
}

/// Who is told: in the list, or one word behind ل right before the content, unless the speaker's office takes such a complement.
fn is_addressee(words: Words<'_, '_>, at: usize, office: bool) -> bool {
    let word = words.fold(at);
    if word == "ل" || words.listed(at, forms::lexicon(), "addressees") {
        return true;
    }
    let Some(rest) = word
        .strip_prefix('ل')
        .filter(|rest| rest.chars().count() > 3 && !rest.starts_with('ل'))
    else {
        return false;
    };
    let person = forms::lexicon().has("told", rest);
    person || (!office && forms::is_content_mark(words, at + 1))
}

/// نقل OUTLET عن SPEAKER, نسب OUTLET إلى SPEAKER, or نقل OUTLET أن.
pub fn relayed(
    words: Words<'_, '_>,
    at: usize,
    found: &Found,
    mut via: Vec<Span>,
) -> Option<Voice> {
    let of = found.cue.preposition.unwrap_or("عن");
    // نقل عنه: of somebody who is not named here.
    if words.listed(at + 1, forms::lexicon(), "stops") && words.fold(at + 1) != of {
        return None;
    }
    let reach = (at + 1..words.len().min(at + RELAY_REACH)).find(|end| {
        !words.quoted(*end)
            && (words.fold(*end) == of
                || words.text(*end) == "."
                || forms::is_complementiser(words.fold(*end)))
    })?;
    if words.text(reach) == "." {
        return None;
    }
    if words.fold(reach) != of {
        let end = if words.is_word(reach - 1) || words.quoted(reach - 1) {
            reach
        } else {
            reach - 1
        };
        return (end > at + 1).then(|| Voice {
            speaker: Some(words.span(at + 1, end)),
            via,
            implicit: false,
            after: reach,
        });
    }
    let (_, outlet_end) = phrase(words, at + 1, &[]);
    let outlet_end = outlet_end.min(reach);
    let outlet = (outlet_end > at + 1).then(|| words.span(at + 1, outlet_end));
    let (from, to) = phrase(words, reach + 1, &[]);
    via.extend(outlet);
    // نسب النجاح إلى …: somebody's own words are attributed, and nothing else.
    let attributed = of == "عن" || forms::is_saying(words.fold(to));
    (from < to && attributed).then(|| Voice {
        speaker: Some(words.span(from, to)),
        via,
        implicit: false,
        after: to,
    })
}

/// جاء في بيان SPEAKER
pub fn of_document(words: Words<'_, '_>, at: usize, via: Vec<Span>) -> Option<Voice> {
    if words.fold(at + 1) != "في" || !words.listed(at + 2, forms::lexicon(), "documents") {
        return None;
    }
    let issued = |at: usize| words.listed(at, forms::lexicon(), "issued");
    let from = at + 3 + usize::from(issued(at + 3)) + usize::from(issued(at + 4));
    let (mut from, to) = phrase(words, from, &[]);
    // Where nobody is said to have issued it, the document speaks.
    if from >= to && forms::is_content_mark(words, from) {
        from = at + 2;
    }
    let first = words.fold(from).strip_prefix("لل").is_some();
    (from < to).then(|| Voice {
        speaker: Some(words.span(from, to)),
        via,
        implicit: false,
        after: to + usize::from(first && to == from),
    })
}

/// لكن SPEAKER قال
pub fn behind_but(words: Words<'_, '_>, at: usize, found: &Found) -> Option<(usize, usize)> {
    let but = opener(words, at, "but").filter(|_| !found.joined)?;
    stands_before(words, but + 1, at).filter(|_| !forms::is_negated(words, at))
}

/// أما SPEAKER فقال, أما SPEAKER، وهو …، فقال
pub fn as_for(words: Words<'_, '_>, at: usize, found: &Found) -> Option<(usize, usize)> {
    let opener =
        opener(words, at, "as-for").filter(|_| found.joined && words.fold(at).starts_with('ف'))?;
    let comma = |at: &usize| matches!(words.text(*at), "،" | ",");
    let end = (opener + 1..at).find(comma).unwrap_or(at);
    (end == at || comma(&(at - 1))).then(|| stands_before(words, opener + 1, end))?
}

/// The last word of a list before a cue, close to it.
fn opener(words: Words<'_, '_>, at: usize, list: &str) -> Option<usize> {
    let lexicon = forms::lexicon();
    (at.saturating_sub(LONGEST)..at)
        .rev()
        .find(|before| lexicon.has(list, words.fold(*before)))
}

/// A few plain words without a verb: the subject of the one behind them.
fn stands_before(words: Words<'_, '_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let plain = |word: usize| {
        words.is_word(word) && !words.quoted(word) && forms::cue(words, word).is_none()
    };
    let begins = !words.listed(from, forms::lexicon(), "relative");
    (from < to && to < from + SUBJECT && begins && (from..to).all(plain)).then_some((from, to))
}

/// A subject before its verb: كانت الوكالة قد قالت, and the first words of a clause inside another statement.
pub fn before(
    words: Words<'_, '_>,
    at: usize,
    found: &Found,
    outer: &[(Span, Vec<Span>)],
) -> Option<(usize, usize)> {
    if found.joined || found.cue.kind == CueKind::Relay || at == 0 {
        return None;
    }
    let (lexicon, mut from) = (forms::lexicon(), at);
    let until = if words.fold(at - 1) == "قد" {
        at - 1
    } else {
        at
    };
    let inside = outer
        .last()
        .filter(|(span, _)| words.start(at) < span.end)
        .map_or(0, |(span, _)| words.at_offset(span.start));
    while from > inside && from + LONGEST > at {
        let word = words.fold(from - 1);
        let stops = !words.quoted(from - 1)
            && (matches!(word, "،" | "," | "." | "؛" | ":" | "-" | "–")
                || words.listed(from - 1, lexicon, "been")
                || forms::is_complementiser(word));
        if stops {
            break;
        }
        from -= 1;
    }
    let first = words.fold(from);
    let plain = from < until
        && words.is_word(from)
        && !words.listed(from, lexicon, "relative")
        && !words.listed(from, lexicon, "stops");
    let verb =
        forms::cue(words, from).is_some() || first.starts_with("سي") || first.starts_with("وس");
    (plain && !verb && !words.listed(from, lexicon, "negations")).then_some((from, until))
}

/// What a speaker's own words tell of gender and number.
pub fn agreement(words: Words<'_, '_>, at: usize) -> Agreement {
    let (lexicon, word) = (forms::lexicon(), words.fold(at));
    let number = match word {
        _ if word.ends_with("ون") => Some(Number::Plural),
        _ if words.listed(at, lexicon, "duals") => Some(Number::Dual),
        _ if words.listed(at, lexicon, "duals-or-plurals") => Some(Number::DualOrPlural),
        _ if words.listed(at, lexicon, "any-number") || word.ends_with("ات") => None,
        _ => Some(Number::Singular),
    };
    let feminine =
        word.ends_with('ة') || word.ends_with("ات") || words.listed(at, lexicon, "feminine");
    Agreement {
        gender: Some(if feminine {
            Gender::Feminine
        } else {
            Gender::Masculine
        }),
        number,
    }
}
