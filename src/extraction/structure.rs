//! What stands where in an article: its title, headings and paragraphs, without what belongs to the page.
use super::furniture::Furniture;
use super::proposals::Span;
use serde::Serialize;

/// What a line of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    Title,
    Heading,
    Paragraph,
}

/// A line of a text, without the blanks at its ends.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Block {
    pub span: Span,
    pub part: Part,
}

/// A line that is longer is no heading.
const HEADING_WORDS: usize = 14;
/// A dateline has no more characters before its dash, and no more words.
const DATELINE: usize = 70;
const DATELINE_WORDS: usize = 9;

/// The blocks of a text, one a line; and what of it belongs to the page: furniture, bylines, the dateline. `titled` where the
/// first line is the title, whatever it looks like.
pub fn blocks(text: &str, titled: bool) -> (Vec<Block>, Vec<String>) {
    let (mut lines, mut starts, mut at) = (Vec::new(), Vec::new(), 0);
    for line in text.split('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            starts.push(at + line.len() - line.trim_start().len());
            lines.push(trimmed);
        }
        at += line.len() + 1;
    }
    let furniture = Furniture::of(&lines);
    let (mut blocks, mut left_out): (Vec<Block>, Vec<String>) = (Vec::new(), Vec::new());
    let mut opened = false;
    for (number, (line, start)) in lines.iter().zip(starts).enumerate() {
        let is_title = titled && number == 0;
        if furniture.is(number) && !is_title {
            left_out.push((*line).to_owned());
            continue;
        }
        let mut span = Span::new(start, start + line.len());
        let part = match is_title {
            true => Part::Title,
            false => part(line, blocks.is_empty(), number + 1 == lines.len()),
        };
        if part == Part::Paragraph && !opened {
            opened = true;
            if let Some(length) = dateline(line) {
                let (before, after) = line.split_at(length);
                left_out.push(before.trim().to_owned());
                span.start = span.end - after.trim_start().len();
            }
        }
        blocks.push(Block { span, part });
    }
    (blocks, left_out)
}

/// Short lines without a stop are headings, and the first one of them the title, which may be a question.
fn part(line: &str, first: bool, last: bool) -> Part {
    let short = || line.split_whitespace().take(HEADING_WORDS + 1).count() <= HEADING_WORDS;
    let ends = line.ends_with(['.', '!', '?', '؟', '"', '”', '»', '…', ':', '،', ',', '\'']);
    let asks = first && !last && line.ends_with(['!', '?', '؟']);
    match ((!ends || asks) && short(), first) {
        (true, true) => Part::Title,
        (true, false) => Part::Heading,
        _ => Part::Paragraph,
    }
}

/// The length of `PLACE, date (AGENCY) —` at the start of a line: with an agency in brackets, a place in capitals, or, in
/// Arabic, one or two words.
fn dateline(line: &str) -> Option<usize> {
    let marks = |(_, c): &(usize, char)| matches!(c, '—' | '–' | '-' | ':');
    let (at, mark, place) = line
        .char_indices()
        .take(DATELINE)
        .filter(marks)
        .map(|(at, mark)| (at, mark, line.get(..at).unwrap_or_default()))
        .find(|(_, mark, place)| place.ends_with([' ', ')', '\u{a0}']) || *mark == '—')?;
    let (place, end) = (place.trim(), at + mark.len_utf8());
    let quoted = place.contains(['«', '“', '”', '"', '»']);
    let words = place.split_whitespace().count();
    let agency = place.ends_with(')') && place.contains('(') && !place.starts_with('(');
    let town = place.split([',', '(']).next().unwrap_or_default();
    let capitals =
        town.chars().filter(|c| c.is_uppercase()).count() > 1 && !town.contains(char::is_lowercase);
    let plain = |c: char| ('\u{620}'..='\u{64a}').contains(&c) || c == ' ';
    let bare = words <= 2 && place.chars().all(plain);
    let told = agency || (mark != ':' && (capitals || bare));
    let goes_on = line.get(end..).is_some_and(|rest| !rest.trim().is_empty());
    (told && goes_on && !quoted && (1..=DATELINE_WORDS).contains(&words)).then_some(end)
}
