//! Who speaks, in English and French: the noun phrase before the verb, or behind one that follows what it reports.
use super::{chains, forms};
use crate::extraction::Language;
use crate::extraction::carried::Gender;
use crate::extraction::lexicon::{CUE, Lexicon};
use crate::extraction::words::{Words, fold};

const LONGEST: usize = 24;

fn is_boundary(words: Words<'_, '_>, at: usize) -> bool {
    !words.is_word(at) && !matches!(words.text(at), "." | "'" | "/" | "&" | "-" | "’")
}

/// The subject left of a cue, not before `floor`.
pub fn before(
    words: Words<'_, '_>,
    cue: usize,
    floor: usize,
    lexicon: &Lexicon,
) -> Option<(usize, usize)> {
    let end = forms::verb_start(words, cue, floor, lexicon);
    let mut start = end;
    if start > floor && matches!(words.text(start - 1), "," | ")" | "—" | "–" | "--") {
        start = apposition(words, start, floor, lexicon)?;
    }
    let bottom = floor.max(start.saturating_sub(LONGEST));
    if start > bottom && matches!(words.fold(start - 1), "who" | "qui") {
        return Some((antecedent(words, start - 1, bottom), end));
    }
    while start > bottom
        && !is_boundary(words, start - 1)
        && !words.listed(start - 1, lexicon, "boundaries")
        && !words.quoted(start - 1)
    {
        start -= 1;
    }
    // Interrogée sur Radio Sud, la ministre a dit …
    if ["heard-by", "adjuncts"]
        .iter()
        .any(|list| words.listed(start, lexicon, list))
        && let Some(comma) = (start..end).find(|at| words.text(*at) == ",")
    {
        start = (comma + 1).min(end);
    }
    while start < end && words.listed(start, lexicon, "leads") {
        start += 1;
    }
    (start < end).then_some((start, end))
}

/// The noun that "who" stands for: back to its article, or to the first capital of a name.
fn antecedent(words: Words<'_, '_>, who: usize, bottom: usize) -> usize {
    let last = if who > bottom && words.text(who - 1) == "," {
        who - 1
    } else {
        who
    };
    let mut from = last;
    while from > bottom && from + 6 > last && words.is_word(from - 1) && !words.quoted(from - 1) {
        from -= 1;
        let begins = words.is_any(
            from,
            &[
                "a", "an", "the", "one", "those", "someone", "people", "un", "une", "le", "la",
                "les",
            ],
        );
        if begins || (words.capital(from) && !(from > bottom && words.capital(from - 1))) {
            break;
        }
    }
    from
}

/// X, who is somebody, said: from the comma behind X.
fn apposition(words: Words<'_, '_>, from: usize, floor: usize, lexicon: &Lexicon) -> Option<usize> {
    let opening = if words.text(from - 1) == ")" {
        "("
    } else {
        words.text(from - 1)
    };
    let bottom = floor.max(from.saturating_sub(LONGEST));
    let opens = |before: usize| {
        (bottom..before)
            .rev()
            .find(|at| words.text(*at) == opening || words.quoted(*at))
            .filter(|at| words.text(*at) == opening && *at > floor)
    };
    let mut comma = opens(from - 1)?;
    // X, of the House, which is somewhere, said: from the first of them.
    while let Some(earlier) = opens(comma).filter(|earlier| {
        opening == "," && words.capital(earlier - 1) && !words.capital(earlier + 1)
    }) {
        comma = earlier;
    }
    let told = words.fold(comma + 1);
    let aside = words.listed(comma + 1, lexicon, "asides")
        || ["ing", "ed", "é", "ée", "és", "ées"]
            .iter()
            .any(|ending| told.ends_with(ending));
    (words.capital(comma - 1) || words.capital(comma + 1) || aside).then_some(comma)
}

/// The subject behind a cue that follows what it reports; `inside`: within the quotation.
pub fn behind(
    words: Words<'_, '_>,
    from: usize,
    end: usize,
    lexicon: &Lexicon,
    inside: bool,
) -> Option<(usize, usize)> {
    let stops = |at: &usize| {
        (words.quoted(*at) && !inside)
            || (*at > from && chains::medium(words, *at, lexicon).is_some())
            || (words.is_any(*at, &["ce", "cette"]) && words.listed(at + 1, lexicon, "days"))
            || words.listed(*at, lexicon, "right-stops")
            || (is_boundary(words, *at) && words.text(*at) != ",")
            || (words.text(*at) == "," && lexicon.cues.contains_key(words.fold(at + 1)))
    };
    // a indiqué mardi à l'agence un porte-parole: behind when, and who was told.
    let from = from
        + usize::from(
            ["days", "leads"]
                .iter()
                .any(|list| words.listed(from, lexicon, list)),
        );
    let medium = (from..from + 2).find_map(|at| chains::medium(words, at, lexicon));
    let from = if let Some((_, behind)) = medium {
        behind
    } else if words.is_any(from, &["à", "au", "aux"]) {
        let begins = |at: &usize| words.listed(*at, lexicon, "articles") || words.capital(*at);
        (from + 2..end.min(from + 9)).find(begins)?
    } else {
        from
    };
    let mut to = (from..end.min(from + LONGEST))
        .find(stops)
        .unwrap_or(end.min(from + LONGEST));
    while to > from && !words.is_word(to - 1) {
        to -= 1;
    }
    (to > from && words.is_word(from)).then_some((from, to))
}

/// The subject of a sentence, for verbs that share it: X endorsed Y, saying …
pub fn opening(words: Words<'_, '_>, until: usize, lexicon: &Lexicon) -> Option<(usize, usize)> {
    let mut from = (0..until).find(|at| !words.listed(*at, lexicon, "leads"))?;
    if words.listed(from, lexicon, "adjuncts") || words.listed(from, lexicon, "subordinators") {
        from = (from..until.min(from + LONGEST)).find(|at| words.text(*at) == ",")? + 1;
    }
    let acts = |at: &usize| {
        let word = words.fold(*at);
        ["verbs", "auxiliaries", "pasts"]
            .iter()
            .any(|list| words.listed(*at, lexicon, list))
            || words.mask(*at) & CUE != 0
            || (word.len() > 4 && word.ends_with("ed") && !words.capital(*at))
    };
    let name = words.capital(from) && !words.listed(from, lexicon, "determiners-before");
    let stop = (from..until.min(from + LONGEST)).find(|at| {
        acts(at)
            || !words.is_word(*at)
            || words.quoted(*at)
            || (name && words.listed(*at, lexicon, "adjuncts"))
    })?;
    let named = matches!(words.text(stop), "," | "(") && words.capital(from);
    (stop > from && !words.quoted(stop) && (words.is_word(stop) || named)).then_some((from, stop))
}

/// Whether words may name somebody: no clause, and no pronoun in front.
pub fn is_noun(words: Words<'_, '_>, (from, to): (usize, usize), lexicon: &Lexicon) -> bool {
    !words.listed(from, lexicon, "pronouns")
        && !(from..to).any(|at| words.listed(at, lexicon, "verbs"))
}

/// What a speaker's words tell of gender.
pub fn gender(name: &str, lexicon: &Lexicon, language: Language) -> Option<Gender> {
    let first = fold(
        name.split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default(),
    );
    let first = first.as_ref();
    if lexicon.has("feminine", first)
        || (language == Language::French && matches!(first, "la" | "une"))
    {
        return Some(Gender::Feminine);
    }
    (lexicon.has("masculine", first)
        || (language == Language::French && matches!(first, "le" | "un")))
    .then_some(Gender::Masculine)
}
