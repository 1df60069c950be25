//! Tests of anchors.
mod edits;
mod found_again;

use super::*;
use proptest::prelude::*;

fn paragraph(text: &str) -> Block {
    Block::Paragraph {
        text: text.to_owned(),
        marks: None,
    }
}

fn article(body: &[Block]) -> ArticleText<'_> {
    ArticleText {
        title: "قالت الوزيرة: نعم",
        summary: Some("A summary says yes."),
        body,
    }
}

#[test]
fn a_quote_is_found_in_the_body_before_the_title_and_the_summary() {
    let body = [paragraph("أما هي فقالت: نعم"), paragraph("نعم")];
    let text = article(&body);
    let first = text.find("نعم", &[]).unwrap();
    assert_eq!((first.block, first.start, first.end), (Some(0), 14, 17));
    assert_eq!(first.prefix, "أما هي فقالت: ");
    let second = text.find("نعم", std::slice::from_ref(&first)).unwrap();
    assert_eq!(second.block, Some(1));
    let third = text.find("نعم", &[first, second]).unwrap();
    assert_eq!(third.place, AnchorPlace::Title);
    assert_eq!(
        text.find("says yes", &[]).unwrap().place,
        AnchorPlace::Summary
    );
    assert_eq!(text.find("لا", &[]), None);
}

#[test]
fn fragments_become_one_anchor_that_continues() {
    let body = [
        paragraph("“We came,” she said, “and we saw.”"),
        paragraph("“We won.”"),
    ];
    let anchor = article(&body)
        .find("We came … and we saw … We won", &[])
        .unwrap();
    assert_eq!(anchor.exact, "We came");
    let pieces: Vec<(u32, &str)> = anchor
        .continued
        .as_ref()
        .unwrap()
        .iter()
        .map(|piece| (piece.block, piece.exact.as_str()))
        .collect();
    assert_eq!(pieces, [(0, "and we saw"), (1, "We won")]);
}

#[test]
fn an_anchor_must_stand_where_it_says() {
    let body = [paragraph("a 😀 said yes")];
    let text = article(&body);
    let spot = Spot {
        place: AnchorPlace::Body,
        block: Some(0),
        item: None,
    };
    assert!(text.verify(spot, 10, 13, "yes", None).is_ok());
    for (start, end, exact) in [
        (9, 12, "yes"),
        (3, 6, "x"),
        (10, 99, "yes"),
        (13, 10, "yes"),
        (10, 10, ""),
    ] {
        assert!(text.verify(spot, start, end, exact, None).is_err());
    }
    let nowhere = Spot {
        block: Some(9),
        ..spot
    };
    assert!(text.verify(nowhere, 0, 1, "a", None).is_err());
}

#[test]
fn after_an_edit_the_surroundings_tell_which_is_meant() {
    let before = [paragraph("First: yes, she said. Then: yes, he said.")];
    let anchor = article(&before)
        .verify(
            Spot {
                place: AnchorPlace::Body,
                block: Some(0),
                item: None,
            },
            28,
            31,
            "yes",
            None,
        )
        .unwrap();
    let twins = [paragraph("yes yes")];
    assert_eq!(
        article(&twins).find_again(&anchor).state,
        AnchorState::Moved
    );
    let gone = [paragraph("no")];
    let text = ArticleText {
        title: "",
        summary: None,
        body: &gone,
    };
    let lost = text.find_again(&anchor);
    assert_eq!((lost.state, lost.start), (AnchorState::Orphaned, 28));
    let back = ArticleText {
        title: "",
        summary: None,
        body: &before,
    }
    .find_again(&lost);
    assert_eq!((back.state, back.start), (AnchorState::Ok, 28));
}

proptest! {
    #[test]
    fn whatever_the_edit_a_found_anchor_slices_to_its_words(
        words in prop::collection::vec("[اأبت😀a-c]{1,3}", 1..12),
        edited in prop::collection::vec("[اأبت😀a-c]{1,3}", 1..12),
        at in any::<prop::sample::Index>(),
    ) {
        let body = [paragraph(&words.join(" "))];
        let quote = at.get(&words).clone();
        let anchor = article(&body).find(&quote, &[]).unwrap();
        let body = [paragraph(&edited.join(" ")), paragraph(&words.join("  "))];
        let text = article(&body[..usize::from(edited.len() % 2 == 0) + 1]);
        let again = text.find_again(&anchor);
        if again.state == AnchorState::Orphaned {
            prop_assert!(text.occurrences(&quote).next().is_none());
        } else {
            let verified = text.verify(again.spot(), again.start, again.end, &again.exact, None);
            let expected = Anchor { state: AnchorState::Ok, ..again };
            prop_assert_eq!(verified, Ok(expected));
        }
    }
}
