//! Tests of the analyser as a whole: pairs of queries and documents, and properties that hold of any text.

use super::*;
use proptest::prelude::*;

fn tokens(text: &str, language: Language) -> Vec<(String, String, Range<usize>)> {
    let mut tokens = Vec::new();
    analyse(text, language, |token| {
        tokens.push((token.word.to_owned(), token.term.to_owned(), token.range));
    });
    tokens
}

fn matches(query: &Query, text: &str, language: Language) -> bool {
    let tokens = tokens(text, language);
    let fits = |group: &Group, (word, term, _): &(String, String, Range<usize>)| {
        group.terms.contains(term) || group.prefixes.iter().any(|prefix| word.starts_with(prefix))
    };
    let has = |clause: &Clause| {
        tokens.windows(clause.len()).any(|window| {
            clause
                .iter()
                .zip(window)
                .all(|(group, token)| fits(group, token))
        })
    };
    !query.is_empty() && query.must.iter().all(has) && !query.must_not.iter().any(has)
}

/// The pairs of a file that come out otherwise than they should.
fn wrong(pairs: &str, language: Language) -> Vec<String> {
    let fails = |line: &&str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let expected = columns[1] == "1";
        matches(&query(columns[2], false), columns[3], language) != expected
    };
    pairs
        .lines()
        .skip(1)
        .filter(fails)
        .map(str::to_owned)
        .collect()
}

#[test]
fn arabic_pairs() {
    let wrong = wrong(
        include_str!("../../../tests/pairs/ar_pairs.tsv"),
        Language::Other,
    );
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn english_pairs() {
    let wrong = wrong(
        include_str!("../../../tests/pairs/en.tsv"),
        Language::English,
    );
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn french_pairs() {
    let wrong = wrong(
        include_str!("../../../tests/pairs/fr.tsv"),
        Language::French,
    );
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn ranges_hold_the_whole_printed_word() {
    for (text, printed) in [
        ("قال «والمُحتجزين»،", vec!["قال", "والمُحتجزين"]),
        ("الـBBC", vec!["الـBBC"]),
        ("\u{2067}بيروت\u{2069} هـ", vec!["بيروت", "هـ"]),
        ("l’État d'Élysée", vec!["État", "Élysée"]),
        ("Biden's U.S. trip", vec!["Biden's", "U.S", "trip"]),
        ("ﷲ أكبر", vec!["ﷲ", "أكبر"]),
        ("قالﷺأن", vec!["قال", "ﷺ", "ﷺ", "ﷺ", "ﷺ", "أن"]),
        ("١٬٠٠٠٫٥ 1,000m 3.5%", vec!["١٬٠٠٠٫٥", "1,000m", "3.5"]),
        ("12.5.2024", vec!["12", "5", "2024"]),
        ("中国ไทย", vec!["中", "国", "ไ", "ท", "ย"]),
        ("e\u{301}te\u{301}", vec!["e\u{301}te\u{301}"]),
        ("#وسم_مركب @handle", vec!["وسم", "مركب", "handle"]),
    ] {
        let found: Vec<&str> = tokens(text, Language::Other)
            .iter()
            .map(|(_, _, range)| &text[range.clone()])
            .collect();
        assert_eq!(found, printed);
    }
}

#[test]
fn a_word_is_reached_from_its_beginning() {
    for (typed, text) in [
        ("محتج", "والمحتجزين"),
        ("المحتج", "والمحتجزين"),
        ("والمحتج", "محتجزون"),
        ("electio", "two elections"),
        ("بغد", "انفجار ببغداد"),
        ("المان", "في ألمانيا"),
        ("شاط", "على شاطيء"),
    ] {
        assert!(
            matches(&query(typed, true), text, Language::English),
            "{typed}"
        );
    }
}

#[test]
fn accents_never_change_a_french_term() {
    for (with, without) in [
        ("déclarée", "declaree"),
        ("élection", "election"),
        ("forêts", "forets"),
        ("œuvres", "oeuvres"),
        ("ÉTAT", "etat"),
    ] {
        assert_eq!(
            tokens(with, Language::French)[0].1,
            tokens(without, Language::French)[0].1
        );
    }
}

/// Text as it comes, and text made of what is treated apart.
fn any_text() -> impl Strategy<Value = String> {
    #[rustfmt::skip]
    let parts = prop::sample::select(vec![
        "ال", "و", "ب", "لل", "محتجز", "وزير", "ين", "ات", "ها", "ة", "ء", "ى", "ـ", "\u{64B}", "\u{654}", "\u{200C}", "\u{200F}",
        "\u{FEFF}", "e", "\u{301}", "É", "s", "l", "'", "’", ".", ",", "٬", "٫", "1", "٢", "000", "-", "\"", "“", "«", " ", "\u{A0}", "_",
        "#", "中", "国", "が", "ﾊ", "ﾞ", "ไ", "ท", "\u{E31}", "한", "\u{1112}", "\u{1161}", "ﷲ", "ﷺ", "½", "ﻼ", "ﬁ", "œ", "İ", "ß", "😀",
        "ا", "س", "ي", "ت", "U", "S", "क", "\u{94D}", "\u{E0100}", "㍿", "ʼn", "\u{345}",
    ]);
    prop_oneof![
        prop::collection::vec(parts, 0..14).prop_map(|parts| parts.concat()),
        "\\PC{0,24}",
        any::<String>(),
    ]
}

fn any_language() -> impl Strategy<Value = Language> {
    prop::sample::select(vec![Language::English, Language::French, Language::Other])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ranges_rise_and_are_equal_or_apart(text in any_text(), language in any_language()) {
        let mut before: Range<usize> = 0..0;
        for (_, _, range) in tokens(&text, language) {
            prop_assert!(text.get(range.clone()).is_some_and(|slice| !slice.is_empty()));
            prop_assert!(range == before || range.start >= before.end);
            before = range;
        }
    }

    /// But for characters of unspaced scripts, whose terms have the next character in them too.
    #[test]
    fn a_printed_word_by_itself_has_the_same_term(text in any_text(), language in any_language()) {
        let mut tokens = Vec::new();
        analyse(&text, language, |token| tokens.push((token.term.to_owned(), token.range, token.script)));
        for (term, range, script) in tokens {
            let mut alone = Vec::new();
            analyse(&text[range.clone()], language, |token| alone.push(token.term.to_owned()));
            let same = |other: &String| match script {
                Script::Unspaced => term.starts_with(other.as_str()),
                _ => term == *other,
            };
            prop_assert!(alone.iter().any(same), "{:?} {:?} {:?}", &text[range], term, alone);
        }
    }

    #[test]
    fn whatever_is_printed_is_found(text in any_text(), language in any_language()) {
        for (_, _, range) in tokens(&text, language) {
            let query = query(&text[range.clone()], false);
            prop_assert!(matches(&query, &text, language), "{:?} {:?}", &text[range], query);
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in any_text()) {
        let folded = |text: &str| {
            let mut all = Vec::new();
            words::words(text, |word| all.push(word.folded.to_owned()));
            all
        };
        for word in folded(&text) {
            prop_assert_eq!(folded(&word), vec![word]);
        }
    }

    #[test]
    fn any_string_is_a_query(text in any_text(), unfinished in any::<bool>()) {
        let query = query(&text, unfinished);
        for group in query.must.iter().chain(&query.must_not).flatten() {
            prop_assert!(!group.terms.is_empty() && group.terms.len() <= 20 && group.prefixes.len() <= 2);
        }
    }
}
