//! "According to X", selon X, d'après X, on either side of what X says.
use crate::extraction::lexicon::{Lexicon, PHRASES};
use crate::extraction::words::Words;

pub struct SourcePhrase {
    pub at: usize,
    pub name: (usize, usize),
    /// The word behind it and its comma.
    pub end: usize,
    pub leading: bool,
    /// What it says goes on behind it.
    pub aside: bool,
    /// It names nobody, but means whoever spoke before: à ses yeux.
    pub carried: bool,
}

/// How many words introduce a source here.
fn introduction(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> Option<usize> {
    if words.quoted(at) || words.mask(at) == 0 {
        return None;
    }
    if words.listed(at, lexicon, "sources") && !words.listed(at + 1, lexicon, "no-source") {
        return Some(1);
    }
    // Pour le syndicat, …: a view, and no time.
    let view = || {
        (1..5).take_while(|at| words.is_word(*at)).any(|at| {
            let time = words.listed(at, lexicon, "days");
            (words.capital(at) && !time) || words.listed(at, lexicon, "viewers")
        })
    };
    if at == 0 && words.listed(at, lexicon, "views") && view() {
        return Some(1);
    }
    let apart = at == 0 || !words.is_word(at - 1);
    // De source policière, …: the source is named by its own word.
    if apart && words.listed(at, lexicon, "of") && words.listed(at + 1, lexicon, "source-nouns") {
        return Some(1);
    }
    if !words.listed(at, lexicon, PHRASES) {
        return None;
    }
    let phrase = |list| lexicon.phrase(list, |word| words.fold(at + word));
    phrase("sources").or_else(|| phrase("sources-apart").filter(|_| apart))
}

/// À ses yeux, …: the comma behind it.
fn carried(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> Option<usize> {
    let first = at == 0 && words.listed(at, lexicon, PHRASES);
    let length = first.then(|| lexicon.phrase("sources-carried", |word| words.fold(at + word)));
    let comma = at + length??;
    (words.text(comma) == ",").then_some(comma)
}

pub fn at(words: Words<'_, '_>, at: usize, end: usize, lexicon: &Lexicon) -> Option<SourcePhrase> {
    if let Some(comma) = carried(words, at, lexicon) {
        return Some(SourcePhrase {
            at,
            name: (at, comma),
            end: comma + 1,
            leading: true,
            aside: false,
            carried: true,
        });
    }
    let from = at + introduction(words, at, lexicon)?;
    // Toutefois, selon X, …
    let leading =
        at <= 1 || (0..at).all(|at| words.text(at) == "," || words.listed(at, lexicon, "leads"));
    let which = |stop: usize| {
        words.is_any(
            stop + 1,
            &["which", "who", "but", "and", "qui", "dont", "mais", "et"],
        )
    };
    let stops = |stop: &usize| {
        let mark = words.text(*stop);
        !words.quoted(*stop)
            && (matches!(mark, ";" | "—" | "–" | ":") || (mark == "," && (leading || which(*stop))))
    };
    let mut to = (from..end).find(stops).unwrap_or(end);
    // While …, according to X, clause: on both sides.
    let opens = usize::from(words.listed(0, lexicon, "leads"));
    let comma = (from..end).find(|at| words.text(*at) == "," && !words.quoted(*at));
    // Clause, according to X, verb …
    let parted = !leading && comma.is_some_and(|comma| words.listed(comma + 1, lexicon, "verbs"));
    let aside = parted
        || !leading
            && at < 30
            && words.text(at - 1) == ","
            && (words.listed(opens, lexicon, "subordinators")
                || words.listed(0, lexicon, "adjuncts"));
    let comma = comma.filter(|comma| aside && *comma + 3 < end);
    if let Some(comma) = comma {
        return (comma > from).then_some(SourcePhrase {
            at,
            name: (from, comma),
            end: comma + 1,
            leading,
            aside: true,
            carried: false,
        });
    }
    if leading && to == end {
        return None;
    }
    // Result, according to X: "…"
    let leading = leading || (words.text(to) == ":" && words.quoted(to + 1));
    // the mayor, X, clause.
    let second = (to + 1..end.min(to + 7)).find(|stop| !words.is_word(*stop));
    if leading
        && !words.capital(from + 1)
        && words.capital(to + 1)
        && let Some(second) = second.filter(|second| words.text(*second) == "," && *second > to + 2)
        && (to + 1..second).all(|at| words.capital(at) || words.listed(at, lexicon, "name-joins"))
    {
        return Some(SourcePhrase {
            at,
            name: (from, second),
            end: second + 1,
            leading,
            aside: false,
            carried: false,
        });
    }
    // X, who is somebody, clause.
    if leading
        && words.is_any(to + 1, &["who", "which", "qui", "dont"])
        && let Some(second) = (to + 2..end).find(|at| words.text(*at) == "," && !words.quoted(*at))
    {
        return (to > from).then_some(SourcePhrase {
            at,
            name: (from, to),
            end: second + 1,
            leading,
            aside: false,
            carried: false,
        });
    }
    // X, title, clause: the name goes on to a second comma when a title follows the first.
    if leading && words.capital(from) && words.listed(to + 1, lexicon, "determiners-before") {
        let second = (to + 1..end.min(to + 9)).find(|stop| words.text(*stop) == ",");
        if let Some(second) = second.filter(|second| words.is_word(second + 1) && *second > to + 2)
        {
            let title = (to + 1..second).all(|at| words.is_word(at));
            if title && matches!(words.fold(to + 1), "a" | "an" | "un" | "une") {
                to = second;
            }
        }
    }
    (to > from).then_some(SourcePhrase {
        at,
        name: (from, to),
        end: to + usize::from(to < end),
        leading,
        aside: false,
        carried: false,
    })
}
