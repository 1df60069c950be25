//! What the table shows, and that it stays within its width.
use super::cells::width;
use super::table;
use crate::proposals::fixtures::{extracted, hop, name, statement, unnamed, with};
use crate::proposals::types::{Extracted, FoundRecord};
use crate::statements::types::{Form, Role};
use crate::statements::write_shape::NewStatement;

fn sample() -> Extracted {
    let of = extracted(
        "en",
        "Ferry stays",
        &["“We owe them a boat,” she said, and that it stays."],
    );
    let long = NewStatement {
        attribution: Some(vec![
            unnamed("two officials", Some(2)),
            hop(Role::Relay, "Tarrant", "Edith Tarrant", "person"),
            hop(Role::Outlet, "Harlow Courier", "Harlow Courier", "outlet"),
        ]),
        form: Some(Form::Indirect),
        confidence: Some(0.5),
        rule: Some("relay".to_owned()),
        ..statement(&of, &[(Some(0), "that it stays")])
    };
    let mut understood = hop(Role::Speaker, "", "Edith Tarrant", "person");
    understood.as_named = None;
    let short = NewStatement {
        attribution: Some(vec![understood]),
        ..statement(&of, &[(Some(0), "We owe them a boat")])
    };
    let mut of = with(of, vec![short, long]);
    of.names = vec![
        name("Edith Tarrant", "person", &["Tarrant"]),
        name("Harlow Courier", "outlet", &["Harlow Courier"]),
    ];
    of.names[0].record = Some(FoundRecord {
        id: "1".to_owned(),
        slug: "edith".to_owned(),
        name: "Edith Tarrant".to_owned(),
    });
    of.left_out = vec!["Read also".to_owned()];
    of
}

#[test]
fn statements_names_and_what_was_left_out_stand_below_one_another() {
    let expected = "\
Ferry stays
en: 2 statements, 2 names, 1 line left out

#  form      sure  rule                said by → through
1  direct     93%  cue_then_quotation  Edith Tarrant (understood)
   We owe them a boat
2  indirect   50%  relay               two officials (unnamed, 2) → Tarrant = Edith Tarrant → Harlow Courier
   that it stays

name            kind    taken for
Edith Tarrant   person  record edith; named Tarrant
Harlow Courier  outlet  new

left out
Read also
";
    assert_eq!(table(&sample(), 110), expected);
}

#[test]
fn no_line_is_wider_than_the_terminal_unless_that_is_very_narrow() {
    let mut of = sample();
    let long = "قالَ إنّ كلّ شيء سيبقى 新聞 كما هو ".repeat(40);
    of.article.title = Some(long.clone());
    of.names.push(name(&long, &long, &[&long, "x"]));
    of.left_out.push(long.clone());
    for new in of.article.statements.iter_mut().flatten() {
        new.quote = Some(long.clone());
        new.rule = Some(long.clone());
        new.attribution = Some(vec![
            hop(Role::Speaker, &long, "x", "person"),
            unnamed(&long, None),
        ]);
    }
    for (asked, most) in [(200, 200), (100, 100), (60, 60), (5, 60)] {
        for line in table(&of, asked).lines() {
            assert!(width(line) <= most, "{asked}: {line}");
        }
    }
}

#[test]
fn several_records_of_a_name_are_all_told() {
    let mut of = sample();
    of.names[1].ambiguous = Some(vec!["courier".to_owned(), "courier-2".to_owned()]);
    assert!(table(&of, 100).contains("Harlow Courier  outlet  one of courier, courier-2\n"));
}

#[test]
fn an_article_in_which_nobody_says_anything_has_a_head_alone() {
    let of = extracted("ar", "عنوان", &["نص."]);
    assert_eq!(
        table(&of, 80),
        "\u{2068}عنوان\u{2069}\nar: 0 statements, 0 names, 0 lines left out\n"
    );
}
