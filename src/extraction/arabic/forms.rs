//! Forms of single Arabic words: cues behind their conjunctions, complementisers, negations.
use crate::extraction::Language;
use crate::extraction::lexicon::{self, Cue, CueKind, Form, Lexicon};
use crate::extraction::words::Words;

pub fn lexicon() -> &'static Lexicon {
    lexicon::of(Language::Arabic)
}

pub struct Found {
    pub cue: &'static Cue,
    /// Written on to و or ف.
    pub joined: bool,
}

/// The cue at a word, behind its conjunction and before its object.
pub fn cue(words: Words<'_, '_>, at: usize) -> Option<Found> {
    if !words.is_word(at) {
        return None;
    }
    let word = words.fold(at);
    // وردت: the document says it only where it is named, and else she answered.
    let found = find(word)
        .filter(|cue| cue.kind != CueKind::Document || words.fold(at + 1) == "في")
        .map(|cue| Found { cue, joined: false });
    found.or_else(|| {
        without_conjunction(word)
            .and_then(find)
            .map(|cue| Found { cue, joined: true })
    })
}

fn find(word: &str) -> Option<&'static Cue> {
    let cues = &lexicon().cues;
    let whole = cues.get(word);
    let cue = whole
        .or_else(|| {
            ["ته", "تها", "تهم"]
                .iter()
                .find_map(|object| with_object(word, object))
        })
        .or_else(|| telling(word).and_then(|verb| cues.get(verb)));
    cue.filter(|cue| cue.form != Form::VerbalNoun)
}

/// وصفته, أخبرتها: the verb before its object.
fn with_object(word: &str, object: &str) -> Option<&'static Cue> {
    if !word.ends_with(object) {
        return None;
    }
    let stem = word.strip_suffix(object.strip_prefix('ت')?)?;
    (stem.ends_with('ت') && stem.chars().count() > 2)
        .then(|| lexicon().cues.get(stem))
        .flatten()
}

/// أبلغه, أخبرتها: the verb of telling, before whom it tells.
fn telling(word: &str) -> Option<&str> {
    ["ه", "ها", "هم", "هما", "نا", "ني"]
        .iter()
        .filter_map(|object| word.strip_suffix(object))
        .find(|verb| lexicon().has("telling", verb))
}

/// أبلغ, أخبرت: who is told stands behind it, without a preposition.
pub fn tells(words: Words<'_, '_>, at: usize) -> bool {
    is_any(words, at, &["telling"])
}

/// أبلغ, وصف: whoever is told or described stands before the complementiser.
pub fn takes_object(words: Words<'_, '_>, at: usize) -> bool {
    is_any(words, at, &["telling", "describing"])
}

/// قوله, قولها: the noun of a verb with whose words they are.
pub fn is_saying(word: &str) -> bool {
    let noun = lexicon().cues.get(word);
    noun.is_some_and(|cue| cue.form == Form::VerbalNoun)
}

/// وزير, الشركة, مصادر: a post, a body, or who is not named.
pub fn is_speaking_head(word: &str) -> bool {
    let bare = word.strip_prefix("ال").unwrap_or(word);
    lexicon().has_any(&["titles", "organisations", "anonymous"], bare)
}

/// Whether a word is in one of some lists, behind its conjunction or not.
fn is_any(words: Words<'_, '_>, at: usize, lists: &[&str]) -> bool {
    let word = words.fold(at);
    [Some(word), without_conjunction(word)]
        .into_iter()
        .flatten()
        .any(|word| lexicon().has_any(lists, word))
}

fn without_conjunction(word: &str) -> Option<&str> {
    word.strip_prefix(['و', 'ف'])
        .filter(|rest| rest.chars().count() >= 2)
}

/// إن, أن, بأن with or without a pronoun.
pub fn is_complementiser(word: &str) -> bool {
    let word = word.strip_prefix('ب').unwrap_or(word);
    word.strip_prefix("ان").is_some_and(|rest| {
        matches!(
            rest,
            "" | "ه" | "ها" | "هم" | "هما" | "هن" | "ني" | "نا" | "ك" | "كم"
        )
    })
}

pub fn is_content_mark(words: Words<'_, '_>, at: usize) -> bool {
    is_complementiser(words.fold(at)) || words.text(at) == ":" || words.quoted(at)
}

pub fn is_negated(words: Words<'_, '_>, at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|before| is_any(words, before, &["negations"]))
}

/// يذكر أن: nobody mentions it.
pub fn reads_impersonally(words: Words<'_, '_>, at: usize) -> bool {
    let word = words.fold(at);
    let word = without_conjunction(word)
        .filter(|rest| rest.starts_with('ي'))
        .unwrap_or(word);
    lexicon().has("impersonal", word)
}

/// على حد قوله, على حسب وصفها, على حد تعبير X: as somebody put it.
pub fn is_wording(words: Words<'_, '_>, at: usize) -> bool {
    let worded = |word: &str| {
        ["", "ه", "ها", "هم", "هما"]
            .iter()
            .filter_map(|pronoun| word.strip_suffix(pronoun))
            .any(|noun| lexicon().has("wordings", noun))
    };
    words.fold(at) == "على"
        && words.listed(at + 1, lexicon(), "measures")
        && worded(words.fold(at + 2))
}
