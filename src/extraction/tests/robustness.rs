//! Texts that nobody should send, and how offsets count.
use super::super::{Language, extract};
use std::time::{Duration, Instant};

#[test]
fn offsets_count_scalar_values() {
    let text = "قال 🙂 شيئا.\nقال رائد منصور: «سنعود إلى بيوتنا غدا».";
    for proposal in extract(text, None).proposals {
        let slice: String = text
            .chars()
            .skip(proposal.span.start)
            .take(proposal.span.end - proposal.span.start)
            .collect();
        assert_eq!(slice, proposal.quote);
    }
}

#[test]
fn the_language_is_told_by_script_and_common_words() {
    assert_eq!(
        extract("قال الوزير إن الطريق مفتوح", None).language,
        Language::Arabic
    );
    assert_eq!(
        extract("The mayor of the town said that it was late", None).language,
        Language::English
    );
    assert_eq!(
        extract("La maire de la ville a dit que les quais sont sûrs", None).language,
        Language::French
    );
}

#[test]
fn furniture_is_left_out_and_reported() {
    let extraction = extract(
        "قال رائد منصور إن الحل قريب.\n\nمقالات ذات صلة\n\nزر الذهاب إلى الأعلى",
        None,
    );
    assert_eq!(
        (extraction.proposals.len(), extraction.left_out.len()),
        (1, 2)
    );
}

#[test]
fn no_text_takes_long() {
    let texts = [
        "\"",
        "«",
        "“",
        "(",
        "'",
        "قال ",
        "قال سامي إن البيت، ",
        "he said ",
        "Bob said that it, ",
        "according to ",
        "selon ",
        "“a b c\n",
        "a.",
        "» «",
        "[",
        "a\u{301}",
        "\u{64b}",
        "Share\n",
        "A ",
        "Ada Morrow, the mayor, ",
        "The mayor said that it was late. ",
        "قال الوزير سامي الراوي إن البيت قريب. ",
        "وزارة الصحة، ",
        "X a dit que, dit le ",
        ", rapporte le quotidien ",
        "« a b c d », ose le ",
        "avant de dire que ",
        "a-t-on dit ",
        "à l'",
        "وفقا لصحيفة ",
        "في حين ",
        "”a “b ",
    ];
    for (text, language) in texts.iter().flat_map(|text| {
        [Language::Arabic, Language::English, Language::French].map(|language| (text, language))
    }) {
        let long = text.repeat(100_000 / text.len());
        let start = Instant::now();
        let _ = extract(&long, Some(language));
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{text:?} in {language:?}"
        );
    }
}

#[test]
fn a_line_that_goes_on_with_a_quotation_may_begin_with_a_comma() {
    let text = "Tarn\n« Le port\n, plaide Odile Carnot, rouvrira. ";
    let _ = extract(text, Some(Language::French));
}

#[test]
fn a_pronoun_may_be_no_name() {
    let _ = extract("I  a déclaré que  # يعتقد ", None);
}

#[test]
fn no_cut_of_a_text_is_too_short() {
    let text = "«Non», dit-il. “Yes,” she said: قال سامي، نقلا عن ليلى إن «البيت». Selon X, d'après";
    for (end, _) in text.char_indices() {
        for language in [Language::Arabic, Language::English, Language::French] {
            let _ = extract(text.get(..end).unwrap_or_default(), Some(language));
        }
    }
}
