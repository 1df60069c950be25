//! "According to X", selon X, d'après X, on either side of what X says.
use crate::extraction::lexicon::Lexicon;
use crate::extraction::words::Words;

pub struct SourcePhrase {
    pub at: usize,
    pub name: (usize, usize),
    /// The word behind it and its comma.
    pub end: usize,
    pub leading: bool,
    /// What it says goes on behind it.
    pub aside: bool,
}

pub fn at(words: Words<'_, '_>, at: usize, end: usize, lexicon: &Lexicon) -> Option<SourcePhrase> {
    if words.quoted(at) {
        return None;
    }
    let length = match (words.fold(at), words.fold(at + 1)) {
        ("according", "to") | ("d'", "après") => 2,
        ("as", "reported") if words.fold(at + 2) == "by" => 3,
        ("selon", _) => 1,
        ("pour", _)
            if at == 0
                && (1..5)
                    .take_while(|at| words.is_word(*at))
                    .any(|at| words.capital(at) || words.listed(at, lexicon, "viewers")) =>
        {
            1
        }
        ("à", "ses" | "leurs") if at == 0 && words.fold(2) == "yeux" => 1,
        _ => return None,
    };
    let from = at + length;
    let leading = at <= 1;
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
        });
    }
    if leading && to == end {
        return None;
    }
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
    })
}
