//! What is said behind its cue: behind a complementiser, a colon, or nothing; or a quotation.
use super::content::Place;
use super::forms;
use crate::extraction::Language;
use crate::extraction::lexicon::CueKind;
use crate::extraction::proposals::{Rule, Span};

/// Content begins within so many words behind its cue.
const REACH: usize = 14;
/// A quotation of fewer bytes is part of a clause.
const LONG: usize = 40;
/// What stands between two commas behind a cue has no more words.
const ASIDE: usize = 12;
/// A subject of more words is not looked for.
const SUBJECT: usize = 6;

/// X said that …, X said: "…", X said she was "…".
pub fn content(place: &Place<'_, '_>, inverted: bool) -> Option<(Vec<Span>, usize, Rule)> {
    let (words, end, lexicon) = (place.words, place.end, place.lexicon);
    let mut start = None;
    for at in place.next..end.min(place.next + REACH) {
        if words.quoted(at) {
            start = Some(at);
            break;
        }
        let comma = words.text(at) == ",";
        if words.listed(at, lexicon, "complementisers")
            || (place.found.cue.question && words.listed(at, lexicon, "questions"))
        {
            start = Some(at);
            break;
        }
        if words.text(at) == ":" || (comma && words.quoted(at + 1)) {
            start = Some(at + 1);
            break;
        }
        // said, in a statement, that …
        if comma && let Some(behind) = behind_aside(place, at) {
            start = Some(behind);
            break;
        }
        if (comma && at > place.next) || (at > place.at && forms::cue(words, at, lexicon).is_some())
        {
            break;
        }
    }
    // A noun that says what somebody means to do: son intention de …
    let noun = place.next
        + usize::from(words.is_any(
            place.next,
            &["son", "sa", "leur", "his", "her", "its", "their"],
        ));
    let means = words.is_any(noun + 1, &["to", "de", "d'"])
        || noun > place.next && place.article.language == Language::French;
    if words.listed(noun, lexicon, "intentions") && means && place.found.cue.kind == CueKind::Say {
        return Some((vec![words.span(place.next, end)], end, Rule::Nominal));
    }
    let mut start = start.filter(|start| *start < end);
    if place.found.cue.quoting && !start.is_some_and(|start| words.quoted(start)) {
        return None;
    }
    // X promised to …, X asked Y to …
    if place.found.cue.infinitive
        && (place.next > place.found.end || !place.found.cue.addressee)
        && words.fold(place.next) == "to"
        && place.next + 2 < end
        && !words.listed(place.next + 1, lexicon, "determiners-before")
        && !words.capital(place.next + 1)
    {
        start = Some(place.next);
    }
    let days = |at: &usize| words.listed(*at, lexicon, "days");
    let verb = (place.found.end..end).find(|at| !days(at));
    let infinitive = verb.filter(|at| forms::is_infinitive(words, *at, lexicon));
    let pronoun = words.is_any(place.next, &["he", "she", "they", "it", "there", "we"])
        && !matches!(words.fold(place.at), "asked" | "asks" | "asking" | "called");
    let sure = words.fold(place.at).starts_with("sa") || has_verb(place);
    let bare = infinitive.is_some()
        || ((place.found.cue.bare && sure) || pronoun) && is_clause(place) && !inverted;
    let start = match start {
        _ if infinitive.is_some() => infinitive,
        Some(start) if start > place.next && bare && words.text(start - 1) != ":" => {
            Some(place.next)
        }
        None if bare => Some(place.next),
        start => start,
    }?;
    let marked = infinitive.is_some()
        || words.fold(start) == "to"
        || words.quoted(start)
        || words.listed(start, lexicon, "complementisers")
        || (place.found.cue.question && words.listed(start, lexicon, "questions"));
    if (inverted && !marked) || (place.found.cue.guard && !marked && words.text(start - 1) != ":") {
        return None;
    }
    if let Some(quotation) = place.quotation_at(start) {
        let after = words.at_offset(quotation.outer.end);
        if quotation.outer.end - quotation.outer.start > LONG || after >= end {
            return Some((vec![quotation.outer], after, Rule::CueThenQuotation));
        }
        let introduced = start == place.next || matches!(words.text(start - 1), "," | ":");
        if !introduced && place.article.language == Language::French {
            return None;
        }
    }
    let stop = (start + 3..end).find(|at| ends(place, *at)).unwrap_or(end);
    let stop = subordinate_end(place, start)
        .filter(|comma| *comma < stop)
        .unwrap_or(stop);
    let last = (start..stop)
        .rev()
        .find(|at| words.is_word(*at) || words.quoted(*at) || words.text(*at) == ")")?;
    let rule = if words.quoted(start) {
        Rule::CueThenQuotation
    } else {
        Rule::CueThenClause
    };
    Some((vec![words.span(start, last + 1)], stop, rule))
}

/// The complementiser behind what stands between two commas.
fn behind_aside(place: &Place<'_, '_>, comma: usize) -> Option<usize> {
    let words = place.words;
    let second = (comma + 1..place.end.min(comma + ASIDE))
        .find(|at| !words.is_word(*at) || words.quoted(*at))?;
    let closes =
        words.text(second) == "," && words.listed(second + 1, place.lexicon, "complementisers");
    closes.then_some(second + 1)
}

/// ", adding that …": somebody goes on.
fn ends(place: &Place<'_, '_>, at: usize) -> bool {
    let words = place.words;
    if words.quoted(at) {
        return false;
    }
    let after_comma = words.text(at - 1) == ",";
    if words.text(at) == ";" {
        return true;
    }
    let cue = |at: usize| forms::cue(words, at, place.lexicon).is_some();
    // et a précisé que
    let joins = |at: usize| cue(at + usize::from(words.listed(at, place.lexicon, "compounds")));
    if after_comma && forms::turns(words, at, place.lexicon) {
        return true;
    }
    // Avant d'ajouter que …
    if words.listed(at + 1, place.lexicon, "of")
        && forms::cue(words, at + 2, place.lexicon).is_some_and(|found| found.participle)
    {
        return true;
    }
    let joined = matches!(words.fold(at), "and" | "but" | "though" | "et" | "mais");
    if joined
        && (joins(at + 1)
            || (words.text(at - 1) == ","
                && words.listed(at + 1, place.lexicon, "pronouns")
                && cue(at + 2)))
    {
        return true;
    }
    if joined
        && words.text(at - 1) == ","
        && words.fold(at) == "but"
        && words.fold(at + 1).ends_with("ed")
    {
        return true;
    }
    // , and officials said …: somebody else.
    if after_comma && others(place, at + usize::from(joined)) {
        return true;
    }
    if after_comma && words.fold(at) == "tout" && words.fold(at + 1) == "en" {
        return true;
    }
    after_comma
        && (carrier(place, at)
            || forms::occasion(words, at, place.lexicon)
            || forms::cue(words, at, place.lexicon)
                .is_some_and(|found| found.participle || found.inverted))
}

/// , rapporte le quotidien; , a-t-il dit: the verb before whoever carries all that stands before it.
fn carrier(place: &Place<'_, '_>, at: usize) -> bool {
    place.article.language == Language::French
        && forms::incise(place.words, at, place.lexicon)
            .is_some_and(|found| !found.participle && found.cue.kind != CueKind::Nominal)
        && !(at..place.end.min(at + ASIDE))
            .any(|at| place.words.listed(at, place.lexicon, "complementisers"))
}

/// While X says that …, clause: the comma where the clause that depends ends, and what is said in it.
fn subordinate_end(place: &Place<'_, '_>, start: usize) -> Option<usize> {
    let words = place.words;
    let first = usize::from(words.listed(0, place.lexicon, "leads"));
    let depends = words.listed(first, place.lexicon, "subordinators")
        && (first..place.at).all(|at| words.text(at) != ",");
    (start..place.end).find(|at| depends && words.text(*at) == "," && !words.quoted(*at))
}

/// A subject and its cue, without a mark between.
fn others(place: &Place<'_, '_>, from: usize) -> bool {
    let words = place.words;
    let cue = (from + 1..from + SUBJECT)
        .take_while(|at| words.is_word(*at) && !words.quoted(*at))
        .find(|at| {
            forms::cue(words, *at, place.lexicon)
                .is_some_and(|found| !found.participle && !found.inverted)
        });
    cue.is_some_and(|cue| {
        (from..cue).all(|at| {
            words.is_word(at)
                && !words.listed(at, place.lexicon, "boundaries")
                && !words.listed(at, place.lexicon, "verbs")
        })
    })
}

/// Whether something in what follows looks like a verb: noted the rule, noted the rule was old.
fn has_verb(place: &Place<'_, '_>) -> bool {
    (place.next + 1..place.end.min(place.next + 24)).any(|at| {
        let word = place.words.fold(at);
        place.words.listed(at, place.lexicon, "verbs")
            || (word.ends_with("ed") && word.len() > 4)
            || word.ends_with("'t")
            || word.ends_with("'s")
            || word.ends_with("n't")
    })
}

/// Whether what follows a cue that takes a clause without a mark looks like one.
fn is_clause(place: &Place<'_, '_>) -> bool {
    let (words, next) = (place.words, place.next);
    if next >= place.end || !words.is_word(next) || words.quoted(next) {
        return false;
    }
    let listed = |list: &str| words.listed(next, place.lexicon, list);
    let circumstance = listed("adjuncts") || listed("auxiliaries");
    let no_clause = listed("not-clause") && !listed("clause-starts");
    !circumstance && !no_clause
}
