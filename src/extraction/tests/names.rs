//! Whom sources mean, what they are, how many.
use super::super::{Language, Party, extract};

/// The last statement's speaker and carriers, as they are meant.
#[track_caller]
fn means(language: Language, text: &str, expected: &[(&str, Party)]) {
    let last = extract(text, Some(language)).proposals.pop().unwrap();
    let sources = last.via.iter().chain([&last.speaker]);
    let meant: Vec<(&str, Party)> = sources
        .map(|source| (source.meant.as_str(), source.party))
        .collect();
    assert_eq!(meant, expected, "{text}");
}

#[track_caller]
fn counts(language: Language, text: &str, expected: Option<u32>) {
    let first = extract(text, Some(language)).proposals.remove(0);
    assert_eq!(first.speaker.party, Party::Anonymous, "{text}");
    assert_eq!(first.speaker.count, expected, "{text}");
}

use Language::{Arabic, English, French};
use Party::{Anonymous, Office, Organisation, Outlet, Person};

#[test]
fn a_post_before_a_name_is_no_part_of_it() {
    for text in [
        "قال المبعوث النرويجي رائد منصور إن الجسر جاهز.",
        "قال وزير الأشغال رائد منصور إن الجسر جاهز.",
        "قال وزير خارجية طلمون رائد منصور إن الجسر جاهز.",
        "قال مدير مستشفى طلمون الدكتور رائد منصور إن الجسر جاهز.",
        "قال المتحدث باسم هيئة الموانئ رائد منصور إن الجسر جاهز.",
        "قال مدير مخازن الميناء رائد منصور إن الجسر جاهز.",
    ] {
        means(Arabic, text, &[("رائد منصور", Person)]);
    }
    for text in [
        "Mayor Ada Morrow said that the bridge is ready.",
        "Ada Morrow, the mayor of Tarn, said that the bridge is ready.",
        "The mayor of Tarn, Ada Morrow, said that the bridge is ready.",
        "Former deputy health minister Ada Morrow said that the bridge is ready.",
        "Morrow and Co. chief executive Ada Morrow said that the bridge is ready.",
    ] {
        means(English, text, &[("Ada Morrow", Person)]);
    }
    for text in [
        "La maire de Tarn, Odile Carnot, a déclaré que le pont est prêt.",
        "La ministre de la Santé Odile Carnot a déclaré que le pont est prêt.",
        "Mme Odile Carnot a déclaré que le pont est prêt.",
    ] {
        means(French, text, &[("Odile Carnot", Person)]);
    }
}

#[test]
fn a_last_name_means_the_full_name_before_it() {
    means(
        Arabic,
        "قال المهندس رائد منصور إن الجسر جاهز. وقال منصور إن الطريق مفتوح.",
        &[("رائد منصور", Person)],
    );
    means(
        English,
        "Ada Morrow opened the bridge on Monday. Morrow said that it was safe.",
        &[("Ada Morrow", Person)],
    );
    means(
        French,
        "Odile Carnot visitait le port. Mme Carnot a déclaré que le pont est prêt.",
        &[("Odile Carnot", Person)],
    );
}

#[test]
fn names_in_the_text_count_and_not_only_those_of_speakers() {
    means(
        Arabic,
        "زار الوفد مدير المستشفى الدكتور رائد منصور، ثم غادر. وقال منصور إن الطريق مفتوح.",
        &[("رائد منصور", Person)],
    );
}

#[test]
fn a_post_means_the_last_who_had_it() {
    means(
        Arabic,
        "قال المبعوث النرويجي رائد منصور إن الجسر جاهز. وقال المبعوث إن الطريق مفتوح.",
        &[("رائد منصور", Person)],
    );
    means(
        Arabic,
        "قال سامي الراوي، المتحدث باسم بلدية طلمون، إن الجسر جاهز. وقال المتحدث إن الطريق مفتوح.",
        &[("سامي الراوي", Person)],
    );
    means(
        Arabic,
        "قال المتحدث باسم البلدية، سامي الراوي، إن الجسر جاهز. وقال الراوي إن الطريق مفتوح.",
        &[("سامي الراوي", Person)],
    );
    means(
        English,
        "Ada Morrow, the mayor, said that it was safe. The mayor said that it was late.",
        &[("Ada Morrow", Person)],
    );
    means(
        French,
        "La maire de Tarn, Odile Carnot, a visité le port. La maire a déclaré que le pont est prêt.",
        &[("Odile Carnot", Person)],
    );
}

#[test]
fn a_name_between_commas_behind_a_source_is_its_name() {
    means(
        French,
        "Selon le ministre de la Mer, Paul Vernet, la côte est sûre.",
        &[("Paul Vernet", Person)],
    );
}

#[test]
fn another_post_means_nobody_known() {
    means(
        English,
        "Ada Morrow, the mayor, said that it was safe. The deputy mayor said that it was late.",
        &[("The deputy mayor", Office)],
    );
    means(
        English,
        "Mayor Ada Morrow said that it was safe. Senator Morrow said that it was late.",
        &[("Morrow", Person)],
    );
    means(
        Arabic,
        "قالت وزيرة المياه إن البئر آمنة.",
        &[("وزيرة المياه", Office)],
    );
}

#[test]
fn a_post_in_the_genitive_is_another_s() {
    means(
        English,
        "Eva Holt, the mayor's sister, said that it was safe. The mayor said that it was late.",
        &[("The mayor", Office)],
    );
}

#[test]
fn an_outlet_is_known_by_its_kind_and_by_the_verb_that_relays() {
    means(
        Arabic,
        "ونقلت الميناء عن رائد منصور قوله إن الجسر جاهز.",
        &[("الميناء", Outlet), ("رائد منصور", Person)],
    );
    means(
        Arabic,
        "ونقل موقع طلمون الإخباري عن رائد منصور قوله إن الجسر جاهز.",
        &[("طلمون", Outlet), ("رائد منصور", Person)],
    );
    means(
        Arabic,
        "ونقلت شبكة “سي تي سبع” عن رائد منصور قوله إن الجسر جاهز.",
        &[("سي تي سبع", Outlet), ("رائد منصور", Person)],
    );
    means(
        Arabic,
        "وقالت صحيفة الضفة البريطانية إن الجسر جاهز. ونقلت الصحيفة عن رائد منصور قوله إن الطريق مفتوح.",
        &[("الضفة", Outlet), ("رائد منصور", Person)],
    );
    means(
        English,
        "The Harbour Gazette newspaper said that it was safe. The paper said that it was late.",
        &[("Harbour Gazette", Outlet)],
    );
    means(
        French,
        "Selon le quotidien La Vigie, la tempête a détruit douze bateaux.",
        &[("La Vigie", Outlet)],
    );
}

#[test]
fn a_body_is_called_by_what_it_is() {
    means(
        Arabic,
        "قالت وزارة الصحة إن البئر آمنة. وقالت الوزارة إن الماء صالح.",
        &[("وزارة الصحة", Organisation)],
    );
    means(
        Arabic,
        "قالت حركة الرصيف إن البئر آمنة. وقالت الرصيف إن الماء صالح.",
        &[("حركة الرصيف", Organisation)],
    );
    means(
        English,
        "The Ministry of Health said that it was safe. The ministry said that it was late.",
        &[("Ministry of Health", Organisation)],
    );
    means(
        English,
        "Nursa Ltd. said that it was safe. The company said that it was late.",
        &[("Nursa Ltd", Organisation)],
    );
}

#[test]
fn what_a_body_is_stands_before_what_it_is_called() {
    let ferry = "The ferry company Nursa said that it was safe. The company said that it was late.";
    means(English, ferry, &[("Nursa", Organisation)]);
    let ferry =
        "La société Nursa a dit que le port rouvrirait. La société a dit que rien ne pressait.";
    means(French, ferry, &[("Nursa", Organisation)]);
}

#[test]
fn where_an_outlet_is_from_is_no_part_of_its_name() {
    let numbered = "وأفادت القناة 7 النرويجية بأن الجسر مغلق.";
    means(Arabic, numbered, &[("القناة 7", Outlet)]);
    let trade = "وأفادت وكالة الأنباء الساحلية بأن الجسر مغلق.";
    means(Arabic, trade, &[("وكالة الأنباء الساحلية", Outlet)]);
}

#[test]
fn a_verb_inside_a_statement_has_no_earlier_speaker() {
    let text = "قال رائد منصور إن الجسر جاهز. وقال مسؤولان إن الوفد غادر ليلا وزعم أنه سيعود.";
    means(Arabic, text, &[("مسؤولان", Anonymous)]);
}

#[test]
fn unnamed_sources_tell_how_many_they_are() {
    counts(Arabic, "قال مسؤولان محليان إن اللقاء قصير.", Some(2));
    counts(Arabic, "قال ثلاثة مسؤولين إن اللقاء قصير.", Some(3));
    counts(Arabic, "قال مسؤول كبير إن اللقاء قصير.", Some(1));
    counts(Arabic, "قال مسؤولون كبار إن اللقاء قصير.", None);
    counts(Arabic, "ونقلت وسائل إعلام محلية أن اللقاء قصير.", None);
    counts(
        English,
        "Two officials said that the meeting was short.",
        Some(2),
    );
    counts(
        English,
        "A senior official said that the meeting was short.",
        Some(1),
    );
    counts(English, "Officials said that the meeting was short.", None);
    counts(
        English,
        "Local media said that the meeting was short.",
        None,
    );
    counts(
        French,
        "Deux responsables ont déclaré que la réunion était courte.",
        Some(2),
    );
    counts(
        French,
        "Un responsable a déclaré que la réunion était courte.",
        Some(1),
    );
    counts(
        French,
        "Des responsables ont déclaré que la réunion était courte.",
        None,
    );
}

#[test]
fn pronouns_mean_the_last_who_spoke() {
    means(
        English,
        "Ada Morrow said that it was safe. She said that it was late.",
        &[("Ada Morrow", Person)],
    );
}

#[test]
fn a_named_expert_is_somebody() {
    means(
        English,
        "Analyst Ada Morrow said that it was safe.",
        &[("Ada Morrow", Person)],
    );
    means(
        English,
        "Analysts said that it was safe.",
        &[("Analysts", Anonymous)],
    );
}

#[test]
fn an_adjective_and_an_unlisted_trade_leave_a_name_its_party() {
    means(
        French,
        "La Cour suprême a affirmé que le port est fermé.",
        &[("Cour suprême", Organisation)],
    );
    means(
        French,
        "« Le port est fermé », prévient l'hydrologue Odile Carnot.",
        &[("Odile Carnot", Person)],
    );
    means(
        English,
        "The sculptor Ada Morrow said that the bridge is ready.",
        &[("Ada Morrow", Person)],
    );
}

#[test]
fn a_preposition_written_on_to_an_article_is_no_part_of_a_name() {
    means(
        Arabic,
        "ووفقا للشرطة، فإن الطريق مغلق منذ الفجر.",
        &[("الشرطة", Organisation)],
    );
}

#[test]
fn an_article_with_a_capital_within_a_sentence_begins_a_name() {
    let text = "« Le port est fermé », affirme Odile Carnot, selon le quotidien La Vigie.";
    let rest = "La préfecture a confirmé que la digue tenait, rapporte La Vigie.";
    let outlet = ("La Vigie", Outlet);
    means(French, text, &[outlet, ("Odile Carnot", Person)]);
    let text = format!("{text}\n\n{rest}");
    means(French, &text, &[outlet, ("La préfecture", Organisation)]);
}
