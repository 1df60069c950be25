//! Arabic: where what is said ends, and whose the next verb is.
use super::super::Language;
use super::finds;

#[track_caller]
fn arabic(text: &str, expected: &[(&str, &str, &[&str])]) {
    finds(Language::Arabic, text, expected);
}

#[test]
fn a_quotation_before_its_verb_is_kept_when_another_follows() {
    arabic(
        "«البحر أكل الرصيف كله هذا العام»، يقول سامي الراوي، مضيفا: «ولا أحد يسأل عنا».",
        &[
            ("سامي الراوي", "البحر أكل الرصيف كله هذا العام", &[]),
            ("سامي الراوي", "ولا أحد يسأل عنا", &[]),
        ],
    );
}

#[test]
fn another_verb_with_its_subject_and_content_ends_a_clause() {
    arabic(
        "وفيما قال الوزير إن الوضع مستقر، أكدت النقابة أن الإضراب مستمر.",
        &[
            ("الوزير", "الوضع مستقر", &[]),
            ("النقابة", "الإضراب مستمر", &[]),
        ],
    );
}

#[test]
fn but_with_a_pronoun_and_a_verb_ends_a_clause() {
    arabic(
        "وذكر مصدران أمنيان أن الوفدين اتفقا على الهدنة، لكنهما أشارا إلى أن الخلاف قائم.",
        &[
            ("مصدران أمنيان", "الوفدين اتفقا على الهدنة", &[]),
            ("مصدران أمنيان", "الخلاف قائم", &[]),
        ],
    );
}

#[test]
fn words_attributed_to_somebody_are_carried_by_who_attributes_them() {
    arabic(
        "ونسبت صحيفة الميناء إلى رائد منصور قوله إن الحكم لن يصدر قريبا.",
        &[("رائد منصور", "الحكم لن يصدر قريبا", &["صحيفة الميناء"])],
    );
    arabic(
        "ونسبت اللجنة ارتفاع الأسعار إلى الجفاف، مع أن المطر هطل.",
        &[],
    );
}

#[test]
fn prepositions_that_are_written_like_cues_name_no_speaker() {
    arabic(
        "ورد المدرب رائد منصور على ذلك عبر حسابه قائلا إن الفريق جاهز.",
        &[("المدرب رائد منصور", "الفريق جاهز", &[])],
    );
    arabic(
        "وأكدت ليلى حمدون أن حافلات ستنقل السكان بين الضفتين، مشيرة إلى أن المدارس مفتوحة.",
        &[
            ("ليلى حمدون", "حافلات ستنقل السكان بين الضفتين", &[]),
            ("ليلى حمدون", "المدارس مفتوحة", &[]),
        ],
    );
}
