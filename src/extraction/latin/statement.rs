//! A statement as it is found in its sentence, before it is a draft.
use crate::extraction::proposals::{Rule, Span};

pub struct Statement {
    pub speaker: Span,
    /// The words of the cue: its first, and the one behind it.
    pub cue: (usize, usize),
    pub spans: Vec<Span>,
    pub rule: Rule,
    pub implicit: bool,
    /// Who carried it, outermost first.
    pub via: Vec<Span>,
    /// The word where reading goes on.
    pub resume: usize,
}

impl Statement {
    pub fn whole(&self) -> Span {
        let start = self.spans.first().map_or(0, |span| span.start);
        Span::new(start, self.spans.last().map_or(start, |span| span.end))
    }
}
