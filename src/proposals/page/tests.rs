//! What the page shows: marks in the text, chains beside it, and nothing that the text could smuggle in.
use super::page;
use crate::proposals::fixtures::{extracted, hop, name, statement, unnamed, with};
use crate::proposals::types::{Extracted, FoundRecord};
use crate::statements::types::{AnchorPlace, Form, Role};
use crate::statements::write_shape::{NewAnchor, NewStatement};

/// All texts that stand within elements that begin with `opening`, up to `closing`.
fn between<'p>(page: &'p str, opening: &str, closing: &str) -> Vec<&'p str> {
    let found = page.split(opening).skip(1);
    found
        .map(|rest| rest.split(closing).next().unwrap())
        .collect()
}

fn plain(html: &str) -> String {
    let texts = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    texts.collect()
}

/// What is marked of a statement, and where its number stands left out.
fn marked(page: &str, number: usize) -> String {
    let opening = format!(r#"<mark class="m{number} "#);
    let pieces = between(page, &opening, "</mark>").into_iter();
    let texts = pieces.map(|piece| plain(piece.split_once('>').unwrap().1));
    texts.collect::<Vec<_>>().join("|")
}

#[test]
fn the_words_of_a_statement_are_marked_by_utf16_offsets() {
    let of = extracted("ar", "عنوان", &["🚨 «𐤀 قال 🐟» ثم"]);
    let page = page(
        &with(of.clone(), vec![statement(&of, &[(Some(0), "𐤀 قال 🐟")])]),
        "a.txt",
    );
    assert_eq!(marked(&page, 1), "𐤀 قال 🐟");
    let block = between(&page, r#"<p class="text">"#, "</p>")[0];
    assert!(
        block.starts_with("🚨 <a"),
        "the number stands before the mark of quotation: {block}"
    );
    assert_eq!(plain(block), "🚨 1«𐤀 قال 🐟» ثم");
}

#[test]
fn a_statement_in_pieces_is_marked_in_each_and_has_one_card() {
    let of = extracted("en", "T", &["“One,” she said, “and two.”", "“And three.”"]);
    let pieces = [
        (Some(0), "One,"),
        (Some(0), "and two."),
        (Some(1), "And three."),
    ];
    let page = page(&with(of.clone(), vec![statement(&of, &pieces)]), "a.txt");
    assert_eq!(marked(&page, 1), "One,|and two.|And three.");
    assert_eq!(page.matches(r#"id="s1""#).count(), 1);
    assert_eq!(
        page.matches(r#"id="m1""#).count(),
        1,
        "its card leads back to the first piece"
    );
    assert_eq!(page.matches(r##"href="#s1""##).count(), 3);
    assert!(
        page.contains("\narticle:has(.m1:is("),
        "it lights up in both paragraphs"
    );
}

#[test]
fn a_headline_can_be_said() {
    let of = extracted("en", "Mayor: the pier stays", &["Nothing here."]);
    let page = page(
        &with(
            of.clone(),
            vec![statement(&of, &[(None, "the pier stays")])],
        ),
        "a.txt",
    );
    assert_eq!(marked(&page, 1), "the pier stays");
    let row = between(&page, r#"<div class="row"><h1"#, "</div>")[0];
    assert!(
        row.contains(r#"id="s1""#),
        "its card stands beside the headline"
    );
}

#[test]
fn statements_that_overlap_are_each_marked_whole() {
    let of = extracted("en", "T", &["One two three four five."]);
    let statements = vec![
        statement(&of, &[(Some(0), "One two three four five")]),
        statement(&of, &[(Some(0), "two three")]),
        statement(&of, &[(Some(0), "three four")]),
    ];
    let page = page(&with(of, statements), "a.txt");
    let block = between(&page, r#"<p class="text">"#, "</p>")[0];
    assert_eq!(
        block.matches("<mark").count(),
        block.matches("</mark>").count()
    );
    let of_statement = |number: usize| -> String {
        // A run is of all statements whose marks are open.
        let runs = block.split("</mark>").flat_map(|part| part.split("<a "));
        let class = format!(r#"<mark class="m{number} "#);
        runs.filter(|run| run.contains(&class))
            .map(|run| plain(run.split_once("<mark").unwrap().1))
            .collect()
    };
    assert_eq!(
        of_statement(1).replace("mark class=", ""),
        "One two three four five"
    );
    assert_eq!(of_statement(2), "two three");
    assert_eq!(of_statement(3), "three four");
}

#[test]
fn what_has_no_place_in_the_text_shows_its_words_at_the_end() {
    let of = extracted("en", "T", &["Some text."]);
    let lost = |anchor| NewStatement {
        quote: Some("lost words".to_owned()),
        anchor,
        ..NewStatement::default()
    };
    let anchor = |place, block, start, end| {
        Some(NewAnchor {
            place,
            block,
            start: Some(start),
            end: Some(end),
            ..NewAnchor::default()
        })
    };
    let statements = vec![
        lost(None),
        lost(anchor(None, Some(7), 0, 2)),
        lost(anchor(None, Some(0), 0, 99)),
        lost(anchor(None, Some(0), 3, 3)),
        lost(anchor(Some(AnchorPlace::Summary), None, 0, 2)),
    ];
    let page = page(&with(of, statements), "a.txt");
    assert!(!between(&page, "<article>", "</article>")[0].contains("<mark"));
    let rest = between(&page, r#"<section class="homeless">"#, "</section>")[0];
    assert_eq!(rest.matches("lost words").count(), 5);
    assert!(
        !rest.contains(r##"href="#m"##),
        "there is nothing to lead back to"
    );
}

#[test]
fn markup_in_any_text_stays_text() {
    let evil = "<script>alert(1)</script> \" onload='x' & </style>";
    let of = extracted(evil, evil, &[evil]);
    let chain = vec![hop(Role::Speaker, evil, evil, evil), unnamed(evil, None)];
    let new = NewStatement {
        attribution: Some(chain),
        rule: Some(evil.to_owned()),
        ..statement(&of, &[(Some(0), "alert(1)")])
    };
    let unplaced = NewStatement {
        quote: Some(evil.to_owned()),
        ..NewStatement::default()
    };
    let mut of = with(of, vec![new, unplaced]);
    of.names = vec![name(evil, evil, &[evil, "b<b"])];
    of.names[0].ambiguous = Some(vec![evil.to_owned()]);
    of.left_out = vec![evil.to_owned()];
    let page = page(&of, evil);
    assert!(!page.contains("<script"), "no script");
    assert!(!page.contains("onload='") && !page.contains("\" onload"));
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(page.contains("&lt;script&gt;") && page.contains("&amp; &lt;/style&gt;"));
}

#[test]
fn an_article_in_which_nobody_says_anything_says_so() {
    let page = page(&extracted("fr", "Titre", &["Rien."]), "a.txt");
    assert!(page.contains("Aucun propos"));
    for absent in [
        r#"class="cards""#,
        r#"class="names""#,
        r#"class="left-out""#,
        r#"class="homeless""#,
    ] {
        assert!(!page.contains(absent), "{absent}");
    }
    let nothing = Extracted {
        article: Default::default(),
        names: Vec::new(),
        left_out: Vec::new(),
    };
    assert!(super::page(&nothing, "empty.txt").contains("<title>empty.txt</title>"));
}

#[test]
fn a_chain_runs_from_the_mouth_outward_and_says_who_was_taken_for_whom() {
    let of = extracted("en", "T", &["Words here."]);
    let new = NewStatement {
        attribution: Some(vec![
            unnamed("two officials", Some(2)),
            hop(Role::Relay, "Tarrant", "Edith Tarrant", "person"),
            hop(Role::Outlet, "the Courier", "Harlow Courier", "outlet"),
        ]),
        form: Some(Form::Indirect),
        ..statement(&of, &[(Some(0), "Words here")])
    };
    let mut of = with(of, vec![new]);
    of.names = vec![
        name("Edith Tarrant", "person", &["Tarrant"]),
        name("Harlow Courier", "outlet", &["the Courier"]),
    ];
    of.names[0].record = Some(FoundRecord {
        id: "1".to_owned(),
        slug: "edith".to_owned(),
        name: "Edith Tarrant".to_owned(),
    });
    of.names[1].ambiguous = Some(vec!["courier".to_owned(), "courier-2".to_owned()]);
    let page = page(&of, "a.txt");
    let hops = between(&page, r#"<li class="hop "#, "</li>");
    let hops: Vec<&str> = hops
        .into_iter()
        .filter(|hop| hop.contains("party"))
        .collect();
    assert!(
        hops[0].starts_with("speaker unnamed") && hops[0].contains("unnamed × 2"),
        "{}",
        hops[0]
    );
    assert!(
        hops[1].starts_with("relay")
            && hops[1].contains("on record")
            && hops[1].contains("<bdi>Edith Tarrant</bdi>")
    );
    assert!(hops[2].starts_with("outlet") && hops[2].contains("one of several"));
    let row = between(&page, r#"<tr><th scope="row">"#, "</tr>");
    assert!(row[0].contains("edith") && row[0].contains(r##"href="#s1""##));
    assert!(row[1].contains("courier-2"));
}

#[test]
fn a_party_that_the_words_only_understand_is_named_in_full() {
    let of = extracted("en", "T", &["Words here."]);
    let mut understood = hop(Role::Speaker, "", "edith TARRANT", "person");
    understood.as_named = None;
    let new = NewStatement {
        attribution: Some(vec![understood]),
        ..statement(&of, &[(Some(0), "Words here")])
    };
    let mut of = with(of, vec![new]);
    of.names = vec![name("Edith Tarrant", "person", &[])];
    let page = page(&of, "a.txt");
    assert!(
        page.contains(r#"<bdi class="party">Edith Tarrant</bdi>"#),
        "names are found however they are spelled"
    );
    assert!(page.contains("understood</span> <span class=\"state new\">new"));
}

#[test]
fn the_page_speaks_and_runs_as_its_article_does() {
    let arabic = page(&extracted("ar-EG", "عنوان", &["نص."]), "a.txt");
    assert!(arabic.contains(r#"<html lang="ar-EG" dir="rtl">"#) && arabic.contains("الأقوال"));
    let french = page(&extracted("fr", "Titre", &["Texte."]), "a.txt");
    assert!(french.contains(r#"<html lang="fr" dir="ltr">"#) && french.contains("Propos"));
}

#[test]
fn the_page_permits_its_own_style_and_nothing_else() {
    use base64::Engine;
    use sha2::Digest;
    let of = extracted("en", "T", &["Words here."]);
    let page = page(
        &with(of.clone(), vec![statement(&of, &[(Some(0), "Words")])]),
        "a.txt",
    );
    let style = between(&page, "<style>", "</style>")[0];
    let digest = base64::prelude::BASE64_STANDARD.encode(sha2::Sha256::digest(style));
    assert!(page.contains(&format!("default-src 'none'; style-src 'sha256-{digest}';")));
    for forbidden in ["<script", " style=", "url(", "http:", "https:", "@import"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}
