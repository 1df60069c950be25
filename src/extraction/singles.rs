//! Quotations between single marks, ‘…’ and '…', where they are clearly no apostrophes: British style.
use super::proposals::Span;
use super::quotations::Quotation;

/// Adds the singly quoted ranges of a paragraph to its other quotations; those within them are theirs.
pub fn add(text: &str, paragraph: Span, found: &mut Vec<Quotation>) {
    let within = text.get(paragraph.start..paragraph.end).unwrap_or_default();
    let first = found.partition_point(|quotation| quotation.outer.end <= paragraph.start);
    let mut singles: Vec<Quotation> = Vec::new();
    let (mut from, mut others) = (0, found.iter().skip(first).peekable());
    let mut unclosed = None;
    for (at, mark) in openings(within) {
        let (start, behind) = (paragraph.start + at, at + mark.len_utf8());
        if at < from || unclosed == Some(mark) {
            continue;
        }
        while others.peek().is_some_and(|other| other.outer.end <= start) {
            others.next();
        }
        let inside = others
            .peek()
            .is_some_and(|other| other.outer.start <= start);
        if inside {
            continue;
        }
        let Some((end, closed)) = end(within, behind, mark) else {
            unclosed = Some(mark);
            continue;
        };
        from = closed;
        let single = Quotation {
            outer: Span::new(start, paragraph.start + closed),
            inner: Span::new(paragraph.start + behind, paragraph.start + end),
            closed: true,
            continues: false,
        };
        let mut overlapping = others
            .clone()
            .take_while(|other| other.outer.start < single.outer.end);
        if overlapping.all(|other| single.outer.contains(other.outer)) {
            singles.push(single);
        }
    }
    if singles.is_empty() {
        return;
    }
    let mut kept = found.split_off(first);
    let mut around = singles.iter().peekable();
    kept.retain(|other| {
        while around
            .peek()
            .is_some_and(|single| single.outer.end <= other.outer.start)
        {
            around.next();
        }
        !around
            .peek()
            .is_some_and(|single| single.outer.contains(other.outer))
    });
    kept.append(&mut singles);
    kept.sort_by_key(|quotation| quotation.outer.start);
    found.append(&mut kept);
}

/// Marks that may open, in order.
fn openings(within: &str) -> Vec<(usize, char)> {
    let found = |mark: char| {
        let places = within.match_indices(mark).map(|(at, _)| at);
        places
            .filter(move |at| opens(within, *at, at + mark.len_utf8()))
            .map(move |at| (at, mark))
    };
    let mut openings: Vec<_> = found('‘').chain(found('\'')).collect();
    openings.sort_unstable();
    openings
}

/// Behind a blank, and before a letter or another mark.
fn opens(within: &str, at: usize, behind: usize) -> bool {
    let before = within.get(..at).and_then(|text| text.chars().next_back());
    let after = within.get(behind..).and_then(|text| text.chars().next());
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–'))
        && after.is_some_and(|c| c.is_alphabetic() || matches!(c, '“' | '"' | '…' | '['))
}

/// Where the mark that closes begins and ends: behind a stop, or before one; a curly one, behind any letter but s.
fn end(within: &str, from: usize, mark: char) -> Option<(usize, usize)> {
    let closing = if mark == '‘' { '’' } else { '\'' };
    let rest = within.get(from..)?;
    let closes = |at: usize| {
        let before = rest.get(..at).and_then(|text| text.chars().next_back());
        let after = rest
            .get(at + closing.len_utf8()..)
            .and_then(|text| text.chars().next());
        let stop = |c: char| matches!(c, ',' | '.' | '?' | '!' | '…' | ';' | ':' | ')' | '”' | '"');
        let ended = before.is_some_and(stop) && after.is_none_or(|c| !c.is_alphanumeric());
        let stopped = after.is_none_or(stop);
        let blank = after.is_some_and(char::is_whitespace)
            && mark == '‘'
            && before.is_some_and(|c| c != 's');
        ended || stopped || blank
    };
    let at = rest
        .match_indices(closing)
        .map(|(at, _)| at)
        .find(|at| closes(*at))?;
    Some((from + at, from + at + closing.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::{Span, add};

    fn quoted(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        add(text, Span::new(0, text.len()), &mut found);
        found
            .iter()
            .map(|quotation| &text[quotation.inner.start..quotation.inner.end])
            .collect()
    }

    #[test]
    fn single_marks_quote() {
        assert_eq!(
            quoted("‘It’s late,’ she said. 'We go.' He was ‘very sad’ then."),
            ["It’s late,", "We go.", "very sad"]
        );
    }

    #[test]
    fn apostrophes_do_not() {
        assert_eq!(
            quoted("The workers’ union and the boys' club of '68 don't sing rock 'n' roll."),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn a_plural_ends_no_quotation() {
        assert_eq!(
            quoted("‘The workers’ union is dead,’ he said."),
            ["The workers’ union is dead,"]
        );
    }
}
