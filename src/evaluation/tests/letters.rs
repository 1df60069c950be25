//! What decides whether two statements, and two names, are the same.
use crate::evaluation::letters::Letters;
use crate::evaluation::names::same_speaker;
use crate::evaluation::records::Quote;
use crate::extraction::Kind;

/// Letters that the whole of a text covers.
fn covered(text: &str) -> usize {
    let chars: Vec<char> = text.chars().collect();
    Letters::of(&chars).cover(&[(0, chars.len())]).len()
}

#[test]
fn marks_blanks_and_vowel_signs_cover_nothing() {
    assert_eq!(covered("“It is 5 o'clock!”"), 11);
    assert_eq!(covered("سُعاد"), covered("سعاد"));
}

#[test]
fn a_complementiser_in_front_does_not_count() {
    for text in [
        "that it rained",
        "That it rained",
        "que it rained",
        "qu’it rained",
        "“that” it rained",
        "وأنّه it rained",
        "بأن it rained",
        "إنهما it rained",
    ] {
        assert_eq!(covered(text), 8, "{text}");
    }
}

#[test]
fn a_word_that_only_begins_like_a_complementiser_counts() {
    assert_eq!(covered("thatch burned"), 12);
    assert_eq!(covered("question one"), 11);
    assert_eq!(covered("أنباء one"), 8);
}

#[test]
fn a_complementiser_with_nothing_behind_it_counts() {
    assert_eq!(covered("that "), 4);
    assert_eq!(covered("أن"), 2);
}

#[test]
fn spans_that_overlap_count_once() {
    let chars: Vec<char> = "rain and snow".chars().collect();
    let letters = Letters::of(&chars);
    let cover = letters.cover(&[(5, 13), (0, 8), (20, 30)]);
    assert_eq!(cover.len(), 11);
    assert_eq!(cover.common(&letters.cover(&[(9, 13)])), 4);
}

#[test]
fn kinds_are_told_by_quotation_marks() {
    let kind = |text: &str, span| {
        let chars: Vec<char> = text.chars().collect();
        let letters = Letters::of(&chars);
        letters.kind(&letters.cover(&[span]))
    };
    assert_eq!(kind("“Rain,” she said.", (1, 5)), Kind::Direct);
    assert_eq!(kind("It was \"bad\" rain", (0, 17)), Kind::Mixed);
    assert_eq!(kind("It was bad rain", (0, 15)), Kind::Indirect);
    assert_eq!(
        kind("«مطر\" وثلج", (6, 10)),
        Kind::Indirect,
        "a slip closes"
    );
    assert_eq!(kind("“Rain\nsnow", (6, 10)), Kind::Indirect, "lines end it");
}

#[test]
fn names_are_the_same_where_one_has_all_words_of_the_other() {
    let quote = |name: &str| Quote {
        speaker: Some(name.to_owned()),
        ..Quote::default()
    };
    let same = |one: &str, other: &str| same_speaker(&quote(one), &quote(other));
    assert!(same("Mayor Olga Brandt", "BRANDT’s"));
    assert!(same("سُعاد المرعي", "سعــاد المرعى"));
    assert!(same("Strauß", "STRAUSS"));
    assert!(same("Jeanne Lemoël", "Lemoel"));
    assert!(!same("Olga Maria Brandt", "Olga Brandt"));
    assert!(!same("Olga", ""));
    assert!(same("", "—"), "nobody is nobody");
}
