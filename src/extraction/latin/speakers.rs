//! Who speaks, in English and French: the noun phrase before the verb, or behind one that follows what it reports.
use super::{chains, forms};
use crate::extraction::Language;
use crate::extraction::carried::Gender;
use crate::extraction::lexicon::{CUE, Lexicon};
use crate::extraction::words::{Words, fold};

const LONGEST: usize = 24;
/// What stands between a verb and its subject behind it has no more words.
const CIRCUMSTANCE: usize = 9;

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
    (start < end && !words.listed(start, lexicon, "nobody")).then_some((start, end))
}

/// a-t-on appris de source policière, auprès du parquet, au ministère: who told it, behind a verb whose subject is nobody.
pub fn told(
    words: Words<'_, '_>,
    from: usize,
    end: usize,
    lexicon: &Lexicon,
) -> Option<(usize, usize)> {
    let days = |at: &usize| !words.listed(*at, lexicon, "days");
    let at = (from..end).find(days)?;
    let of = |at: usize| usize::from(words.listed(at, lexicon, "of"));
    let from = match words.fold(at) {
        "de" => at + 1,
        "auprès" => {
            at + 1 + of(at + 1).max(usize::from(words.listed(at + 1, lexicon, "contracted")))
        }
        "du" if words.fold(at + 1) == "côté" => at + 2 + of(at + 2),
        "à" | "au" | "aux" | "chez" | "dans" => at + 1,
        _ => return None,
    };
    let stops = |at: &usize| {
        !words.is_word(*at) || words.quoted(*at) || words.listed(*at, lexicon, "right-stops")
    };
    let to = (from..end.min(from + LONGEST))
        .find(stops)
        .unwrap_or(end.min(from + LONGEST));
    (from < to).then_some((from, to))
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
            || (words.listed(*at, lexicon, "right-stops")
                && !words.listed(at + 1, lexicon, "complements"))
            || (is_boundary(words, *at) && words.text(*at) != ",")
            || (words.text(*at) == ","
                && (words.mask(at + 1) & CUE != 0 || words.is_any(at + 1, &["qui", "dont", "où"])))
    };
    // a indiqué mardi à l'agence un porte-parole: behind when, where, and who was told.
    let when =
        |at: &usize| words.listed(*at, lexicon, "days") || words.listed(*at, lexicon, "leads");
    let from = (from..end).find(|at| !when(at))?;
    let from = match forms::is_turn(words, from, lexicon) {
        true => from + forms::TURN,
        false => from,
    };
    let medium = (from..from + 2).find_map(|at| chains::medium(words, at, lexicon));
    let from = match medium {
        Some((_, behind)) => behind,
        None => behind_circumstance(words, from, end, lexicon)?,
    };
    let mut to = (from..end.min(from + LONGEST))
        .find(stops)
        .unwrap_or(end.min(from + LONGEST));
    while to > from && !words.is_word(to - 1) {
        to -= 1;
    }
    (to > from && words.is_word(from)).then_some((from, to))
}

/// a réagi sur son compte la députée, a lancé devant ses troupes Paul Vernet: the article or name behind a preposition and its noun.
fn behind_circumstance(
    words: Words<'_, '_>,
    from: usize,
    end: usize,
    lexicon: &Lexicon,
) -> Option<usize> {
    // Ce and cette begin a day or a speaker.
    let this = words.is_any(from, &["ce", "cette"]) && !words.listed(from + 1, lexicon, "days");
    let french = lexicon.language == Language::French;
    if !french || this || !words.listed(from, lexicon, "adjuncts") {
        return Some(from);
    }
    let joins = |at: usize| {
        ["of", "contracted", "adjuncts", "determiners-before"]
            .iter()
            .any(|list| words.listed(at, lexicon, list))
    };
    let noun = (from + 1..end).find(|at| !joins(*at))?;
    let begins = |at: &usize| {
        words.listed(*at, lexicon, "articles")
            || words.listed(*at, lexicon, "possessives")
            || words.capital(*at)
    };
    (noun + 1..end.min(noun + CIRCUMSTANCE))
        .take_while(|at| words.is_word(*at))
        .find(|at| begins(at) && !joins(at - 1))
}

/// The subject of a sentence, for verbs that share it: X endorsed Y, saying …
pub fn opening(words: Words<'_, '_>, until: usize, lexicon: &Lexicon) -> Option<(usize, usize)> {
    let mut from = (0..until).find(|at| !words.listed(*at, lexicon, "leads"))?;
    let circumstance = ["adjuncts", "subordinators", "heard-by"]
        .iter()
        .any(|list| words.listed(from, lexicon, list));
    if circumstance {
        from = (from..until.min(from + LONGEST)).find(|at| words.text(*at) == ",")? + 1;
    }
    let name = words.capital(from) && !words.listed(from, lexicon, "determiners-before");
    let first = from + usize::from(words.listed(from, lexicon, "articles"));
    let acts = |at: &usize| {
        let word = words.fold(*at);
        ["verbs", "auxiliaries", "pasts"]
            .iter()
            .any(|list| words.listed(*at, lexicon, list))
            || words.mask(*at) & CUE != 0
            || (word.len() > 4 && word.ends_with("ed") && !words.capital(*at))
            || (*at > first && has_object(words, *at, lexicon))
    };
    let stop = (first..until.min(from + LONGEST)).find(|at| {
        acts(at)
            || !words.is_word(*at)
            || words.quoted(*at)
            || (name && words.listed(*at, lexicon, "adjuncts"))
    })?;
    let aside = words.is_any(stop + 1, &["qui", "dont", "who", "which"]);
    let named = matches!(words.text(stop), "," | "(") && (words.capital(from) || aside);
    (stop > from && !words.quoted(stop) && (words.is_word(stop) || named)).then_some((from, stop))
}

/// Le maire hoche la tête: a verb that no list has, before its object.
fn has_object(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> bool {
    lexicon.language == Language::French
        && forms::may_be_verb(words, at, false)
        && ["articles", "possessives"]
            .iter()
            .any(|list| words.listed(at + 1, lexicon, list))
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
