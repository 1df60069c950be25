//! Where a text is quoted: ranges between quotation marks, as newsrooms really type them.
//!
//! A mark opens unless one is open in its paragraph, whatever its shape, so that a closing mark may open. `«` is closed by `»`, or by a
//! straight mark when no `»` follows; any other by `”` or `"`. What stays open runs to the end of its paragraph, and on
//! into the next ones as far as those continue it. A title is a text of its own: nothing runs on from it.
use super::proposals::Span;
use super::singles;
use super::structure::{Block, Part};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub outer: Span,
    /// Without.
    pub inner: Span,
    pub closed: bool,
    /// Goes on with the quotation before it, from an earlier paragraph.
    pub continues: bool,
}

/// How many paragraphs a quotation that nobody closes may run on.
const PARAGRAPHS: usize = 8;

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    /// `«`
    Guillemet,
    /// `»`
    GuillemetEnd,
    /// `“`, `„` and two back quotes
    Open,
    /// `”`
    Close,
    /// `"` and two apostrophes
    Straight,
}

#[derive(Clone, Copy)]
struct Mark {
    at: usize,
    end: usize,
    shape: Shape,
}

fn marks(text: &str, paragraph: Span) -> Vec<Mark> {
    let within = text.get(paragraph.start..paragraph.end).unwrap_or_default();
    let mut marks = Vec::new();
    let mut skip = 0;
    for (at, c) in within.char_indices() {
        let rest = || within.get(at..).unwrap_or_default();
        let (shape, length) = match c {
            '«' => (Shape::Guillemet, c.len_utf8()),
            '»' => (Shape::GuillemetEnd, c.len_utf8()),
            '“' | '„' | '‟' => (Shape::Open, c.len_utf8()),
            '”' => (Shape::Close, c.len_utf8()),
            '"' | '＂' => (Shape::Straight, c.len_utf8()),
            '\'' if rest().starts_with("''") => (Shape::Straight, 2),
            '`' if rest().starts_with("``") => (Shape::Open, 2),
            _ => continue,
        };
        if at < skip {
            continue;
        }
        skip = at + length;
        marks.push(Mark {
            at: paragraph.start + at,
            end: paragraph.start + at + length,
            shape,
        });
    }
    marks
}

/// The quotations of a text, in order; none overlaps another.
pub fn find(text: &str, blocks: &[Block]) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut open = 0;
    for block in blocks {
        let paragraph = &block.span;
        let marks = marks(text, *paragraph);
        let mut rest = marks.as_slice();
        if open > 0 && open <= PARAGRAPHS {
            let starts = opens(text, *paragraph, rest);
            match rest.iter().position(|mark| {
                matches!(
                    mark.shape,
                    Shape::Close | Shape::GuillemetEnd | Shape::Straight
                )
            }) {
                _ if starts => {}
                Some(closing)
                    if rest
                        .iter()
                        .take(closing)
                        .all(|mark| !matches!(mark.shape, Shape::Open | Shape::Guillemet)) =>
                {
                    if let Some(mark) = rest.get(closing) {
                        found.push(Quotation {
                            outer: Span::new(paragraph.start, mark.end),
                            inner: Span::new(paragraph.start, mark.at),
                            closed: true,
                            continues: true,
                        });
                    }
                    rest = rest.get(closing + 1..).unwrap_or_default();
                    open = 0;
                }
                None if rest.is_empty() => {
                    found.push(Quotation {
                        outer: *paragraph,
                        inner: *paragraph,
                        closed: false,
                        continues: true,
                    });
                    open += 1;
                    continue;
                }
                _ => open = 0,
            }
        }
        let was_open = open > 0 && open <= PARAGRAPHS;
        let before = found.len();
        let still = of_paragraph(text, *paragraph, rest, &mut found);
        if was_open
            && let Some(first) = found.get_mut(before)
            && first.outer.start <= paragraph.start + 4
        {
            first.continues = true;
        }
        let runs_on = still && block.part != Part::Title;
        open = if runs_on { open + 1 } else { 0 };
        singles::add(text, *paragraph, &mut found);
    }
    // Quotations without an end that nothing goes on with end where their paragraph does; nothing to do for them.
    found
}

/// Whether a paragraph begins with a mark that opens.
fn opens(text: &str, paragraph: Span, marks: &[Mark]) -> bool {
    marks.first().is_some_and(|mark| {
        mark.shape != Shape::GuillemetEnd
            && text
                .get(paragraph.start..mark.at)
                .is_some_and(|lead| lead.trim().is_empty())
    })
}

/// Adds those of one paragraph; whether its last one stays open. Each search ends where the next one starts.
fn of_paragraph(text: &str, paragraph: Span, marks: &[Mark], found: &mut Vec<Quotation>) -> bool {
    let mut rest = marks;
    while let Some((opening, after)) = rest.split_first() {
        if opening.shape == Shape::GuillemetEnd {
            rest = after;
            continue;
        }
        let closing = match opening.shape {
            Shape::Guillemet => guillemet_end(after),
            Shape::Open => after
                .iter()
                .position(|mark| matches!(mark.shape, Shape::Close | Shape::Straight | Shape::Open))
                .filter(|at| after.get(*at).is_some_and(|mark| mark.shape != Shape::Open)),
            // Where both marks are typed the wrong way round, ”…“, the one that opens elsewhere closes.
            _ => after.iter().position(|mark| {
                let reversed = opening.shape == Shape::Close
                    && mark.shape == Shape::Open
                    && text.get(..mark.at).is_some_and(ends_a_word);
                reversed || matches!(mark.shape, Shape::Close | Shape::Straight)
            }),
        };
        let next_open = (opening.shape == Shape::Open && closing.is_none())
            .then(|| after.iter().position(|mark| mark.shape == Shape::Open))
            .flatten();
        match (
            closing.and_then(|at| after.get(at).map(|mark| (at, mark))),
            next_open,
        ) {
            (Some((at, mark)), _) => {
                found.push(Quotation {
                    outer: Span::new(opening.at, mark.end),
                    inner: Span::new(opening.end, mark.at),
                    closed: true,
                    continues: false,
                });
                rest = after.get(at + 1..).unwrap_or_default();
            }
            (None, Some(at)) => {
                let end = after.get(at).map_or(paragraph.end, |mark| mark.at);
                found.push(Quotation {
                    outer: Span::new(opening.at, end),
                    inner: Span::new(opening.end, end),
                    closed: true,
                    continues: false,
                });
                rest = after.get(at..).unwrap_or_default();
            }
            (None, None)
                if opening.shape == Shape::Guillemet
                    && after.iter().any(|mark| mark.shape == Shape::Guillemet) =>
            {
                rest = after;
            }
            (None, None) => {
                found.push(Quotation {
                    outer: Span::new(opening.at, paragraph.end),
                    inner: Span::new(opening.end, paragraph.end),
                    closed: false,
                    continues: false,
                });
                return true;
            }
        }
    }
    false
}

fn ends_a_word(before: &str) -> bool {
    before.ends_with(|c: char| !c.is_whitespace())
}

/// `»` before the next `«`; without one, the straight mark that stands before it.
fn guillemet_end(after: &[Mark]) -> Option<usize> {
    let bound = after
        .iter()
        .position(|mark| matches!(mark.shape, Shape::Guillemet | Shape::GuillemetEnd))
        .unwrap_or(after.len());
    if after
        .get(bound)
        .is_some_and(|mark| mark.shape == Shape::GuillemetEnd)
    {
        return Some(bound);
    }
    after
        .iter()
        .take(bound)
        .position(|mark| matches!(mark.shape, Shape::Straight | Shape::Close))
}

#[cfg(test)]
mod tests {
    use super::{Block, Part, Span, find};

    /// What stands in the quotations of a text whose lines are its paragraphs.
    fn quoted(text: &str) -> Vec<&str> {
        quoted_below(Part::Paragraph, text)
    }

    /// The same, of a text that opens with such a line.
    fn quoted_below(first: Part, text: &str) -> Vec<&str> {
        let mut at = 0;
        let blocks: Vec<Block> = text
            .split('\n')
            .map(|line| {
                let start = at;
                at += line.len() + 1;
                Block {
                    span: Span::new(start, at - 1),
                    part: if start == 0 { first } else { Part::Paragraph },
                }
            })
            .collect();
        find(text, &blocks)
            .iter()
            .map(|quotation| &text[quotation.inner.start..quotation.inner.end])
            .collect()
    }

    #[test]
    fn any_mark_opens_when_none_is_open() {
        assert_eq!(
            quoted("“a b” «c d» \"e f\" ”g h” ''i j''"),
            ["a b", "c d", "e f", "g h", "i j"]
        );
    }

    #[test]
    fn marks_the_wrong_way_round_quote_too() {
        assert_eq!(quoted("و”a b“ c، ”d e“ f"), ["a b", "d e"]);
        assert_eq!(quoted("”a b” c “d e”"), ["a b", "d e"]);
    }

    #[test]
    fn a_guillemet_is_closed_by_a_straight_mark_when_no_other_follows() {
        assert_eq!(quoted("«a b\" c «d e» f"), ["a b", "d e"]);
    }

    #[test]
    fn other_marks_may_stand_inside_guillemets() {
        assert_eq!(quoted("«a “b” c» d"), ["a “b” c"]);
    }

    #[test]
    fn a_mark_that_nothing_closes_runs_to_the_end_of_its_paragraph() {
        assert_eq!(quoted("x “a b\n“c d” e"), ["a b", "c d"]);
    }

    #[test]
    fn a_quotation_runs_over_paragraphs_until_its_mark() {
        assert_eq!(quoted("x «a b\nc d\ne f» g"), ["a b", "c d", "e f"]);
    }

    #[test]
    fn nothing_runs_on_from_a_title() {
        assert_eq!(
            quoted_below(Part::Title, "x “a b\nc d\ne” f"),
            ["a b", " f"]
        );
    }
}
