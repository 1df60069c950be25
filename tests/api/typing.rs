//! Whatever somebody types is answered, on every list that is searched.
use proptest::prelude::*;

use crate::support::TestApp;
use crate::support::newsroom::newsroom;

/// The most characters that are taken.
const MOST: usize = 300;

/// Strings as they come, and strings of what means something to somebody: operators, quotation marks, marks without letters.
fn any_string() -> impl Strategy<Value = String> {
    #[rustfmt::skip]
    let parts = prop::sample::select(vec![
        "\"", "“", "«", "'", "’", "(", ")", "{", "}", "[", "*", ":", "^", "+", "-", "−", "--", "~", "|", "&", "!", "<->", "\\", "/", "%",
        "_", ";", ",", ".", "NEAR", "NEAR(goat ferry, 3)", "AND", "OR", "NOT", "title:", ":A", ":*", "goat", "goats", "ferry", "العبّارة",
        "ال", "و", "ـ", "\u{64B}", "\u{654}", "\u{301}", "\u{20DD}", "\u{FE0F}", "\0", "\u{1}", "\n", "\t", "\u{A0}", "\u{200B}",
        "\u{200D}", "\u{200F}", "\u{202E}", "\u{2066}", "\u{FEFF}", "\u{E000}", "\u{E03A}", "\u{F8FF}", "\u{FFFF}", "\u{10FFFF}", "🐐",
        "👩‍🌾", "中", "水門", "ท", "ﷺ", "½", "1", "٢", "1.5", "10.20.30.40", " ", " ", " ",
    ]);
    let part = parts.clone();
    let again = (part, 1..400_usize).prop_map(|(part, times)| {
        part.repeat(times)
            .chars()
            .take(MOST + times % 3)
            .collect::<String>()
    });
    prop_oneof![
        4 => prop::collection::vec(parts, 0..16).prop_map(|parts| parts.concat()),
        2 => any::<String>(),
        2 => "\\PC{0,80}",
        2 => again,
        1 => prop::collection::vec(any::<char>(), MOST - 2..MOST + 3).prop_map(String::from_iter),
    ]
}

/// Everything that takes what somebody types; `q` comes last.
const SEARCHES: [&str; 9] = [
    "/v1/articles?",
    "/v1/articles?prefix=true&highlight=true&count=true&facet=month,tag,speaker,outlet,language&include=body&",
    "/v1/articles?sort=published_at&language=en&prefix=true&",
    "/v1/statements?",
    "/v1/statements?prefix=true&highlight=true&count=true&facet=form,speaker,outlet,tag,language,month&",
    "/v1/suggest?",
    "/v1/speakers?",
    "/v1/outlets?",
    "/v1/tags?",
];

#[test]
fn whatever_is_typed_is_answered_but_what_is_too_long_or_holds_a_nul() {
    let app = TestApp::with(&newsroom());
    let config = ProptestConfig {
        cases: 80,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(typed in any_string())| {
        let q = form_urlencoded::Serializer::new(String::new()).append_pair("q", &typed).finish();
        for search in SEARCHES {
            let response = app.get(&format!("{search}{q}"));
            if (1..=MOST).contains(&typed.chars().count()) && !typed.contains('\0') {
                prop_assert_eq!(response.status, 200, "{}{}: {}", search, q, response.text());
                continue;
            }
            let problem = response.problem(400, "invalid_parameter");
            prop_assert_eq!(&problem["errors"][0]["parameter"], "q", "{}", problem);
        }
    });
}
