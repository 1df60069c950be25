//! Where words stand in an article: checking an anchor, finding a quote, and finding an anchor again after an edit.
//!
//! After the Web Annotation Data Model's text quote and text position selectors (W3C, 2017): a position is quick, the
//! words with their surroundings survive an edit. Offsets are UTF-16 code units.
use std::ops::Range;

use super::types::{Anchor, AnchorPiece, AnchorPlace, AnchorState};
use crate::articles::types::Block;
use crate::domain::text;

/// How much of the surrounding text an anchor keeps, in UTF-16 code units.
pub const CONTEXT: usize = 32;

/// What joins the fragments of a quote.
pub const FRAGMENT_JOINT: &str = " … ";

/// The texts of an article that an anchor can point into.
#[derive(Debug, Clone, Copy)]
pub struct ArticleText<'a> {
    pub title: &'a str,
    pub summary: Option<&'a str>,
    pub body: &'a [Block],
}

/// One of those texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    pub place: AnchorPlace,
    pub block: Option<u32>,
    pub item: Option<u32>,
}

/// A stretch of one text, as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found<'a> {
    spot: Spot,
    text: &'a str,
    bytes: Range<usize>,
}

impl Anchor {
    pub fn spot(&self) -> Spot {
        Spot {
            place: self.place,
            block: self.block,
            item: self.item,
        }
    }

    /// What puts anchors in text order.
    pub fn order(&self) -> (Spot, u32, u32) {
        (self.spot(), self.start, self.end)
    }
}

impl<'a> ArticleText<'a> {
    /// The text at a spot; None where there is none.
    pub fn at(&self, spot: Spot) -> Option<&'a str> {
        match (spot.place, spot.block, spot.item) {
            (AnchorPlace::Title, None, None) => Some(self.title),
            (AnchorPlace::Summary, None, None) => self.summary,
            (AnchorPlace::Body, Some(block), item) => {
                match (self.body.get(usize::try_from(block).ok()?)?, item) {
                    (Block::List { items, .. }, Some(item)) => {
                        items.get(usize::try_from(item).ok()?).map(String::as_str)
                    }
                    (block, None) => block.text(),
                    (_, Some(_)) => None,
                }
            }
            _ => None,
        }
    }

    /// Every text, in the order in which a quote is looked for: the body, then the title, then the summary.
    fn spots(&self) -> impl Iterator<Item = (Spot, &'a str)> {
        let body = self.body.iter().enumerate().flat_map(|(at, block)| {
            let block_at = u32::try_from(at).ok();
            let items: &[String] = match block {
                Block::List { items, .. } => items,
                _ => &[],
            };
            let spot = move |item| Spot {
                place: AnchorPlace::Body,
                block: block_at,
                item,
            };
            let whole = block.text().map(|text| (spot(None), text));
            let listed = items
                .iter()
                .enumerate()
                .map(move |(at, item)| (spot(u32::try_from(at).ok()), item.as_str()));
            whole.into_iter().chain(listed)
        });
        let outside = |place| Spot {
            place,
            block: None,
            item: None,
        };
        body.chain([(outside(AnchorPlace::Title), self.title)])
            .chain(
                self.summary
                    .map(|summary| (outside(AnchorPlace::Summary), summary)),
            )
    }

    /// Every place where `exact` stands, overlapping ones included.
    fn occurrences<'e>(&self, exact: &'e str) -> impl Iterator<Item = Found<'a>> + use<'a, 'e> {
        // The search goes on one character later, not one match later.
        let step = exact.chars().next().map_or(1, char::len_utf8);
        let spots: Vec<(Spot, &'a str)> = if exact.is_empty() {
            Vec::new()
        } else {
            self.spots().collect()
        };
        spots.into_iter().flat_map(move |(spot, text)| {
            let mut from = 0;
            std::iter::from_fn(move || {
                let start = from + text.get(from..)?.find(exact)?;
                from = start + step;
                Some(Found {
                    spot,
                    text,
                    bytes: start..start + exact.len(),
                })
            })
        })
    }

    /// The anchor for words that stand at these offsets; or why they do not.
    pub fn verify(
        &self,
        spot: Spot,
        start: u32,
        end: u32,
        exact: &str,
        continued: Option<Vec<AnchorPiece>>,
    ) -> Result<Anchor, String> {
        let found = self.slice(spot, start, end, exact)?;
        for piece in continued.iter().flatten() {
            let spot = Spot {
                place: AnchorPlace::Body,
                block: Some(piece.block),
                item: piece.item,
            };
            self.slice(spot, piece.start, piece.end, &piece.exact)?;
        }
        let mut anchor = found.to_anchor();
        anchor.continued = continued.filter(|pieces| !pieces.is_empty());
        Ok(anchor)
    }

    fn slice(&self, spot: Spot, start: u32, end: u32, exact: &str) -> Result<Found<'a>, String> {
        let text = self
            .at(spot)
            .ok_or_else(|| "points at no text of the article".to_owned())?;
        let byte = |units: u32| text::byte_at(text, usize::try_from(units).ok()?);
        let bytes = byte(start)
            .zip(byte(end))
            .map(|(start, end)| start..end)
            .filter(|bytes| bytes.start < bytes.end);
        let Some((bytes, slice)) = bytes.and_then(|bytes| Some((bytes.clone(), text.get(bytes)?)))
        else {
            return Err(format!(
                "{start} to {end} is no stretch of that text, which has {} UTF-16 code units",
                text::utf16_length(text)
            ));
        };
        if slice == exact {
            Ok(Found { spot, text, bytes })
        } else {
            Err(format!("there stands `{slice}`, which is not its `exact`"))
        }
    }

    /// Looks for a quote that nobody anchored: whole, or its fragments one after the other in the body.
    pub fn find(&self, quote: &str, taken: &[Anchor]) -> Option<Anchor> {
        let free = |anchor: &Anchor| !taken.iter().any(|other| other.order() == anchor.order());
        let whole = self
            .occurrences(quote)
            .map(|found| found.to_anchor())
            .find(free);
        whole.or_else(|| self.find_fragments(quote).filter(free))
    }

    fn find_fragments(&self, quote: &str) -> Option<Anchor> {
        let mut fragments = quote.split(FRAGMENT_JOINT);
        let first = fragments.next()?;
        let mut rest = fragments.peekable();
        rest.peek()?;
        let first = self
            .occurrences(first)
            .find(|found| found.spot.place == AnchorPlace::Body)?;
        let (pieces, _) = self.follow(&first, rest)?;
        let mut anchor = first.to_anchor();
        anchor.continued = Some(pieces);
        Some(anchor)
    }

    /// Finds each of `texts` in the body, each after the one before; says whether each stands there but once.
    fn follow<'t>(
        &self,
        first: &Found<'_>,
        texts: impl Iterator<Item = &'t str>,
    ) -> Option<(Vec<AnchorPiece>, bool)> {
        let mut after = (first.spot, first.bytes.end);
        let mut pieces = Vec::new();
        let mut is_certain = true;
        for text in texts {
            let mut places = self
                .occurrences(text)
                .filter(|found| found.spot.place == AnchorPlace::Body)
                .filter(|found| (found.spot, found.bytes.start) >= after);
            let found = places.next()?;
            is_certain &= places.next().is_none();
            after = (found.spot, found.bytes.end);
            let anchor = found.to_anchor();
            pieces.push(AnchorPiece {
                block: anchor.block?,
                item: anchor.item,
                start: anchor.start,
                end: anchor.end,
                exact: anchor.exact,
            });
        }
        Some((pieces, is_certain))
    }

    /// Finds an anchor again after the text around it was edited.
    ///
    /// `ok`: its words stand once, or one place alone has its surroundings, and where it goes on is as sure. `moved`: several
    /// do; the nearest is taken.
    /// `orphaned`: none; the offsets stay as they were last true.
    pub fn find_again(&self, old: &Anchor) -> Anchor {
        let orphaned = || Anchor {
            state: AnchorState::Orphaned,
            ..old.clone()
        };
        let places: Vec<Found<'_>> = self.occurrences(&old.exact).collect();
        let alike: Vec<&Found<'_>> = places
            .iter()
            .filter(|found| found.prefix() == old.prefix && found.suffix() == old.suffix)
            .collect();
        let known = match alike.as_slice() {
            [only] => Some((*only).clone()),
            _ => None,
        };
        let is_sure = places.len() == 1 || known.is_some();
        let mut ranked = places;
        ranked.sort_by_key(|found| (known.as_ref() != Some(found), found.distance(old)));
        let texts = || {
            old.continued
                .iter()
                .flatten()
                .map(|piece| piece.exact.as_str())
        };
        for (rank, found) in ranked.iter().enumerate() {
            let Some((pieces, is_certain)) = self.follow(found, texts()) else {
                continue;
            };
            let state = match is_sure && is_certain && rank == 0 {
                true => AnchorState::Ok,
                false => AnchorState::Moved,
            };
            return Anchor {
                state,
                continued: Some(pieces).filter(|pieces| !pieces.is_empty()),
                ..found.to_anchor()
            };
        }
        orphaned()
    }
}

impl Found<'_> {
    fn prefix(&self) -> &str {
        text::before(self.text, self.bytes.start, CONTEXT)
    }

    fn suffix(&self) -> &str {
        text::after(self.text, self.bytes.end, CONTEXT)
    }

    fn start(&self) -> u32 {
        units(self.text.get(..self.bytes.start))
    }

    /// How far this place is from where the anchor stood: other texts are farther than any offset.
    fn distance(&self, old: &Anchor) -> (bool, u32, bool, u32) {
        (
            self.spot.place != old.place,
            self.spot
                .block
                .unwrap_or(0)
                .abs_diff(old.block.unwrap_or(0)),
            self.spot.item != old.item,
            self.start().abs_diff(old.start),
        )
    }

    fn to_anchor(&self) -> Anchor {
        let exact = self.text.get(self.bytes.clone());
        let start = self.start();
        Anchor {
            place: self.spot.place,
            block: self.spot.block,
            item: self.spot.item,
            start,
            end: start + units(exact),
            exact: exact.unwrap_or_default().to_owned(),
            prefix: self.prefix().to_owned(),
            suffix: self.suffix().to_owned(),
            state: AnchorState::Ok,
            continued: None,
        }
    }
}

/// Bounds on texts keep their lengths far below what fits.
fn units(text: Option<&str>) -> u32 {
    u32::try_from(text::utf16_length(text.unwrap_or_default())).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
