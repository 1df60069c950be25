//! French constructions.
use super::super::{Language, extract};
use super::finds;

#[track_caller]
fn french(text: &str, expected: &[(&str, &str, &[&str])]) {
    finds(Language::French, text, expected);
}

#[test]
fn a_clause_stands_behind_que_in_both_apostrophes() {
    french(
        "Odile Carnot a déclaré mardi que le port rouvrirait.",
        &[("Odile Carnot", "le port rouvrirait", &[])],
    );
    french(
        "Odile Carnot a affirmé qu’une enquête était ouverte.",
        &[("Odile Carnot", "une enquête était ouverte", &[])],
    );
}

#[test]
fn a_quotation_stands_before_an_inverted_cue() {
    french(
        "« C'est une catastrophe pour la ville », regrette Paul Vernet.",
        &[("Paul Vernet", "C'est une catastrophe pour la ville", &[])],
    );
}

#[test]
fn an_incise_parts_a_quotation() {
    let text = "Odile Carnot a déclaré que le port rouvrirait. « Nous avons tout vérifié, a-t-elle ajouté, et les quais sont sûrs. »";
    let extraction = extract(text, Some(Language::French));
    let last = extraction.proposals.last().unwrap();
    assert_eq!(last.spans.len(), 2);
    assert_eq!(last.speaker.name, "Odile Carnot");
}

#[test]
fn a_source_may_stand_on_both_sides() {
    french(
        "Selon le quotidien La Vigie, la tempête a détruit douze bateaux.",
        &[(
            "le quotidien La Vigie",
            "la tempête a détruit douze bateaux",
            &[],
        )],
    );
    french(
        "Les dégâts sont lourds, selon la préfecture.",
        &[("la préfecture", "Les dégâts sont lourds", &[])],
    );
    french(
        "D'après la préfecture, personne n'est blessé.",
        &[("la préfecture", "personne n'est blessé", &[])],
    );
}

#[test]
fn a_name_with_a_colon_speaks() {
    french(
        "Paul Vernet : « Nous irons au tribunal demain. »",
        &[("Paul Vernet", "Nous irons au tribunal demain.", &[])],
    );
}

#[test]
fn a_pronoun_stands_for_the_last_speaker() {
    let text = "« Nous irons au tribunal demain », annonce Paul Vernet. Il a indiqué que les assurances refusaient.";
    let last = extract(text, Some(Language::French))
        .proposals
        .pop()
        .unwrap();
    assert_eq!(last.speaker.name, "Paul Vernet");
}

#[test]
fn an_intention_is_announced_without_a_clause() {
    french(
        "Le ministre a annoncé son intention de visiter la ville.",
        &[("Le ministre", "son intention de visiter la ville", &[])],
    );
}

#[test]
fn what_was_not_said_is_no_statement() {
    french("Le ministre n'a pas précisé que la date était fixée.", &[]);
}

#[test]
fn a_speaker_stands_behind_the_day_and_whom_it_told() {
    french(
        "Le port rouvrira lundi, a annoncé mardi la préfète, Odile Carnot.",
        &[("la préfète, Odile Carnot", "Le port rouvrira lundi", &[])],
    );
    french(
        "« Nous irons au tribunal demain », a réagi auprès du quotidien La Vigie son avocat.",
        &[(
            "son avocat",
            "Nous irons au tribunal demain",
            &["quotidien La Vigie"],
        )],
    );
}

#[test]
fn an_outlet_that_is_told_or_asks_carries_what_it_heard() {
    french(
        "Odile Carnot a déclaré à l'agence Méridienne que le port rouvrirait.",
        &[(
            "Odile Carnot",
            "le port rouvrirait",
            &["l'agence Méridienne"],
        )],
    );
    french(
        "Interrogée par La Vigie, Odile Carnot a affirmé que le port rouvrirait.",
        &[("Odile Carnot", "le port rouvrirait", &["La Vigie"])],
    );
}

#[test]
fn an_outlet_that_cites_carries_whom_it_cites() {
    french(
        "Selon La Vigie, citant un responsable, le port rouvrira lundi.",
        &[("un responsable", "le port rouvrira lundi", &["La Vigie"])],
    );
    french(
        "La chaîne Canal Sud rapporte, citant deux diplomates, que le port rouvrira.",
        &[(
            "deux diplomates",
            "le port rouvrira",
            &["La chaîne Canal Sud"],
        )],
    );
}

#[test]
fn an_aside_may_stand_before_que() {
    french(
        "Odile Carnot affirme, elle, que le port rouvrira.",
        &[("Odile Carnot", "le port rouvrira", &[])],
    );
    french(
        "Odile Carnot a de son côté rappelé que le port était fermé.",
        &[("Odile Carnot", "le port était fermé", &[])],
    );
}

#[test]
fn a_past_participle_without_an_auxiliary_reports_nothing() {
    french(
        "Un sondage publié lundi montrait que le port inquiète.",
        &[],
    );
}

#[test]
fn the_conditional_of_hearsay_names_nobody() {
    french("La ville aurait transmis plusieurs pages aux juges.", &[]);
}

#[test]
fn an_infinitive_and_a_question_are_content() {
    french(
        "L'armée affirme n'avoir visé que le port.",
        &[("L'armée", "n'avoir visé que le port", &[])],
    );
    french(
        "Le juge a demandé pourquoi le port était fermé.",
        &[("Le juge", "pourquoi le port était fermé", &[])],
    );
}

#[test]
fn a_pronoun_may_mean_the_subject_of_the_sentence_before() {
    let text = "Le capitaine Yann Morel a pris la parole. « Il faisait nuit noire », a-t-il dit.";
    french(
        text,
        &[("Le capitaine Yann Morel", "Il faisait nuit noire", &[])],
    );
}

#[test]
fn an_incise_may_part_a_clause() {
    let text = "Odile Carnot a pris la parole. Le port, a-t-elle dit, rouvrira lundi.";
    let extraction = extract(text, Some(Language::French));
    assert_eq!(extraction.proposals[0].spans.len(), 2);
    assert_eq!(extraction.proposals[0].speaker.name, "Odile Carnot");
}

#[test]
fn pour_tells_a_view_and_a_time() {
    french(
        "Pour le syndicat des dockers, le port est perdu.",
        &[("le syndicat des dockers", "le port est perdu", &[])],
    );
    french("Pour la première fois, le port est fermé.", &[]);
}

#[test]
fn an_outlet_in_the_words_of_a_speaker_carries_only_what_was_said_to_it() {
    french(
        "Un ancien juge, interrogé par l'agence Méridienne, estime que le port est perdu.",
        &[(
            "Un ancien juge, interrogé par l'agence Méridienne",
            "le port est perdu",
            &["l'agence Méridienne"],
        )],
    );
    french(
        "L'étude, publiée dans la revue Archéa, suggère que le port est ancien.",
        &[(
            "L'étude, publiée dans la revue Archéa",
            "le port est ancien",
            &[],
        )],
    );
}
