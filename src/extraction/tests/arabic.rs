//! Arabic constructions.
use super::super::{Language, Party, Rule, extract};
use super::{finds, rules};

#[track_caller]
fn arabic(text: &str, expected: &[(&str, &str, &[&str])]) {
    finds(Language::Arabic, text, expected);
}

#[test]
fn a_speaker_stands_between_the_verb_and_its_complementiser() {
    arabic(
        "وقال المهندس رائد منصور إن الجسر سيفتح غدا.",
        &[("المهندس رائد منصور", "الجسر سيفتح غدا", &[])],
    );
}

#[test]
fn a_title_between_commas_is_no_part_of_what_is_said() {
    let text = "وأكد سامي الراوي، المتحدث باسم بلدية طلمون، أن الأشغال ستنتهي قريبا.";
    arabic(text, &[("سامي الراوي", "الأشغال ستنتهي قريبا", &[])]);
}

#[test]
fn who_is_told_is_not_who_speaks() {
    arabic(
        "قالت الوزيرة ليلى حمدون لوكالة المدار إن المياه صالحة.",
        &[("الوزيرة ليلى حمدون", "المياه صالحة", &["وكالة المدار"])],
    );
    arabic(
        "وقال له الوزير جميل عواد إن الأمر انتهى.",
        &[("الوزير جميل عواد", "الأمر انتهى", &[])],
    );
    arabic(
        "قال حمدون لعواد: «لن نوقع هذا الاتفاق».",
        &[("حمدون", "لن نوقع هذا الاتفاق", &[])],
    );
}

#[test]
fn an_outlet_that_relays_carries_its_speaker() {
    let text = "ونقلت صحيفة الميناء عن مصدر مطلع قوله إن الاتفاق جاهز.";
    arabic(text, &[("مصدر مطلع", "الاتفاق جاهز", &["صحيفة الميناء"])]);
}

#[test]
fn a_statement_in_a_statement_is_told_with_the_whole_chain() {
    let text = "ونقلت قناة الأفق عن رائد منصور قوله إن الوزير جميل عواد قال إنه “سيعود إلى بيته قبل الشتاء”.";
    arabic(
        text,
        &[(
            "الوزير جميل عواد",
            "سيعود إلى بيته قبل الشتاء",
            &["قناة الأفق", "رائد منصور"],
        )],
    );
}

#[test]
fn a_source_handed_on_speaks_through_the_agency() {
    let text = "وذكرت وكالة المدار نقلا عن شهود عيان أن الحريق بدأ عند الفجر.";
    arabic(
        text,
        &[("شهود عيان", "الحريق بدأ عند الفجر", &["وكالة المدار"])],
    );
}

#[test]
fn a_source_before_the_clause_speaks_or_carries() {
    arabic(
        "وبحسب صحيفة الضفة، فإن الشركة خسرت نصف عملائها.",
        &[("صحيفة الضفة", "الشركة خسرت نصف عملائها", &[])],
    );
    arabic(
        "وبحسب الموقع، قال مسؤولان إن اللقاء قصير.",
        &[("مسؤولان", "اللقاء قصير", &["الموقع"])],
    );
}

#[test]
fn a_source_behind_the_clause_speaks_or_carries() {
    arabic(
        "ارتفع عدد الجرحى إلى تسعة، وفق هيئة الإغاثة.",
        &[("هيئة الإغاثة", "ارتفع عدد الجرحى إلى تسعة", &[])],
    );
    arabic(
        "وتوقع خبراء أن ترتفع الأسعار، بحسب موقع الميناء.",
        &[("خبراء", "ترتفع الأسعار", &["موقع الميناء"])],
    );
}

#[test]
fn a_verb_without_a_subject_goes_on_with_the_last_speaker_who_agrees() {
    let text =
        "قالت ليلى حمدون إن البئر آمنة. وقال رائد منصور إن البئر ملوثة.\nوأضافت أن العينات سليمة.";
    let last = extract(text, Some(Language::Arabic))
        .proposals
        .pop()
        .unwrap();
    assert_eq!(last.speaker.name, "ليلى حمدون");
    assert!(last.implicit);
}

#[test]
fn a_dual_verb_asks_for_two() {
    let text =
        "قال مسؤولان محليان إن اللقاء قصير. وقال رائد منصور إن اللقاء طويل. وأضافا أن الوفد غادر.";
    let last = extract(text, Some(Language::Arabic))
        .proposals
        .pop()
        .unwrap();
    assert_eq!(last.speaker.name, "مسؤولان محليان");
}

#[test]
fn a_participle_begins_another_statement_of_the_same_speaker() {
    let text = "وأشار رئيس البلدية إلى أن المال لا يكفي، مشددا على أن المدينة تحتاج إلى دعم.";
    arabic(
        text,
        &[
            ("رئيس البلدية", "المال لا يكفي", &[]),
            ("رئيس البلدية", "المدينة تحتاج إلى دعم", &[]),
        ],
    );
}

#[test]
fn a_subject_may_stand_before_a_pluperfect() {
    arabic(
        "كانت شركة نورسا قد أعلنت أن المصنع سيفتح أبوابه.",
        &[("شركة نورسا", "المصنع سيفتح أبوابه", &[])],
    );
}

#[test]
fn a_closing_mark_may_open_a_quotation() {
    let text = "قال سامي الراوي إن الموسم ضعيف. و”لم تصلنا البذور هذا العام قبل نهاية الربيع”، على حد قوله.";
    arabic(
        text,
        &[
            ("سامي الراوي", "الموسم ضعيف", &[]),
            (
                "سامي الراوي",
                "لم تصلنا البذور هذا العام قبل نهاية الربيع",
                &[],
            ),
        ],
    );
}

#[test]
fn words_that_look_like_cues_report_nothing() {
    arabic(
        "وقد نقل المصابون إلى المستشفى، وكشف الطبيب على الجرحى.",
        &[],
    );
    arabic("جرى اللقاء بين الوزير والسفير عبر الهاتف عقب الاجتماع.", &[]);
    arabic("يذكر أن المدينة شهدت فيضانا قبل عام.", &[]);
}

#[test]
fn what_was_not_said_is_no_statement() {
    arabic("ولم يذكر الوزير أن الموعد تغير.", &[]);
}

#[test]
fn a_document_speaks_for_who_issued_it() {
    arabic(
        "وجاء في بيان الوزارة أن المدارس ستغلق غدا.",
        &[("الوزارة", "المدارس ستغلق غدا", &[])],
    );
}

#[test]
fn vowel_signs_and_hard_spaces_change_nothing() {
    arabic(
        "وصرّح الوزير\u{a0}جميل عواد أنّ الطريق مفتوح الآن.",
        &[("الوزير\u{a0}جميل عواد", "الطريق مفتوح الآن", &[])],
    );
}

#[test]
fn a_title_with_a_colon_names_its_speaker() {
    assert_eq!(
        rules(Language::Arabic, "وزير النقل: الجسر الجديد جاهز خلال شهر"),
        [Rule::Headline]
    );
}

#[test]
fn sources_without_a_name_are_anonymous() {
    for (text, anonymous) in [
        ("قال مسؤول كبير إن الملف مغلق.", true),
        ("قال اثنان من كبار الموظفين إن الملف مغلق.", true),
        ("قال سامي الراوي إن الملف مغلق.", false),
    ] {
        let first = extract(text, Some(Language::Arabic)).proposals.remove(0);
        assert_eq!(first.speaker.party == Party::Anonymous, anonymous, "{text}");
    }
}

#[test]
fn a_quotation_over_two_paragraphs_is_one_statement() {
    let text = "وقال رائد منصور: «بدأنا العمل قبل عام.\n\nوصلنا إلى المرحلة الأخيرة الآن».";
    let proposals = extract(text, Some(Language::Arabic)).proposals;
    assert_eq!(proposals.len(), 1);
    assert_eq!(proposals[0].spans.len(), 2);
}

#[test]
fn a_source_may_be_quoted_by_an_outlet() {
    let text = "وبحسب ما نقلت صحيفة الضفة عن مسؤول في الجمارك، فإن الشحنة وصلت فارغة.";
    arabic(
        text,
        &[("مسؤول في الجمارك", "الشحنة وصلت فارغة", &["صحيفة الضفة"])],
    );
}

#[test]
fn a_medium_that_was_told_or_had_the_document_carries_it() {
    arabic(
        "وقال رائد منصور، في حديث إلى إذاعة الأفق، إن المطر قادم.",
        &[("رائد منصور", "المطر قادم", &["إذاعة الأفق"])],
    );
    arabic(
        "وأكدت البلدية، في بيان تلقت صحيفة الميناء نسخة منه، أن السوق سيفتح.",
        &[("البلدية", "السوق سيفتح", &["صحيفة الميناء"])],
    );
    arabic(
        "وقال رائد منصور لوكالة الطاقة إن المفاعل آمن.",
        &[("رائد منصور", "المفاعل آمن", &[])],
    );
}

#[test]
fn the_subject_of_amma_speaks_by_the_verb_behind_fa() {
    arabic(
        "أما اتحاد الصيادين فحذر، في رسالة إلى النواب، من أن الموسم ضاع.",
        &[("اتحاد الصيادين", "الموسم ضاع", &[])],
    );
    arabic(
        "أما المريضة ليلى حمدون، وهي من أوائل المتطوعات، فتقول إنها شفيت تماما.",
        &[("المريضة ليلى حمدون", "إنها شفيت تماما", &[])],
    );
}

#[test]
fn whoever_is_told_is_an_object_and_no_speaker() {
    let text =
        "ونقلت قناة الأفق عن رائد منصور قوله إن موظفا في المصرف أبلغه بأن الودائع كلها سليمة.";
    arabic(
        text,
        &[(
            "موظفا في المصرف",
            "الودائع كلها سليمة",
            &["قناة الأفق", "رائد منصور"],
        )],
    );
    arabic(
        "وأبلغت الوزيرة ليلى حمدون النواب أن الميزانية جاهزة.",
        &[("الوزيرة ليلى حمدون", "الميزانية جاهزة", &[])],
    );
}

#[test]
fn a_speaker_ends_before_the_object_of_its_verb() {
    arabic(
        "ونفت الوزارة وجود أزمة، وقالت إن القمح يكفي عاما.",
        &[("الوزارة", "القمح يكفي عاما", &[])],
    );
    arabic(
        "وختمت حمدون بالقول إن السوق باق.",
        &[("حمدون", "السوق باق", &[])],
    );
    arabic(
        "وأعلنت الشرطة توقيف رجل، قائلة إنه اعترف بالسرقة.",
        &[("الشرطة", "إنه اعترف بالسرقة", &[])],
    );
}

#[test]
fn heads_that_name_nobody_keep_where_they_work() {
    arabic(
        "وقالت ثلاثة مصادر في وزارة المالية إن الرفع مؤجل.",
        &[("ثلاثة مصادر في وزارة المالية", "الرفع مؤجل", &[])],
    );
    arabic(
        "«لم نعد نرى المطر إلا في الصور»، تقول ممرضة في قسم الطوارئ.",
        &[("ممرضة في قسم الطوارئ", "لم نعد نرى المطر إلا في الصور", &[])],
    );
}

#[test]
fn a_pronoun_behind_a_preposition_is_no_speaker() {
    arabic(
        "وردت الوزارة على ذلك ببيان قالت فيه إن الاتهامات «محض افتراء» لا غير.",
        &[("الوزارة", "الاتهامات «محض افتراء» لا غير", &[])],
    );
}

#[test]
fn a_quotation_may_be_put_by_somebody_named() {
    arabic(
        "«الصيف هذا العام أقسى مما عرفناه»، على حد تعبير المزارع سامي الراوي.",
        &[(
            "المزارع سامي الراوي",
            "الصيف هذا العام أقسى مما عرفناه",
            &[],
        )],
    );
}

#[test]
fn what_is_told_of_a_source_is_not_what_it_says() {
    arabic(
        "وبحسب المهندس، الذي فضل عدم الكشف عن اسمه، فإن القطع لم تصل.",
        &[("المهندس", "القطع لم تصل", &[])],
    );
}

#[test]
fn an_answer_to_a_question_is_no_verb() {
    arabic(
        "وقال مصدران أمنيان إن الطريق مغلق. وردا على سؤال، أجاب الوزير: «سنفتحه غدا صباحا».",
        &[
            ("مصدران أمنيان", "الطريق مغلق", &[]),
            ("الوزير", "سنفتحه غدا صباحا", &[]),
        ],
    );
}

#[test]
fn a_topic_before_a_colon_is_no_speaker() {
    let text = "صوامع القمح: تحذير من نقص كبير في المخزون\n\nوقال رائد منصور إن القمح يكفي عاما.";
    arabic(text, &[("رائد منصور", "القمح يكفي عاما", &[])]);
}
