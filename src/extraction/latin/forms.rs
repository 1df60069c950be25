//! Forms of single words in English and French: cues, alone, with their auxiliary, or before the pronoun that they are joined to.
use crate::extraction::Language;
use crate::extraction::lexicon::{CUE, Cue, Form, Lexicon};
use crate::extraction::words::Words;

pub struct Found {
    pub cue: &'static Cue,
    /// The word behind it.
    pub end: usize,
    pub participle: bool,
    /// a-t-il dit, dit-elle: its subject is part of it.
    pub inverted: bool,
}

/// A dateline has no more words and marks.
const DATELINE: usize = 14;

const JOINED: [&str; 8] = [
    "-t-il", "-t-elle", "-t-on", "-ils", "-elles", "-il", "-elle", "-on",
];

/// A verb that nothing but a speaker stands before.
pub fn is_plain_cue(word: &str, language: Language) -> bool {
    match language {
        Language::English => matches!(
            word,
            "said"
                | "says"
                | "asked"
                | "wrote"
                | "added"
                | "told"
                | "tweeted"
                | "replied"
                | "responded"
        ),
        _ => joined(word).is_some(),
    }
}

fn joined(word: &str) -> Option<&str> {
    JOINED.iter().find_map(|pronoun| word.strip_suffix(pronoun))
}

pub fn cue(words: Words<'_, '_>, at: usize, lexicon: &'static Lexicon) -> Option<Found> {
    if !words.is_word(at) || words.quoted(at) {
        return None;
    }
    read(words, at, lexicon)
}

/// A cue between commas inside a quotation: a-t-il dit, regrette Paul Vernet.
pub fn incise(words: Words<'_, '_>, at: usize, lexicon: &'static Lexicon) -> Option<Found> {
    let auxiliary = words.listed(at, lexicon, "compounds");
    let found = read(words, at + usize::from(auxiliary), lexicon)?;
    (found.inverted
        || words.capital(found.end)
        || words.listed(found.end, lexicon, "determiners-before"))
    .then_some(found)
}

fn read(words: Words<'_, '_>, at: usize, lexicon: &'static Lexicon) -> Option<Found> {
    let word = words.fold(at);
    if let Some(verb) = Some(word)
        .filter(|word| word.contains('-'))
        .and_then(joined)
    {
        let auxiliary = lexicon.has("compounds", verb);
        let (verb, end) = if auxiliary {
            (words.fold(at + 1), at + 2)
        } else {
            (verb, at + 1)
        };
        let cue = lexicon.cues.get(verb)?;
        return Some(Found {
            cue,
            end,
            participle: false,
            inverted: true,
        });
    }
    if words.get(at).is_none_or(|token| token.mask & CUE == 0) {
        return None;
    }
    let cue = lexicon.cues.get(word)?;
    let before = at.checked_sub(1).map_or("", |before| words.fold(before));
    let behind = |list: &str| words.listed(at.wrapping_sub(1), lexicon, list);
    let alone =
        before == "that" || before == "this" || (behind("pronominals") && word.ends_with("ed"));
    let noun = behind("determiners-before") && !alone;
    let compound = behind("nouns-before");
    let bare = cue.form == Form::PastParticiple && !compounded(words, at, lexicon);
    (!noun && !compound && !bare && (at > 0 || cue.form == Form::Participle)).then_some(Found {
        cue,
        end: at + 1,
        participle: cue.form == Form::Participle,
        inverted: false,
    })
}

/// The first word of a verb that ends at `at`: its auxiliaries, adverbs, and what stands between them (a de son côté dit).
pub fn verb_start(words: Words<'_, '_>, at: usize, floor: usize, lexicon: &Lexicon) -> usize {
    let mut start = at;
    while start > floor {
        let word = words.fold(start - 1);
        if ["auxiliaries", "negations"]
            .iter()
            .any(|list| words.listed(start - 1, lexicon, list))
            || is_adverb(word, lexicon)
        {
            start -= 1;
        } else if start > floor + 3
            && words.listed(start - 1, lexicon, "turns")
            && words.listed(start - 2, lexicon, "possessives")
            && words.is_any(start - 3, &["de", "pour", "à", "d'"])
        {
            start -= 3;
        } else {
            break;
        }
    }
    start
}

fn is_adverb(word: &str, lexicon: &Lexicon) -> bool {
    word.ends_with("ment") && word.len() > 6 && lexicon.has("turns", "part")
}

/// Whether an auxiliary stands before a past participle: a clairement dit, s'est dite, fait savoir.
fn compounded(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> bool {
    (verb_start(words, at, at.saturating_sub(8), lexicon)..at)
        .any(|before| words.listed(before, lexicon, "compounds"))
}

/// A participle of the sentence, behind a mark or a joining word: …, saying; lawsuits alleging is none.
pub fn hangs(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> bool {
    let at = at - usize::from(at > 0 && words.fold(at - 1).ends_with("ly"));
    at == 0
        || !words.is_word(at - 1)
        || words.quoted(at - 1)
        || words.listed(at - 1, lexicon, "hangs-on")
}

/// How many words and marks tell place and agency before the first sentence: PLACE (Agency) -
pub fn dateline(words: Words<'_, '_>) -> usize {
    let place = words.text(0);
    if place.chars().count() < 3 || place.chars().any(char::is_lowercase) || words.quoted(0) {
        return 0;
    }
    let dash = (1..DATELINE).find(|at| matches!(words.text(*at), "-" | "—" | "–" | "--"));
    dash.filter(|dash| words.is_word(dash + 1) || words.quoted(dash + 1))
        .map_or(0, |dash| dash + 1)
}

pub fn is_negated(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> bool {
    let mut before = at - usize::from(at > 0 && words.fold(at - 1).ends_with("ly"));
    while before > 0
        && (words.listed(before - 1, lexicon, "auxiliaries")
            || words.listed(before - 1, lexicon, "negations"))
    {
        before -= 1;
        if words.listed(before, lexicon, "negations") {
            return true;
        }
        // did not explicitly say
        let adverb = before > 0 && words.fold(before - 1).ends_with("ly");
        before -= usize::from(adverb);
    }
    false
}
