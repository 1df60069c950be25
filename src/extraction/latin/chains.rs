//! Through whom words came: the outlet somebody spoke to, the one that quotes or cites somebody, the one told behind it.
use super::statement::Statement;
use super::{Pass, behind, content, forms, outlets, sources, speakers};
use crate::extraction::lexicon::{CUE, Lexicon};
use crate::extraction::proposals::{Rule, Span};
use crate::extraction::words::Words;

/// A cue inside what another said is looked for in so many words.
const NESTED: usize = 12;
/// An outlet stands no farther from the cue of what was said to it, in bytes.
const NEAR: usize = 160;

/// X, citing Y: who is cited, and the word behind it.
pub struct Citing {
    pub cited: Span,

    pub end: usize,
}

impl Pass<'_, '_, '_> {
    /// Citing two officials, the paper reported …
    pub(super) fn citing(&self) -> Option<Citing> {
        let (words, lexicon) = (self.words, self.reader.lexicon);
        let at = (0..self.end).find(|at| {
            let cites = words.listed(*at, lexicon, "citing") && forms::hangs(words, *at, lexicon);
            let which = words.listed(*at, lexicon, "quoted")
                && words.is_any(at.wrapping_sub(1), &["qui", "which", "who"]);
            !words.quoted(*at) && (cites || which)
        })?;
        let stop = |at: &usize| {
            !words.is_word(*at)
                || words.quoted(*at)
                || words.listed(*at, lexicon, "complementisers")
                || words.fold(*at) == "as"
        };
        let end = (at + 1..self.end).find(stop).unwrap_or(self.end);
        let cited = words.span(at + 1, end);
        let unnamed = (at + 1..end).any(|at| words.listed(at, lexicon, "anonymous"));
        // citing the ministry: a body or a post, and no reason.
        let known = words.listed(at + 1, lexicon, "articles")
            && ["organisations", "titles"]
                .iter()
                .any(|list| words.listed(at + 2, lexicon, list));
        // According to X, citing the harbour office, clause.
        let beside = words.listed(at + 1, lexicon, "articles")
            && words.text(end) == ","
            && sources::at(words, 0, self.end, lexicon).is_some_and(|source| source.name.1 < at);
        (end > at + 1 && (unnamed || known || beside || words.capital(at + 1)))
            .then_some(Citing { cited, end })
    }

    /// Who an outlet cites in this sentence for what it says there.
    pub(super) fn cites(&self, said: &Statement) -> Option<Span> {
        let (words, carrier) = (self.words, said.speaker);
        let citing = self.citing.as_ref()?;
        let (from, to) = (words.at_offset(carrier.start), words.at_offset(carrier.end));
        let outlet = carrier.start >= words.start(0)
            && outlets::is_outlet(words, from, to, self.reader.lexicon);
        (outlet || said.rule == Rule::Source).then_some(citing.cited)
    }

    /// X said that …, citing Y: whom it cites is no part of what it says.
    pub(super) fn cut_citing(&self, said: &mut Statement, cited: Span) {
        let words = self.words;
        let citing = words.at_offset(cited.start).saturating_sub(1);
        let Some(last) = said.spans.last_mut() else {
            return;
        };
        let closes = words.at_offset(last.end) <= words.at_offset(cited.end) + 1;
        if citing > 1
            && closes
            && words.text(citing - 1) == ","
            && last.start < words.start(citing - 1)
        {
            last.end = last.end.min(words.start(citing - 1));
        }
    }

    /// X quoted Y as saying …, Y was quoted by X as saying …: Y, and X.
    pub(super) fn quoted_as_saying(
        &self,
        place: &content::Place<'_, '_>,
    ) -> Option<(Span, Option<Span>)> {
        let (words, lexicon) = (self.words, self.reader.lexicon);
        let at = place
            .at
            .checked_sub(1)
            .filter(|at| words.fold(*at) == "as")?;
        let quoted = (at.saturating_sub(NESTED)..at)
            .rev()
            .find(|at| words.listed(*at, lexicon, "quoted"))?;
        let span = |(from, to): (usize, usize)| words.span(from, to);
        let subject = speakers::before(words, quoted, 0, lexicon).map(span);
        if words.listed(quoted.wrapping_sub(1), lexicon, "passives") {
            let by = (words.fold(quoted + 1) == "by").then(|| words.span(quoted + 2, at));
            return Some((subject?, by));
        }
        let carrier = subject.or_else(|| speakers::opening(words, quoted, lexicon).map(span));
        (quoted + 1 < at).then(|| (words.span(quoted + 1, at), carrier))
    }

    /// X told Y that Z had said …: what Z said, through X.
    pub(super) fn nested(&self, outer: &Statement) -> Option<Statement> {
        let (words, lexicon) = (self.words, self.reader.lexicon);
        let whole = outer
            .spans
            .first()
            .filter(|_| outer.rule != Rule::ContentThenCue)?;
        let from = words.at_offset(whole.start);
        let from = from + usize::from(words.listed(from, lexicon, "complementisers"));
        (from + 1..self.end.min(from + NESTED)).find_map(|at| {
            let found = forms::cue(words, at, lexicon)
                .filter(|found| !found.participle && !found.inverted)?;
            if forms::is_negated(words, at, lexicon)
                || found.cue.addressee && words.listed(at - 1, lexicon, "passives")
            {
                return None;
            }
            let place =
                content::Place::new(self.reader.article, words, at, &found, self.end, lexicon);
            let (start, end) = speakers::before(words, at, from, lexicon)?;
            let pronoun = words.fold(start).split('\'').next().unwrap_or_default();
            if start != from || lexicon.has("pronouns", pronoun) {
                return None;
            }
            let (spans, resume, rule) = behind::content(&place, false)?;
            let reaches = spans.last().is_some_and(|span| span.end + 3 >= whole.end);
            let begins = words.at_offset(spans.first()?.start);
            let firm = words.quoted(begins) || words.listed(begins, lexicon, "complementisers");
            (reaches && (firm || forms::is_plain_cue(words.fold(at), self.reader.article.language)))
                .then(|| Statement {
                    speaker: words.span(start, end),
                    cue: (at, found.end),
                    spans,
                    rule,
                    implicit: false,
                    via: vec![outer.speaker],
                    resume,
                })
        })
    }

    /// C, X said, the paper added: the paper carries what stands before it. Whether there is such a thing.
    pub(super) fn encloses(&mut self, outer: &Statement) -> bool {
        let (whole, mut any) = (outer.whole(), false);
        for draft in self.reader.drafts.iter_mut().skip(self.before) {
            let inside = whole.contains(draft.span()) && whole.contains(draft.cue);
            if inside && draft.speaker != outer.speaker {
                draft.via.insert(0, outer.speaker);
                any = true;
            }
        }
        any
    }

    /// Outlets that something was said to: each carries the statement whose cue is nearest.
    pub(super) fn media(&mut self) {
        let (words, lexicon) = (self.words, self.reader.lexicon);
        if self.reader.drafts.len() == self.before {
            return;
        }
        for at in 0..words.len() {
            let Some((from, to)) = medium(words, at, lexicon) else {
                continue;
            };
            let heard = words.listed(at.wrapping_sub(1), lexicon, "heard-by");
            let name = bare(
                self.reader.article.slice(words.span(from, to)),
                words.start(from),
            );
            let drafts = self.reader.drafts.iter_mut().skip(self.before);
            let nearest = drafts
                .filter(|draft| {
                    let said = draft.spans.iter().any(|span| span.overlaps(name));
                    // Within the speaker's words only what says that it was heard there: X, interrogé par Y.
                    let speaks = |speaker: Span| {
                        speaker.overlaps(name) && (!heard || speaker.start == name.start)
                    };
                    !said && !speaks(draft.speaker)
                })
                .min_by_key(|draft| gap(draft.cue, name))
                .filter(|draft| gap(draft.cue, name) < NEAR && !draft.via.contains(&name));
            if let Some(draft) = nearest {
                draft.via.insert(0, name);
            }
        }
    }
}

fn gap(one: Span, other: Span) -> usize {
    one.start
        .saturating_sub(other.end)
        .max(other.start.saturating_sub(one.end))
}

/// A name without its possessive.
fn bare(name: &str, start: usize) -> Span {
    let bare = name
        .strip_suffix("'s")
        .or(name.strip_suffix("’s"))
        .unwrap_or(name);
    Span::new(start, start + bare.len())
}

/// told the Gazette, on Channel 12, quoted by the paper: the outlet behind such a word.
pub fn medium(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> Option<(usize, usize)> {
    if words.get(at).is_none_or(|token| token.mask == 0) {
        return None;
    }
    let (word, before) = (words.fold(at), at.wrapping_sub(1));
    if !(at + 1..at + 5).any(|at| words.capital(at)) && !words.listed(at + 1, lexicon, "articles") {
        return None;
    }
    let told = || lexicon.cues.get(word).is_some_and(|cue| cue.addressee);
    let heard = (words.listed(at, lexicon, "by") && words.listed(before, lexicon, "heard-by"))
        || (words.listed(at, lexicon, "of") && words.listed(before, lexicon, "heard-of"));
    if words.quoted(at) || !(heard || words.listed(at, lexicon, "media") || told()) {
        return None;
    }
    let to = outlets::end(words, at + 1, lexicon);
    let named = (at + 1..to).any(|at| words.capital(at));
    // à l'agence, told the paper: right behind the cue.
    let told = told()
        || words
            .get(at.wrapping_sub(1))
            .is_some_and(|token| token.mask & CUE != 0);
    // au Phare: its article is in the word before it.
    let from = if words.listed(at, lexicon, "contracted") {
        at
    } else {
        at + 1
    };
    let outlet = outlets::is_outlet(words, from, to, lexicon) && (named || told);
    (to > at + 1 && ((heard && named) || outlet)).then_some((at + 1, to))
}
