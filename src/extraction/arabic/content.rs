//! What is said, in Arabic: from the first complementiser, colon or quotation behind the cue, to the end of its clause.
use super::forms::{self, Found};
use super::sources::SourcePhrase;
use super::speakers;
use crate::extraction::article::Article;
use crate::extraction::lexicon::{CueKind, Form, PHRASES};
use crate::extraction::proposals::{Rule, Span};
use crate::extraction::quotations::Quotation;
use crate::extraction::words::Words;

pub struct Content {
    pub span: Span,
    pub rule: Rule,
    /// The word to go on reading with: behind what is quoted, inside what is not.
    pub resume: usize,
}

/// Content begins within so many words of its cue.
const REACH: usize = 28;
/// The same for cues that are other words too.
const GUARDED_REACH: usize = 12;
/// A quotation of fewer words is a name, unless the cue introduces it.
const NAME_WORDS: usize = 3;

pub fn find(
    article: &Article<'_>,
    words: Words<'_, '_>,
    cue: usize,
    from: usize,
    found: &Found,
    sources: &[SourcePhrase],
) -> Option<Content> {
    let reach = if found.cue.guard {
        (cue + GUARDED_REACH).max(from + 2)
    } else {
        from + REACH
    };
    let nominal = found.cue.kind == CueKind::Nominal;
    let preposition = words.listed(cue, forms::lexicon(), "stops");
    for at in from..words.len().min(reach) {
        if let Some(source) = sources
            .iter()
            .find(|source| source.at <= at && at < source.end)
        {
            // Between commas it is an aside.
            if matches!(words.text(source.end), "،" | ":") && at > from {
                continue;
            }
            return None;
        }
        if let Some(quotation) = quotation_at(article, words, at) {
            let introduced = at == cue + 1
                || words.text(at - 1) == ":"
                || (at == from && !nominal && found.cue.form != Form::VerbalNoun);
            let long = article.has_words(quotation.inner, 5) && !nominal && !found.cue.guard;
            if words.start(at) <= quotation.outer.start && (introduced || long) {
                return Some(quoted(article, words, at, quotation, sources));
            }
            continue;
        }
        if words.quoted(at) {
            continue;
        }
        let word = words.fold(at);
        if forms::is_complementiser(word) {
            if nominal && found.cue.preposition.is_none() && !word.starts_with('ب') {
                return None;
            }
            return match quotation_at(article, words, at + 1)
                .filter(|quotation| article.has_words(quotation.inner, NAME_WORDS))
            {
                Some(quotation) => Some(quoted(article, words, at + 1, quotation, sources)),
                None => Some(clause(
                    words,
                    at + usize::from(matches!(word, "ان" | "بان")),
                    sources,
                )),
            };
        }
        if words.text(at) == ":" {
            return match quotation_at(article, words, at + 1) {
                Some(quotation) => Some(quoted(article, words, at + 1, quotation, sources)),
                None if forms::is_complementiser(words.fold(at + 1)) => continue,
                None => Some(clause(words, at + 1, sources)),
            };
        }
        if found.cue.form == Form::Finite
            && found.cue.preposition == Some(word)
            && at < from + 8
            && !follows_complementiser(words, at + 1)
        {
            let mut content = clause(words, at + 1, sources);
            content.rule = Rule::Nominal;
            return (content.span.end > content.span.start).then_some(content);
        }
        let another = (at > from || preposition)
            && forms::cue(words, at).is_some_and(|other| {
                other.joined || (found.cue.guard && other.cue.form == Form::Participle)
            });
        if another || matches!(words.text(at), "." | "؛") {
            return None;
        }
    }
    None
}

/// «…»، قال SPEAKER: the quotation that begins the sentence.
pub fn quotation_before(
    article: &Article<'_>,
    words: Words<'_, '_>,
    cue: usize,
    found: &Found,
) -> Option<Content> {
    if found.joined
        || found.cue.form != Form::Finite
        || matches!(found.cue.kind, CueKind::Nominal | CueKind::Relay)
    {
        return None;
    }
    let at = cue;
    let cue = if cue > 0 && words.listed(cue - 1, forms::lexicon(), "thus") {
        cue - 1
    } else {
        cue
    };
    let last = if matches!(cue.checked_sub(1).map(|at| words.text(at)), Some("،" | ",")) {
        cue - 1
    } else {
        cue
    };
    let quotation = last
        .checked_sub(1)
        .and_then(|at| words.quotation(at))
        .and_then(|at| article.quotations.get(at))
        .copied()?;
    let begins =
        quotation.outer.start <= words.start(0) && article.has_words(quotation.inner, NAME_WORDS);
    begins.then_some(Content {
        span: quotation.inner,
        rule: Rule::ContentThenCue,
        resume: at + 1,
    })
}

/// إلى أن, من أنه: the complementiser is the mark, and not the preposition.
fn follows_complementiser(words: Words<'_, '_>, at: usize) -> bool {
    forms::is_complementiser(words.fold(at))
}

fn quotation_at(article: &Article<'_>, words: Words<'_, '_>, at: usize) -> Option<Quotation> {
    let quotation = words.quotation(at)?;
    if at > 0 && words.quotation(at - 1) == Some(quotation) {
        return None;
    }
    article.quotations.get(quotation).copied()
}

/// A quotation is the content, unless it is a few words of a clause that goes on behind it.
fn quoted(
    article: &Article<'_>,
    words: Words<'_, '_>,
    at: usize,
    quotation: Quotation,
    sources: &[SourcePhrase],
) -> Content {
    let after = words.at_offset(quotation.outer.end);
    let goes_on = words.is_word(after)
        && forms::cue(words, after).is_none()
        && !article.has_words(quotation.inner, 6);
    if goes_on {
        return clause(words, at, sources);
    }
    Content {
        span: quotation.inner,
        rule: Rule::CueThenQuotation,
        resume: after,
    }
}

/// A clause, to where something else begins.
fn clause(words: Words<'_, '_>, from: usize, sources: &[SourcePhrase]) -> Content {
    let mut end = words.len();
    for at in from + 1..words.len() {
        if !words.quoted(at) && ends(words, at, sources) {
            end = at;
            break;
        }
    }
    Content {
        span: if from < end {
            words.span(from, end)
        } else {
            words.span(from, from)
        },
        rule: Rule::CueThenClause,
        resume: from,
    }
}

fn ends(words: Words<'_, '_>, at: usize, sources: &[SourcePhrase]) -> bool {
    if sources
        .iter()
        .any(|source| source.at == at && !source.leading)
    {
        return true;
    }
    if forms::is_wording(words, at) {
        return true;
    }
    let behind_mark = matches!(words.text(at - 1), "،" | "," | "؛")
        || (words.quoted(at - 1) && !words.is_word(at - 1));
    if !behind_mark {
        return false;
    }
    let cue = |at: usize| forms::cue(words, at);
    let another = |found: &Found| {
        found.joined || found.cue.form == Form::Participle || another_speaks(words, at, found)
    };
    if cue(at).as_ref().is_some_and(another) {
        return true;
    }
    let (lexicon, word) = (forms::lexicon(), words.fold(at));
    let hints = matches!(word, "في" | "مع") && words.listed(at + 1, lexicon, "hints");
    let next = at + 1 + usize::from(words.listed(at + 1, lexicon, "linking"));
    let phrase = || match words.listed(at, lexicon, PHRASES) {
        true => lexicon.phrase("links", |word| words.fold(at + word)),
        false => None,
    };
    let links = || {
        let linked = words.listed(at, lexicon, "links") && cue(next).is_some();
        linked || phrase().is_some_and(|length| cue(at + length).is_some())
    };
    hints || words.listed(at, lexicon, "ends") || links()
}

/// فيما قال X إن …، أكدت Y أن: another verb with its subject and its content.
fn another_speaks(words: Words<'_, '_>, at: usize, found: &Found) -> bool {
    let (from, to) = speakers::phrase(words, at + 1, &[]);
    found.cue.form == Form::Finite
        && !found.cue.guard
        && from < to
        && forms::is_content_mark(words, to)
}
