//! French sources: who carries what another said, and views without a verb.
use super::super::Language;
use super::finds;

#[track_caller]
fn french(text: &str, expected: &[(&str, &str, &[&str])]) {
    finds(Language::French, text, expected);
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
        "Selon La Vigie, citant la capitainerie, le port rouvrira lundi.",
        &[("la capitainerie", "le port rouvrira lundi", &["La Vigie"])],
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
fn a_turn_behind_the_verb_is_no_part_of_whoever_speaks() {
    for turn in ["de son côté", "pour sa part", "à son tour"] {
        french(
            &format!("Rien n'est réglé, juge {turn} le syndicat des dockers."),
            &[("le syndicat des dockers", "Rien n'est réglé", &[])],
        );
    }
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

#[test]
fn an_outlet_behind_the_title_of_a_speaker_carries_what_the_speaker_says() {
    french(
        "« Le port rouvrira lundi », a affirmé Odile Carnot, ancienne cheffe de la capitainerie, selon La Vigie.",
        &[(
            "Odile Carnot, ancienne cheffe de la capitainerie",
            "Le port rouvrira lundi",
            &["La Vigie"],
        )],
    );
}

#[test]
fn a_verb_whose_subject_is_nobody_has_its_source_for_a_speaker() {
    french(
        "Le port rouvrira lundi, a-t-on appris de source policière.",
        &[("source policière", "Le port rouvrira lundi", &[])],
    );
    french(
        "« Le port rouvrira lundi », indique-t-on à la préfecture.",
        &[("la préfecture", "Le port rouvrira lundi", &[])],
    );
    french(
        "De source diplomatique, on indique que le port rouvrira.",
        &[("source diplomatique", "le port rouvrira", &[])],
    );
    french("On dit que le port rouvrira.", &[]);
}

#[test]
fn a_verb_behind_a_clause_has_its_subject_carry_it() {
    french(
        "La préfecture a confirmé que le port rouvrirait, rapporte le quotidien La Vigie.",
        &[(
            "La préfecture",
            "le port rouvrirait",
            &["le quotidien La Vigie"],
        )],
    );
}

#[test]
fn a_view_may_be_told_without_a_verb() {
    french(
        "À en croire Odile Carnot, le port est perdu.",
        &[("Odile Carnot", "le port est perdu", &[])],
    );
    french(
        "Aux yeux de Paul Vernet, le port est perdu.",
        &[("Paul Vernet", "le port est perdu", &[])],
    );
    let view = ("Paul Vernet", "le port est perdu", &[][..]);
    for before in ["À ses yeux", "Selon lui", "Pour lui"] {
        let text = format!("Paul Vernet a pris la parole. {before}, le port est perdu.");
        french(&text, &[view]);
    }
    french(
        "Paul Vernet a pris la parole. Résultat, selon lui : « Le port est perdu. »",
        &[("Paul Vernet", "Le port est perdu.", &[])],
    );
}

#[test]
fn a_body_that_is_cited_speaks_through_who_cites_it() {
    french(
        "Le port rouvrira lundi, a annoncé la télévision d'État, citant le ministère de la Mer.",
        &[(
            "le ministère de la Mer",
            "Le port rouvrira lundi",
            &["la télévision d'État"],
        )],
    );
}

#[test]
fn likelihoods_and_feasts_are_no_sources() {
    french("Selon toute vraisemblance, le port rouvrira lundi.", &[]);
    french("Pour Noël, la ville rouvrira le port.", &[]);
}
