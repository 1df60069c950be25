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
fn an_occasion_and_what_a_speaker_does_next_are_not_what_is_said() {
    for rest in [
        "lors d'un entretien",
        "dans un communiqué",
        "avant de quitter la salle",
        "sans donner de date",
        "tandis que la ville attend",
    ] {
        french(
            &format!("Odile Carnot a déclaré que le port rouvrirait, {rest}."),
            &[("Odile Carnot", "le port rouvrirait", &[])],
        );
    }
}

#[test]
fn an_infinitive_goes_on_with_the_same_speaker() {
    french(
        "« Le port rouvrira lundi », a déclaré Odile Carnot, avant d'ajouter que les quais étaient sûrs.",
        &[
            ("Odile Carnot", "Le port rouvrira lundi", &[]),
            ("Odile Carnot", "les quais étaient sûrs", &[]),
        ],
    );
    french(
        "Odile Carnot a tenu à préciser que le port rouvrirait.",
        &[("Odile Carnot", "le port rouvrirait", &[])],
    );
}

#[test]
fn where_something_was_said_may_stand_before_who_says_it() {
    for place in [
        "sur son compte",
        "devant la cour",
        "dans un tract",
        "à Tarn",
    ] {
        french(
            &format!("« Le port rouvrira lundi », a lancé {place} la maire Odile Carnot."),
            &[("la maire Odile Carnot", "Le port rouvrira lundi", &[])],
        );
    }
}

#[test]
fn a_pronoun_that_means_nobody_known_speaks_for_itself() {
    french(
        "« Je n'ai pas peur de la mer », lance-t-elle en riant.",
        &[("elle", "Je n'ai pas peur de la mer", &[])],
    );
}

#[test]
fn a_post_and_a_name_speak_before_a_colon() {
    french(
        "L'entraîneur des Loups, Paul Vernet : « Nous avons manqué de jambes. »",
        &[(
            "L'entraîneur des Loups, Paul Vernet",
            "Nous avons manqué de jambes.",
            &[],
        )],
    );
}

#[test]
fn an_apposition_in_an_incise_is_not_what_is_said() {
    french(
        "« Nous avons perdu la récolte, a déclaré Odile Carnot, la présidente du syndicat, et le port est vide. »",
        &[(
            "Odile Carnot, la présidente du syndicat",
            "Nous avons perdu la récolte, a déclaré Odile Carnot, la présidente du syndicat, et le port est vide",
            &[],
        )],
    );
}

#[test]
fn any_verb_reports_between_a_quotation_and_whoever_said_it() {
    for verb in ["calcule", "ose", "a philosophé", "veut croire", "tempête"] {
        french(
            &format!("« Le port rouvrira lundi », {verb} le docker Paul Vernet."),
            &[("le docker Paul Vernet", "Le port rouvrira lundi", &[])],
        );
    }
    // Whoever said it goes on.
    french(
        "« Le port rouvrira lundi », savoure le docker Paul Vernet, avant d'ajouter que la grue est neuve.",
        &[
            ("le docker Paul Vernet", "Le port rouvrira lundi", &[]),
            ("le docker Paul Vernet", "la grue est neuve", &[]),
        ],
    );
    french(
        "« Le port de la grande nuit », film de Paul Vernet, sort lundi.",
        &[],
    );
    french("« Le port de la grande nuit » rouvre la saison.", &[]);
}

#[test]
fn any_verb_parts_a_quotation_before_a_post_or_a_name() {
    let text =
        "« Les gars ont tout donné, savoure l'entraîneur Luis Ferrer. Nous méritons ce titre. »";
    let extraction = extract(text, Some(Language::French));
    assert_eq!(extraction.proposals[0].spans.len(), 2);
    assert_eq!(
        extraction.proposals[0].speaker.name,
        "l'entraîneur Luis Ferrer"
    );
}

#[test]
fn words_may_stand_between_an_inverted_auxiliary_and_its_verb() {
    let text = "Odile Carnot a pris la parole. « Le port rouvrira lundi », a-t-elle également simplement ajouté.";
    french(text, &[("Odile Carnot", "Le port rouvrira lundi", &[])]);
}

#[test]
fn a_speaker_acts_before_a_colon() {
    french(
        "Le maire hoche la tête : « Nous tiendrons encore deux ans. »",
        &[("Le maire", "Nous tiendrons encore deux ans.", &[])],
    );
}

#[test]
fn what_is_told_of_a_subject_is_nothing_said() {
    french(
        "Le texte, que le journal a consulté, prévoit un débit minimal.",
        &[],
    );
}

#[test]
fn a_verb_told_of_a_speaker_reports_another_quotation() {
    french(
        "« Le contrôle date de lundi », assure Odile Carnot dans un tract, où elle dénonce « une grève sans nom ».",
        &[
            ("Odile Carnot", "Le contrôle date de lundi", &[]),
            ("Odile Carnot", "une grève sans nom", &[]),
        ],
    );
}

#[test]
fn a_body_whose_name_ends_like_an_adverb_speaks() {
    for body in [
        "Le gouvernement",
        "Le Parlement",
        "Ce groupement",
        "Le ministère de l'Environnement",
        "La ministre du Logement",
    ] {
        french(
            &format!("{body} a clairement annoncé que le port rouvrirait."),
            &[(body, "le port rouvrirait", &[])],
        );
    }
}
