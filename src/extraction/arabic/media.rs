//! The medium that a speaker told it: قال لصحيفة X, في حديث إلى إذاعة X, في بيان تلقت وكالة X نسخة منه.
use super::{forms, speakers};
use crate::extraction::proposals::Span;
use crate::extraction::words::Words;

/// The medium between a speaker and what is said.
pub fn told(words: Words<'_, '_>, cue: usize, from: usize, to: usize) -> Option<Span> {
    (from..to)
        .filter(|at| words.is_word(*at) && !words.quoted(*at))
        .find_map(|at| {
            let word = words.fold(at);
            let to_it = word.starts_with('ل') && is_medium(words, at, without_to(word));
            let reached = is_medium(words, at, word) && is_reached(words, cue, at);
            if !(to_it || reached) || (to_it && at == from && is_its_post(words, cue, from)) {
                return None;
            }
            let (name, end) = speakers::phrase(words, at + 1, &[]);
            let end = if name == at + 1 { end } else { at + 1 };
            let mut span = words.span(at, end);
            if to_it && !word.starts_with("لل") {
                span.start += 'ل'.len_utf8();
            }
            (end <= to).then_some(span)
        })
}

fn without_to(word: &str) -> &str {
    word.strip_prefix("لل")
        .or_else(|| word.strip_prefix('ل'))
        .unwrap_or(word)
}

/// وكالة سهيل, and no agency of energy or of space.
fn is_medium(words: Words<'_, '_>, at: usize, word: &str) -> bool {
    let (lexicon, next) = (forms::lexicon(), words.fold(at + 1));
    lexicon.has("kinds", word.strip_prefix("ال").unwrap_or(word))
        && !lexicon.has("not-outlets", next.strip_prefix("ال").unwrap_or(next))
}

/// حديث إلى إذاعة; تلقته وكالة, حصلت عليه صحيفة; and who is told without a preposition, behind a comma.
fn is_reached(words: Words<'_, '_>, cue: usize, at: usize) -> bool {
    let lexicon = forms::lexicon();
    let before = |back: usize| at.checked_sub(back).map_or("", |at| words.fold(at));
    match before(1) {
        "الى" => [2, 3]
            .iter()
            .any(|back| lexicon.has("events", before(*back))),
        "،" | "," => forms::tells(words, cue),
        pronoun if lexicon.has("stops", pronoun) => lexicon.has("received", before(2)),
        _ if at == cue + 1 => forms::tells(words, cue),
        verb => lexicon.has("received", verb),
    }
}

/// المدير العام لوكالة سهيل: whose post is at the medium, when nothing else names it.
fn is_its_post(words: Words<'_, '_>, cue: usize, from: usize) -> bool {
    let first = words.fold(cue + 1);
    from <= cue + 3
        && forms::lexicon().has("outlet-posts", first.strip_prefix("ال").unwrap_or(first))
}
