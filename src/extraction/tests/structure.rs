//! What belongs to an article, and what to its page.
use super::super::{Language, Part, extract};

/// The lines of the article, and what was left out.
fn parts(text: &str) -> (Vec<(Part, String)>, Vec<String>) {
    let extraction = extract(text, None);
    let slice = |start: usize, end: usize| text.chars().skip(start).take(end - start).collect();
    let blocks = extraction
        .blocks
        .iter()
        .map(|block| (block.part, slice(block.span.start, block.span.end)))
        .collect();
    (blocks, extraction.left_out)
}

#[track_caller]
fn keeps(text: &str, kept: usize, left_out: &[&str]) {
    let (blocks, out) = parts(text);
    assert_eq!(out, left_out, "{text}");
    assert_eq!(blocks.len(), kept, "{text}");
}

#[test]
fn a_short_first_line_is_the_title_and_later_ones_are_headings() {
    let (blocks, _) = parts(
        "Will the bridge of Tarn open?\n\nAda Morrow said it would.\n\nA long wait\n\nNobody knows.",
    );
    let parts: Vec<Part> = blocks.into_iter().map(|(part, _)| part).collect();
    assert_eq!(
        parts,
        [Part::Title, Part::Paragraph, Part::Heading, Part::Paragraph]
    );
}

#[test]
fn a_dateline_is_no_part_of_the_first_paragraph() {
    for (text, dateline) in [
        (
            "بيروت (وكالة الساحل) - قال رائد منصور إن الجسر جاهز.",
            "بيروت (وكالة الساحل) -",
        ),
        ("طلمون – قال رائد منصور إن الجسر جاهز.", "طلمون –"),
        (
            "PARIS, 3 May (AP) — Ada Morrow said that it was safe.",
            "PARIS, 3 May (AP) —",
        ),
        ("TARN — Ada Morrow said that it was safe.", "TARN —"),
        (
            "Tarn (La Vigie) – Odile Carnot a déclaré que le pont est prêt.",
            "Tarn (La Vigie) –",
        ),
    ] {
        keeps(text, 1, &[dateline]);
        let first = extract(text, None).proposals.remove(0);
        assert!(!first.speaker.name.contains(['-', '–', '—', '(']), "{text}");
    }
}

#[test]
fn a_dash_in_a_sentence_is_no_dateline() {
    keeps("Ada Morrow — the mayor — said that it was safe.", 1, &[]);
    keeps("قال رائد منصور - وهو مهندس - إن الجسر جاهز.", 1, &[]);
    keeps("Morrow: “It is safe and we will open it soon.”", 1, &[]);
}

#[test]
fn who_wrote_it_is_left_out() {
    keeps(
        "The bridge\nBy Ada Morrow and Jan Holt\nIt was safe, she said.",
        2,
        &["By Ada Morrow and Jan Holt"],
    );
    keeps(
        "Le pont\nPar Odile Carnot\nIl est prêt, dit-elle.",
        2,
        &["Par Odile Carnot"],
    );
    keeps(
        "الجسر\nبقلم رائد منصور\nقال إن الجسر جاهز.",
        2,
        &["بقلم رائد منصور"],
    );
    keeps(
        "The bridge\nBy the river, homes flooded\nIt was late.",
        3,
        &[],
    );
}

#[test]
fn buttons_credits_and_invitations_are_left_out() {
    for line in [
        "Share",
        "Advertisement",
        "© 2031 The Tarn Courier. All rights reserved.",
        "Photo: Ada Morrow",
        "Sign up for our weekly newsletter and get the best of Tarn in your inbox",
        "Lire aussi : Le port rouvre ses portes",
        "Publicité",
        "إعلان",
        "جميع الحقوق محفوظة لصحيفة الضفة",
        "اشترك في نشرتنا البريدية",
    ] {
        keeps(&format!("Tarn\n{line}\nIt was late, she said."), 2, &[line]);
    }
}

#[test]
fn a_title_may_begin_like_a_button() {
    keeps(
        "Read more, mayor tells pupils\nIt was late, she said.",
        2,
        &[],
    );
}

#[test]
fn headlines_behind_a_list_of_other_articles_belong_to_the_page() {
    let text = "الجسر\nقال رائد منصور إن الجسر جاهز.\nمقالات ذات صلة\nالميناء: الأسعار ترتفع\nهل تعود المياه إلى طلمون؟";
    let extraction = extract(text, Some(Language::Arabic));
    assert_eq!(extraction.left_out.len(), 3);
    assert_eq!(extraction.proposals.len(), 1);
}

#[test]
fn a_list_of_other_articles_inside_a_text_ends_nothing() {
    let text = "Tarn\nMost read\nAda Morrow said that it was safe and that nobody had to leave the town that night.";
    keeps(text, 2, &["Most read"]);
}
