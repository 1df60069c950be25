//! What is said before its cue: a quotation, or a clause that ends at a comma.
use super::content::Place;
use super::forms;
use crate::extraction::proposals::Span;

/// A quotation of fewer words may be a name.
const NAME: usize = 4;
/// When and where something was said has no more words.
const CIRCUMSTANCE: usize = 8;

/// "…," X said. With the quotation that goes on behind it.
pub fn quotation(
    place: &Place<'_, '_>,
    speaker: Span,
    inverted: bool,
) -> Option<(Vec<Span>, usize)> {
    let words = place.words;
    let quotation = place
        .quotation
        .filter(|_| !inverted || place.found.inverted || place.quotation_adjoins())?;
    let last = (place.floor.saturating_sub(3)..place.floor.saturating_sub(1))
        .rev()
        .find(|at| !matches!(words.text(*at), "'" | "’"))?;
    let ended = place.floor >= 2
        && (matches!(
            words.text(last),
            "," | "?" | "!" | "." | "—" | "-" | "--" | "…"
        ) || words.text(place.floor) == ","
            || inverted);
    let sentence = words.start(0);
    // « … », assure X, où elle dénonce: the verb of another clause.
    let another = (place.floor..place.at).any(|at| words.is_any(at, &["où", "qui", "dont"]));
    let near = inverted
        || !another
            && ((speaker.start >= quotation.outer.end && speaker.start < quotation.outer.end + 12)
                || speaker.start < sentence);
    if !ended || place.found.participle || quotation.outer.start + 1 < sentence || !near {
        return None;
    }
    let from = words.at_offset(quotation.outer.start);
    // On “This Week,” X said that …: a name.
    if from > 0
        && !inverted
        && place.begins_clause()
        && !place.article.has_words(quotation.inner, NAME)
    {
        return None;
    }
    let mut first = quotation.outer;
    let opens = from == 0 || words.quoted(0);
    let small = place
        .article
        .slice(quotation.inner)
        .starts_with(char::is_lowercase);
    if !opens
        && !(0..from).any(|at| forms::cue(words, at, place.lexicon).is_some())
        && (words.text(from - 1) != "," || small)
        && words.text(from - 1) != ":"
    {
        let colon = (0..from)
            .rev()
            .find(|at| words.text(*at) == ":" && !words.quoted(*at));
        first.start = colon.map_or(sentence, |colon| words.start(colon + 1));
    }
    let mut spans = vec![first];
    let next = (place.found.end..words.len())
        .find(|at| words.quoted(*at))
        .and_then(|at| place.quotation_at(at));
    let limit = next.map_or(place.end, |next| words.at_offset(next.outer.start));
    // "…," X said, adding that …
    let goes_on = (place.found.end..limit)
        .find(|at| forms::cue(words, *at, place.lexicon).is_some_and(|found| found.participle));
    if let (Some(next), None) = (next, goes_on) {
        let marked = limit
            .checked_sub(1)
            .is_some_and(|before| !words.is_word(before));
        if next.outer.end - next.outer.start > 12 && marked {
            spans.push(next.outer);
        }
    }
    // « … », assure X, qui dénonce « … »: another verb has the other quotation.
    let another = next.filter(|_| spans.len() == 1).map(|_| place.found.end);
    Some((spans, goes_on.or(another).unwrap_or(place.end)))
}

/// As X said, clause; clause, as X said; clause, as X said, clause.
pub fn as_told(place: &Place<'_, '_>, speaker: Span) -> Option<Vec<(usize, usize)>> {
    let words = place.words;
    let how = words.at_offset(speaker.start).checked_sub(1)?;
    if !words.is_any(how, &["as"]) || speaker.start < words.start(0) || place.found.participle {
        return None;
    }
    let comma = (place.found.end..place.end.min(place.found.end + CIRCUMSTANCE))
        .find(|at| words.text(*at) == ",");
    let closes = comma.is_some() || place.next >= place.end;
    let leads = (0..how).all(|at| words.listed(at, place.lexicon, "leads"));
    let mut parts = Vec::new();
    if !leads && words.text(how - 1) == "," && how > 3 {
        parts.push((0, how - 1));
    }
    if let Some(comma) = comma.filter(|comma| comma + 2 < place.end) {
        parts.push((comma + 1, place.end));
    }
    (closes && (leads || words.text(how - 1) == ",") && !parts.is_empty()).then_some(parts)
}

/// Clause, X said, “clause”: what is parted by its cue, however it begins.
pub fn parted(place: &Place<'_, '_>, speaker: Span, inverted: bool) -> Option<Vec<(usize, usize)>> {
    let (words, comma) = (place.words, place.found.end);
    let from = words.at_offset(speaker.start);
    let between = !inverted
        && !place.found.participle
        && speaker.start > words.start(0)
        && from >= 2
        && words.text(from - 1) == ","
        && words.text(comma) == ","
        && comma + 2 < place.end;
    let first =
        (0..from).all(|at| !words.quoted(at) && forms::cue(words, at, place.lexicon).is_none());
    let goes_on = forms::cue(words, comma + 1, place.lexicon).is_none()
        && !words.fold(comma + 1).ends_with("ing");
    let time = (from < 5 && words.listed(0, place.lexicon, "adjuncts"))
        || words.listed(0, place.lexicon, "asked");
    (between && first && goes_on && !time).then(|| vec![(0, from - 1), (comma + 1, place.end)])
}

/// Clause, X said.
///
/// With what goes on behind a comma: clause, X said, clause.
pub fn clause(place: &Place<'_, '_>, speaker: Span, inverted: bool) -> Option<Vec<(usize, usize)>> {
    let (words, next) = (place.words, place.next);
    if place.found.inverted || inverted {
        // Clause, a-t-il dit, clause.
        if place.found.inverted
            && place.at > 1
            && words.text(place.at - 1) == ","
            && words.text(place.found.end) == ","
            && place.found.end + 2 < place.end
        {
            return Some(vec![(0, place.at - 1), (place.found.end + 1, place.end)]);
        }
        let comma = (0..place.at)
            .rev()
            .find(|at| !words.listed(*at, place.lexicon, "auxiliaries"))?;
        let adjoins = place.quotation.is_some() && place.quotation_adjoins();
        return (comma >= 2 && words.text(comma) == "," && !adjoins).then(|| vec![(0, comma)]);
    }
    let from = words.at_offset(speaker.start);
    let closes = next >= place.end
        || words.listed(next, place.lexicon, "adjuncts")
        || words.text(next) == ","
        || place.found.cue.addressee;
    if speaker.start <= words.start(0) || from < 2 || words.text(from - 1) != "," || !closes {
        return None;
    }
    let goes_on = words.text(next) == ","
        && !words.is_any(next + 1, &["and", "but", "et", "mais"])
        && !words.fold(next + 1).ends_with("ing")
        && place.end > next + 4
        && forms::cue(words, next + 1, place.lexicon).is_none();
    // X said on Monday, can be …: the verb of the clause that the cue parted.
    let comma = (next..place.end.min(next + 8)).find(|at| words.text(*at) == ",");
    let parted = comma
        .filter(|comma| words.listed(comma + 1, place.lexicon, "verbs") && place.end > comma + 2);
    if let Some(comma) = parted {
        return Some(vec![(0, from - 1), (comma + 1, place.end)]);
    }
    match goes_on {
        true => Some(vec![(0, from - 1), (next + 1, place.end)]),
        false => {
            // Though …, X said: a circumstance of the saying, unless a clause of its own follows in it.
            let first = usize::from(words.listed(0, place.lexicon, "leads"));
            let circumstance = [first, 0].iter().any(|at| {
                words.listed(*at, place.lexicon, "adjuncts")
                    || words.listed(*at, place.lexicon, "subordinators")
            });
            let inner_comma = (0..from - 1).any(|at| words.text(at) == ",");
            ((from > 4 || goes_on) && (inner_comma || !circumstance)).then(|| vec![(0, from - 1)])
        }
    }
}
