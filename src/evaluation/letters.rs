//! Which letters and digits of a text a statement covers: quotation marks, stops and blanks never decide whether two agree.
use crate::extraction::Kind;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// The letters and digits of a text, counted in order.
pub struct Letters<'t> {
    chars: &'t [char],
    /// How many stand before each character, and before the end.
    before: Vec<usize>,
    /// How many of the first so many stand between quotation marks.
    quoted: Vec<usize>,
}

/// Letters and digits by their number in the text, in order and apart.
pub struct Cover(Vec<Range<usize>>);

impl<'t> Letters<'t> {
    /// Those of a text, given by its scalar values.
    pub fn of(chars: &'t [char]) -> Self {
        let (mut before, mut quoted) = (vec![0], vec![0]);
        let (mut letters, mut inside) = (0, 0);
        for (c, is_quoted) in chars.iter().zip(quotations(chars)) {
            if is_letter(*c) {
                letters += 1;
                inside += usize::from(is_quoted);
                quoted.push(inside);
            }
            before.push(letters);
        }
        Self {
            chars,
            before,
            quoted,
        }
    }

    /// Of some spans of the text, the first of them without its complementiser.
    pub fn cover(&self, spans: &[(usize, usize)]) -> Cover {
        let length = self.chars.len();
        let clip = |span: &(usize, usize)| (span.0.min(length), span.1.min(length));
        let mut spans: Vec<(usize, usize)> = spans
            .iter()
            .filter(|span| span.0 < span.1)
            .map(clip)
            .collect();
        spans.sort_unstable();
        if let Some(first) = spans.first_mut() {
            let slice = self.chars.get(first.0..first.1).unwrap_or_default();
            first.0 += complementiser(slice);
        }
        let number = |at: usize| self.before.get(at).copied().unwrap_or_default();
        Cover::united(
            spans
                .into_iter()
                .map(|(start, end)| number(start)..number(end)),
        )
    }

    /// How much of a cover stands between quotation marks.
    pub fn kind(&self, cover: &Cover) -> Kind {
        let inside = |at: usize| self.quoted.get(at).copied().unwrap_or_default();
        let ranges = cover.0.iter();
        let quoted: usize = ranges
            .map(|range| inside(range.end) - inside(range.start))
            .sum();
        match quoted {
            0 => Kind::Indirect,
            _ if quoted as f64 / cover.len() as f64 >= 0.98 => Kind::Direct,
            _ => Kind::Mixed,
        }
    }
}

impl Cover {
    /// What any of some ranges covers.
    pub fn united(ranges: impl Iterator<Item = Range<usize>>) -> Self {
        let mut ranges: Vec<Range<usize>> =
            ranges.filter(|range| range.start < range.end).collect();
        ranges.sort_unstable_by_key(|range| (range.start, range.end));
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match apart.last_mut().filter(|last| range.start <= last.end) {
                Some(last) => last.end = last.end.max(range.end),
                None => apart.push(range),
            }
        }
        Self(apart)
    }

    pub fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        self.0.iter().cloned()
    }

    pub fn len(&self) -> usize {
        self.0.iter().map(Range::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many are in both.
    pub fn common(&self, other: &Self) -> usize {
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = 0;
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            common += a.end.min(b.end).saturating_sub(a.start.max(b.start));
            if a.end < b.end {
                mine.next();
            } else {
                theirs.next();
            }
        }
        common
    }
}

/// A letter or digit, without the signs above and below that only count as letters with the one they belong to.
pub fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_combining_mark(c)
}

/// How long the word is that a content begins with and that corpora do not agree on: that, que, qu', أن and إن with what
/// is written on to them. None if it is all there is.
fn complementiser(content: &[char]) -> usize {
    let is_part = |c: &char| is_letter(*c) || *c == '_';
    let Some(start) = content.iter().position(is_part) else {
        return 0;
    };
    let word: String = content
        .iter()
        .skip(start)
        .take_while(|c| !c.is_whitespace())
        .take(LONGEST)
        .collect();
    let length = latin(&word).or_else(|| arabic(&word)).unwrap_or_default();
    let ends = start + length;
    let rest = content.get(ends..).unwrap_or_default();
    match length > 0 && !rest.iter().all(|c| c.is_whitespace()) {
        true => ends,
        false => 0,
    }
}

/// More than any complementiser has.
const LONGEST: usize = 12;

fn latin(word: &str) -> Option<usize> {
    let lower = word.to_lowercase();
    if lower.starts_with("qu'") || lower.starts_with("qu’") {
        return Some(3);
    }
    ["that", "que"].into_iter().find_map(|whole| {
        let rest = lower.strip_prefix(whole)?;
        let goes_on = rest.starts_with(|c| is_letter(c) || c == '_');
        (!goes_on).then(|| whole.chars().count())
    })
}

fn arabic(word: &str) -> Option<usize> {
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    let bare = bare.strip_prefix(['ب', 'ل', 'ك']).unwrap_or(bare);
    let rest = bare.strip_prefix(['أ', 'إ', 'ا'])?.strip_prefix('ن')?;
    let rest = rest.strip_prefix('\u{651}').unwrap_or(rest);
    let pronouns = ["", "ه", "ها", "هم", "هما", "هن", "ي", "نا", "ني", "ك", "كم"];
    pronouns.contains(&rest).then(|| word.chars().count())
}

/// For each character, whether it stands between quotation marks or is one. A mark left open runs to the paragraph's end;
/// a closing mark may open; « that no » closes is closed by ".
fn quotations(chars: &[char]) -> Vec<bool> {
    let mut mask = vec![false; chars.len()];
    let mut paragraph = 0;
    for line in chars.split(|c| *c == '\n') {
        let mut at = 0;
        while let Some(mark) = line.get(at) {
            if !matches!(mark, '"' | '“' | '”' | '«' | '„') {
                at += 1;
                continue;
            }
            let end = closing(line, at, *mark).unwrap_or(line.len() - 1);
            if let Some(inside) = mask.get_mut(paragraph + at..=paragraph + end) {
                inside.fill(true);
            }
            at = end + 1;
        }
        paragraph += line.len() + 1;
    }
    mask
}

fn closing(line: &[char], at: usize, mark: char) -> Option<usize> {
    let find = |marks: &[char], until: usize| {
        let between = line.get(at + 1..until)?;
        let found = between.iter().position(|c| marks.contains(c))?;
        Some(at + 1 + found)
    };
    match mark {
        '«' => {
            let next = find(&['«'], line.len()).unwrap_or(line.len());
            find(&['»'], next).or_else(|| find(&['"'], next))
        }
        '„' => find(&['“', '”', '"'], line.len()),
        _ => find(&['”', '"'], line.len()),
    }
}
