//! English constructions.
use super::super::{Language, Party, extract};
use super::finds;

#[track_caller]
fn english(text: &str, expected: &[(&str, &str, &[&str])]) {
    finds(Language::English, text, expected);
}

#[test]
fn a_quotation_may_stand_before_its_cue() {
    english(
        "“The bridge is ready,” Ada Morrow said.",
        &[("Ada Morrow", "The bridge is ready,", &[])],
    );
    english(
        "“The bridge is ready,” said Ada Morrow, the mayor of Tarn.",
        &[("Ada Morrow, the mayor of Tarn", "The bridge is ready,", &[])],
    );
}

#[test]
fn two_parts_around_a_cue_are_one_statement() {
    let extraction = extract(
        "“The bridge is ready,” she said. “We open on Monday.”",
        Some(Language::English),
    );
    assert_eq!(extraction.proposals.len(), 1);
    assert_eq!(extraction.proposals[0].spans.len(), 2);
}

#[test]
fn a_clause_needs_no_that() {
    english(
        "Ada Morrow said the bridge would open on Monday.",
        &[("Ada Morrow", "the bridge would open on Monday", &[])],
    );
    english(
        "Ada Morrow told reporters that the bridge was safe.",
        &[("Ada Morrow", "the bridge was safe", &[])],
    );
}

#[test]
fn a_quoted_word_does_not_begin_a_clause() {
    english(
        "Ada Morrow said the old bridge was “bad” for trade.",
        &[("Ada Morrow", "the old bridge was “bad” for trade", &[])],
    );
}

#[test]
fn a_clause_may_stand_before_its_cue() {
    let text = "The old bridge will be closed for a year, Ada Morrow said on Monday.";
    english(
        text,
        &[(
            "Ada Morrow",
            "The old bridge will be closed for a year",
            &[],
        )],
    );
}

#[test]
fn a_source_may_stand_on_both_sides() {
    english(
        "According to the Tarn Courier, the bridge is safe.",
        &[("the Tarn Courier", "the bridge is safe", &[])],
    );
    english(
        "The bridge is safe, according to the Tarn Courier.",
        &[("the Tarn Courier", "The bridge is safe", &[])],
    );
}

#[test]
fn an_apposition_belongs_to_the_speaker() {
    let text = "Ada Morrow, an engineer from Tarn, said the bridge was safe.";
    english(
        text,
        &[(
            "Ada Morrow, an engineer from Tarn",
            "the bridge was safe",
            &[],
        )],
    );
}

#[test]
fn a_participle_goes_on_with_the_same_speaker() {
    let text = "Ada Morrow said the bridge was safe, adding that it would open on Monday.";
    english(
        text,
        &[
            ("Ada Morrow", "the bridge was safe", &[]),
            ("Ada Morrow", "it would open on Monday", &[]),
        ],
    );
}

#[test]
fn nouns_and_denials_report_nothing() {
    english("The United States sent engineers to Tarn.", &[]);
    english("Ada Morrow did not say that the bridge was safe.", &[]);
    english("He called the “iron lady” of Tarn yesterday.", &[]);
}

#[test]
fn a_quotation_opened_anew_in_each_paragraph_goes_on() {
    let extraction = extract(
        "“We built it in a year,” Ada Morrow said. “It was hard.\n\n“But it stands.”",
        Some(Language::English),
    );
    assert_eq!(extraction.proposals.len(), 1);
    assert_eq!(extraction.proposals[0].spans.len(), 3);
}

#[test]
fn officials_are_anonymous_and_their_names_are_not() {
    let first = |text: &str| {
        extract(text, Some(Language::English))
            .proposals
            .remove(0)
            .speaker
    };
    assert_eq!(
        first("A senior official said the bridge was safe.").party,
        Party::Anonymous
    );
    assert_ne!(
        first("Ada Morrow said the bridge was safe.").party,
        Party::Anonymous
    );
}

#[test]
fn an_outlet_that_is_told_carries_what_it_was_told() {
    english(
        "“The bridge is ready,” Ada Morrow told the Tarn Gazette.",
        &[("Ada Morrow", "The bridge is ready,", &["the Tarn Gazette"])],
    );
    english(
        "In an interview with Radio Tarn, Ada Morrow insisted that the bridge was safe.",
        &[("Ada Morrow", "the bridge was safe", &["Radio Tarn"])],
    );
    english(
        "Ada Morrow told the Tarn Gazette the bridge was safe.",
        &[("Ada Morrow", "the bridge was safe", &["the Tarn Gazette"])],
    );
}

#[test]
fn who_is_told_is_no_outlet_by_being_told() {
    english(
        "Ada Morrow told reporters the bridge was safe.",
        &[("Ada Morrow", "the bridge was safe", &[])],
    );
}

#[test]
fn an_outlet_that_quotes_carries_whom_it_quotes() {
    english(
        "The Tarn Gazette quoted Ada Morrow as saying the bridge was safe.",
        &[("Ada Morrow", "the bridge was safe", &["The Tarn Gazette"])],
    );
    english(
        "Ada Morrow was quoted by the Tarn Gazette as saying that the bridge was safe.",
        &[("Ada Morrow", "the bridge was safe", &["the Tarn Gazette"])],
    );
}

#[test]
fn an_outlet_that_cites_carries_whom_it_cites() {
    english(
        "Citing two officials, the paper reported that the bridge was safe.",
        &[("two officials", "the bridge was safe", &["the paper"])],
    );
}

#[test]
fn the_inner_of_two_statements_is_told_with_the_outer_speaker_before_it() {
    english(
        "Ada Morrow told the Tarn Gazette that the minister had said: “We will build it.”",
        &[(
            "the minister",
            "We will build it.",
            &["the Tarn Gazette", "Ada Morrow"],
        )],
    );
    english(
        "An official said the bridge was safe, the paper added.",
        &[("An official", "the bridge was safe", &["the paper"])],
    );
    english(
        "Ada Morrow said the bridge was safe, according to the Tarn Gazette.",
        &[("Ada Morrow", "the bridge was safe", &["the Tarn Gazette"])],
    );
}

#[test]
fn an_outlet_behind_the_title_of_a_speaker_carries_what_the_speaker_says() {
    english(
        "“We open on Monday,” said Odo Marl, the harbour master, according to the Sarmila Lantern.",
        &[(
            "Odo Marl, the harbour master",
            "We open on Monday,",
            &["the Sarmila Lantern"],
        )],
    );
    english(
        "“We open on Monday,” Odo Marl, who runs the harbour, said, according to the Sarmila Lantern.",
        &[(
            "Odo Marl, who runs the harbour",
            "We open on Monday,",
            &["the Sarmila Lantern"],
        )],
    );
}

#[test]
fn single_marks_quote_and_apostrophes_do_not() {
    english(
        "‘The workers’ bridge isn’t ready,’ Ada Morrow said.",
        &[("Ada Morrow", "The workers’ bridge isn’t ready,", &[])],
    );
}

#[test]
fn a_question_and_a_promise_are_content() {
    english(
        "Ada Morrow asked the mayor whether the bridge was safe.",
        &[("Ada Morrow", "whether the bridge was safe", &[])],
    );
    english(
        "Ada Morrow promised to build the bridge again.",
        &[("Ada Morrow", "to build the bridge again", &[])],
    );
    english("Ada Morrow was asked whether the bridge was safe.", &[]);
}

#[test]
fn a_participle_has_the_subject_of_its_sentence() {
    english(
        "Ada Morrow (Tarn) opened the bridge on Monday, saying that it would last.",
        &[("Ada Morrow", "it would last", &[])],
    );
    english("Two lawsuits alleging fraud were filed in Tarn.", &[]);
}

#[test]
fn an_aside_behind_a_speaker_is_not_what_is_said() {
    english(
        "An engineer, who did not give her name, said the bridge was safe.",
        &[(
            "An engineer, who did not give her name",
            "the bridge was safe",
            &[],
        )],
    );
}

#[test]
fn what_is_said_ends_where_another_speaks() {
    english(
        "Ada Morrow said the bridge was safe, but engineers said it was old.",
        &[
            ("Ada Morrow", "the bridge was safe", &[]),
            ("engineers", "it was old", &[]),
        ],
    );
}

#[test]
fn a_dateline_is_no_part_of_a_statement() {
    english(
        "TARN (Northern News) - The bridge will open on Monday, the mayor said.",
        &[("the mayor", "The bridge will open on Monday", &[])],
    );
}

#[test]
fn an_answer_may_be_one_word() {
    for (text, speaker, answer) in [
        ("“No,” said Ada Morrow.", "Ada Morrow", "No,"),
        ("Ada Morrow replied: “Never.”", "Ada Morrow", "Never."),
        (
            "Asked whether she would resign, Ada Morrow said, “No.”",
            "Ada Morrow",
            "No.",
        ),
    ] {
        english(text, &[(speaker, answer, &[])]);
    }
    english("Ada Morrow called them “deplorables” on Monday.", &[]);
}

#[test]
fn whom_an_outlet_cites_is_no_part_of_what_it_says() {
    english(
        "The Tarn newspaper reported that the bridge was closed, citing two officials.",
        &[(
            "two officials",
            "the bridge was closed",
            &["The Tarn newspaper"],
        )],
    );
}
