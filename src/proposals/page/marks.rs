//! Where the statements' words stand in the texts of an article, and each text cut where one begins or ends.
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::articles::types::Block;
use crate::articles::write_shape::NewArticle;
use crate::statements::types::AnchorPlace;
use crate::statements::write_shape::NewAnchor;

/// The words of a statement within one text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Which statement of the article, from 0.
    pub statement: usize,
    pub start: usize,
    pub end: usize,
}

/// The same as its anchor has it, in UTF-16 code units.
struct Stretch {
    statement: usize,
    start: u32,
    end: u32,
}

/// A stretch of text that the same statements share.
#[derive(Debug, PartialEq, Eq)]
pub struct Run<'t> {
    /// Statements whose words begin here, marks of quotation aside.
    pub begins: Vec<usize>,
    pub text: &'t str,
    /// The statements whose words these are, the outermost first.
    pub of: Vec<usize>,
}

/// A text of the article, and what of the statements stands in it.
pub struct Marked<'a> {
    /// The block; None for the headline.
    pub block: Option<&'a Block>,
    pub text: &'a str,
    pub pieces: Vec<Piece>,
    /// Statements of which the first words stand here.
    pub home_of: Vec<usize>,
}

/// The headline and the blocks that are text, with the words of the statements.
pub fn texts(article: &NewArticle) -> Vec<Marked<'_>> {
    let blocks = article.body.iter().flatten();
    let headline = [(None, article.title.as_deref().unwrap_or_default())];
    let texts = headline
        .into_iter()
        .chain(blocks.map(|block| (Some(block), block.text().unwrap_or_default())));
    let mut stretches: HashMap<usize, Vec<Stretch>> = HashMap::new();
    for (statement, new) in article.statements.iter().flatten().enumerate() {
        for (text, start, end) in new.anchor.iter().flat_map(places) {
            let found = Stretch {
                statement,
                start,
                end,
            };
            stretches.entry(text).or_default().push(found);
        }
    }
    let mut housed = HashSet::new();
    texts
        .enumerate()
        .map(|(at, (block, text))| {
            let pieces = in_bytes(text, &stretches.remove(&at).unwrap_or_default());
            let statements = pieces.iter().map(|piece| piece.statement);
            Marked {
                block,
                text,
                home_of: statements.filter(|one| housed.insert(*one)).collect(),
                pieces,
            }
        })
        .collect()
}

/// The texts that an anchor names, 0 being the headline and blocks counting on from it, with its offsets there.
fn places(anchor: &NewAnchor) -> Vec<(usize, u32, u32)> {
    let of_block = |block: u32| usize::try_from(block).ok()?.checked_add(1);
    let first = match anchor.place {
        Some(AnchorPlace::Title) => Some(0),
        Some(AnchorPlace::Summary) => None,
        Some(AnchorPlace::Body) | None => anchor.block.and_then(of_block),
    };
    let first = first.zip(anchor.start.zip(anchor.end));
    let first = first.map(|(text, (start, end))| (text, start, end));
    let continued = anchor.continued.iter().flatten();
    let rest = continued.filter_map(|piece| Some((of_block(piece.block)?, piece.start, piece.end)));
    first.into_iter().chain(rest).collect()
}

/// The stretches that are some of the text, in one walk over it.
fn in_bytes(text: &str, stretches: &[Stretch]) -> Vec<Piece> {
    let ends = stretches.iter().flat_map(|one| [one.start, one.end]);
    let wanted: HashSet<u32> = ends.collect();
    let mut bytes: HashMap<u32, usize> = HashMap::new();
    let mut units = 0;
    for (byte, character) in text.char_indices().chain([(text.len(), '\0')]) {
        if wanted.contains(&units) {
            bytes.insert(units, byte);
        }
        units += if character.len_utf16() == 2 { 2 } else { 1 };
    }
    let pieces = stretches.iter().filter_map(|one| {
        Some(Piece {
            statement: one.statement,
            start: *bytes.get(&one.start)?,
            end: *bytes.get(&one.end)?,
        })
    });
    pieces.filter(|piece| piece.start < piece.end).collect()
}

/// The text in runs, which joined are the text.
pub fn runs<'t>(text: &'t str, pieces: &[Piece]) -> Vec<Run<'t>> {
    let mut begins: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for piece in pieces {
        let before = before_its_marks(text, piece.start);
        begins.entry(before).or_default().push(piece.statement);
    }
    let ends = pieces.iter().flat_map(|piece| [piece.start, piece.end]);
    let cuts: BTreeSet<usize> = ends
        .chain(begins.keys().copied())
        .chain([0, text.len()])
        .collect();
    let mut coming: Vec<&Piece> = pieces.iter().collect();
    coming.sort_by_key(|piece| (piece.start, Reverse(piece.end)));
    let mut coming = coming.into_iter().peekable();
    let mut open: Vec<&Piece> = Vec::new();
    let stretches = cuts.iter().zip(cuts.iter().skip(1));
    stretches
        .filter_map(|(&start, &end)| {
            open.retain(|piece| piece.end > start);
            while let Some(piece) = coming.next_if(|piece| piece.start <= start) {
                open.push(piece);
            }
            Some(Run {
                begins: begins.remove(&start).unwrap_or_default(),
                text: text.get(start..end)?,
                of: open.iter().map(|piece| piece.statement).collect(),
            })
        })
        .collect()
}

/// Where the marks of quotation begin that stand right before some words.
fn before_its_marks(text: &str, start: usize) -> usize {
    const MARKS: &[char] = &['«', '»', '‹', '“', '”', '„', '"', '‘', '’', '\'', '`'];
    let head = text.get(..start).unwrap_or_default();
    // French has a space behind its marks that does not break.
    let spaced = head.trim_end_matches(['\u{A0}', '\u{202F}']);
    let bare = spaced.trim_end_matches(MARKS);
    match bare.len() == spaced.len() {
        true => start,
        false => bare.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::utf16_slice;
    use proptest::prelude::*;

    #[test]
    fn a_number_stands_before_the_marks_that_open_its_words() {
        for (text, words, before) in [
            ("قال: “نعم”", "نعم", "قال: "),
            ("و”كان من الواضح”", "كان", "و"),
            ("Il dit : «\u{A0}Oui\u{A0}»", "Oui", "Il dit : "),
            ("He said “‘so’ it is”", "so", "He said "),
            ("so it is", "so", ""),
            ("that it is", "it", "that "),
            ("deux\u{A0}mots", "mots", "deux\u{A0}"),
        ] {
            let start = before_its_marks(text, text.find(words).unwrap());
            assert_eq!(&text[..start], before, "{text}");
        }
    }

    proptest! {
        #[test]
        fn runs_joined_are_the_text_and_those_of_a_statement_its_words(
            text in "[aق𐤀 “”]{0,30}",
            ends in prop::collection::vec((0_u32..50, 0_u32..50), 0..6),
        ) {
            let stretches = ends.iter().enumerate();
            let stretches: Vec<Stretch> = stretches
                .map(|(statement, &(start, end))| Stretch { statement, start, end })
                .collect();
            let pieces = in_bytes(&text, &stretches);
            let found = runs(&text, &pieces);
            let joined: String = found.iter().map(|run| run.text).collect();
            prop_assert_eq!(&joined, &text);
            for (statement, &(start, end)) in ends.iter().enumerate() {
                let of_it = found.iter().filter(|run| run.of.contains(&statement));
                let words: String = of_it.map(|run| run.text).collect();
                let expected = utf16_slice(&text, start as usize, end as usize);
                prop_assert_eq!(words, expected.unwrap_or_default());
                let begins = found.iter().filter(|run| run.begins.contains(&statement)).count();
                prop_assert_eq!(begins, usize::from(expected.is_some_and(|words| !words.is_empty())));
            }
        }
    }
}
