//! Whatever is done to an article, an anchor that claims to stand somewhere stands there.
//!
//! What is held is said anew here, by UTF-16 code units as clients count them, not by what it is held against.
use super::edits::{Texts, edit, texts, words};
use super::*;
use proptest::sample::Index;

/// As clients see it.
fn utf16(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

fn stands(texts: &[(Spot, Vec<u16>)], spot: Spot, start: u32, end: u32, exact: &str) -> bool {
    let text = texts.iter().find(|(at, _)| *at == spot);
    text.and_then(|(_, units)| units.get(start as usize..end as usize)) == Some(&utf16(exact)[..])
}

/// What surrounds a stretch: up to 32 units on either side, no pair of surrogates cut.
fn surroundings(units: &[u16], start: usize, end: usize) -> (String, String) {
    let is_second_half = |at: usize| {
        units
            .get(at)
            .is_some_and(|unit| (0xdc00..0xe000).contains(unit))
    };
    let mut from = start.saturating_sub(32);
    from += usize::from(is_second_half(from) && from < start);
    let mut to = (end + 32).min(units.len());
    to -= usize::from(is_second_half(to) && to > end);
    let text = |units: &[u16]| String::from_utf16(units).unwrap();
    (text(&units[from..start]), text(&units[end..to]))
}

/// Every place of some words: where, and what surrounds them.
fn places(texts: &[(Spot, Vec<u16>)], exact: &str) -> Vec<(Spot, u32, (String, String))> {
    let exact = utf16(exact);
    let mut places = Vec::new();
    for (spot, units) in texts {
        for start in 0..units.len() {
            if units[start..].starts_with(&exact) {
                places.push((
                    *spot,
                    start as u32,
                    surroundings(units, start, start + exact.len()),
                ));
            }
        }
    }
    places
}

/// Whether the rest of an anchor stands after its beginning, each piece after the one before; and each in one place only.
fn goes_on(texts: &[(Spot, Vec<u16>)], from: (Spot, u32), anchor: &Anchor) -> Option<bool> {
    let length = |text: &str| utf16(text).len() as u32;
    let mut after = (from.0, from.1 + length(&anchor.exact));
    let mut alone = true;
    for piece in anchor.continued.iter().flatten() {
        let there: Vec<(Spot, u32)> = places(texts, &piece.exact)
            .into_iter()
            .map(|(spot, start, _)| (spot, start))
            .filter(|place| place.0.place == AnchorPlace::Body && *place >= after)
            .collect();
        let (spot, start) = *there.first()?;
        alone &= there.len() == 1;
        after = (spot, start + length(&piece.exact));
    }
    Some(alone)
}

/// Holds what is claimed of an anchor that was found again, against the text and what it was before.
fn hold(texts: &mut Texts, old: &Anchor, new: &Anchor) -> Result<(), TestCaseError> {
    let texts: Vec<(Spot, Vec<u16>)> = texts
        .all()
        .into_iter()
        .map(|(spot, text)| (spot, utf16(text)))
        .collect();
    let words = |anchor: &Anchor| -> Vec<String> {
        let more = anchor
            .continued
            .iter()
            .flatten()
            .map(|piece| piece.exact.clone());
        std::iter::once(anchor.exact.clone()).chain(more).collect()
    };
    prop_assert_eq!(
        words(new),
        words(old),
        "an edit elsewhere changes no words of an anchor"
    );
    let places = places(&texts, &old.exact);
    let known = (old.prefix.clone(), old.suffix.clone());
    let alike: Vec<_> = places
        .iter()
        .filter(|(_, _, around)| *around == known)
        .collect();
    if new.state == AnchorState::Orphaned {
        let as_it_was = Anchor {
            state: AnchorState::Orphaned,
            ..old.clone()
        };
        prop_assert_eq!(new, &as_it_was, "it stays as it was last true");
        let whole = places
            .iter()
            .find(|(spot, start, _)| goes_on(&texts, (*spot, *start), old).is_some());
        prop_assert_eq!(whole, None, "it stands there");
        return Ok(());
    }
    prop_assert!(stands(&texts, new.spot(), new.start, new.end, &new.exact));
    let here = places
        .iter()
        .find(|(spot, start, _)| (*spot, *start) == (new.spot(), new.start));
    let around = here.map(|(_, _, around)| around.clone());
    prop_assert_eq!(
        around,
        Some((new.prefix.clone(), new.suffix.clone())),
        "surroundings are those of this text"
    );
    let is_known = places.len() == 1
        || matches!(alike[..], [(spot, start, _)] if (*spot, *start) == (new.spot(), new.start));
    let is_alone = goes_on(&texts, (new.spot(), new.start), old);
    prop_assert_eq!(
        new.state == AnchorState::Ok,
        is_known && is_alone == Some(true),
        "{} places, {} alike",
        places.len(),
        alike.len()
    );
    let mut after = (new.spot(), new.end);
    for piece in new.continued.iter().flatten() {
        let spot = Spot {
            place: AnchorPlace::Body,
            block: Some(piece.block),
            item: piece.item,
        };
        prop_assert!(
            stands(&texts, spot, piece.start, piece.end, &piece.exact),
            "{:?}",
            piece
        );
        prop_assert!(
            after <= (spot, piece.start),
            "pieces stand one after the other"
        );
        after = (spot, piece.end);
    }
    Ok(())
}

/// A stretch of one of the texts, with others after it where it lies in the body.
fn anchored(texts: &mut Texts, picks: &[(Index, Index, usize)]) -> Option<Anchor> {
    let mut stretches: Vec<(Spot, u32, u32, String)> = Vec::new();
    for (text, at, length) in picks {
        let all = texts.all();
        let (spot, text) = &all[text.index(all.len())];
        let letters: Vec<char> = text.chars().collect();
        if letters.is_empty() {
            continue;
        }
        let start = at.index(letters.len());
        let end = (start + length).min(letters.len());
        let count = |letters: &[char]| {
            letters
                .iter()
                .map(|letter| letter.len_utf16() as u32)
                .sum::<u32>()
        };
        let from = count(&letters[..start]);
        let exact: String = letters[start..end].iter().collect();
        stretches.push((*spot, from, from + count(&letters[start..end]), exact));
    }
    stretches.sort();
    let (spot, start, end, exact) = stretches.first()?.clone();
    let mut after = (spot, end);
    let mut pieces = Vec::new();
    for (at, from, to, exact) in stretches.into_iter().skip(1) {
        if spot.place == AnchorPlace::Body && at.place == AnchorPlace::Body && (at, from) >= after {
            after = (at, to);
            pieces.push(AnchorPiece {
                block: at.block?,
                item: at.item,
                start: from,
                end: to,
                exact,
            });
        }
    }
    let anchor = texts.view().verify(spot, start, end, &exact, Some(pieces));
    Some(anchor.unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn after_any_series_of_edits_what_claims_to_stand_somewhere_stands_there(
        texts in texts(),
        picks in prop::collection::vec((any::<Index>(), any::<Index>(), 1..25_usize), 1..4),
        edits in prop::collection::vec(prop::collection::vec(edit(), 1..3), 1..6),
    ) {
        let mut texts = texts;
        let Some(mut anchor) = anchored(&mut texts, &picks) else {
            return Ok(());
        };
        let first = anchor.clone();
        for revision in edits {
            revision.iter().for_each(|edit| texts.edit(edit));
            let again = texts.view().find_again(&anchor);
            hold(&mut texts, &anchor, &again)?;
            anchor = again;
        }
        // In one step from the first to the last, too.
        let again = texts.view().find_again(&first);
        hold(&mut texts, &first, &again)?;
    }

    #[test]
    fn a_quote_that_is_looked_for_is_found_where_it_stands_before_and_after_edits(
        texts in texts(),
        pick in (any::<Index>(), any::<Index>(), 1..25_usize),
        more in prop::option::of(words()),
        edits in prop::collection::vec(edit(), 1..6),
    ) {
        let mut texts = texts;
        let Some(anchor) = anchored(&mut texts, &[pick]) else {
            return Ok(());
        };
        let quote = match more {
            Some(more) => format!("{}{FRAGMENT_JOINT}{more}", anchor.exact),
            None => anchor.exact,
        };
        let Some(mut anchor) = texts.view().find(&quote, &[]) else {
            return Ok(());
        };
        for edit in edits {
            texts.edit(&edit);
            let again = texts.view().find_again(&anchor);
            hold(&mut texts, &anchor, &again)?;
            anchor = again;
        }
    }
}
