//! What a list of articles leaves out, and adds when asked.
use crate::support::TestApp;
use crate::support::newsroom::newsroom;

const PARTS: [&str; 3] = ["body", "statements", "translations"];

#[test]
fn a_list_has_no_body_statements_or_translations_unless_asked() {
    let app = TestApp::with(&newsroom());
    for row in app.rows("/v1/articles?limit=100") {
        assert!(PARTS.iter().all(|part| row.get(part).is_none()));
    }
    for included in [
        "body",
        "statements",
        "translations",
        "body,translations",
        "body,statements,translations",
    ] {
        let rows = app.rows(&format!("/v1/articles?limit=100&include={included}"));
        for row in &rows {
            let slug = row["slug"].as_str().unwrap();
            let mut item = app.json(&format!("/v1/articles/{slug}"));
            let item_members = item.as_object_mut().unwrap();
            item_members
                .retain(|name, _| !PARTS.contains(&name.as_str()) || included.contains(name));
            assert_eq!(*row, item, "{included}");
        }
    }
}

#[test]
fn naming_a_part_among_the_fields_includes_it() {
    let app = TestApp::with(&newsroom());
    for (parameters, members) in [
        ("fields=id,body", &["id", "body"][..]),
        ("fields=statements", &["statements"]),
        ("fields=id&include=translations", &["id", "translations"]),
        (
            "fields=id,statements&include=body",
            &["id", "body", "statements"],
        ),
        ("fields=title,id", &["id", "title"]),
    ] {
        let response = app.get(&format!("/v1/articles?{parameters}"));
        assert_eq!(response.media_type(), "application/vnd.isnad.partial+json");
        for row in response.json()["data"].as_array().unwrap() {
            let mut found: Vec<&String> = row.as_object().unwrap().keys().collect();
            found.sort_unstable();
            let mut wanted = members.to_vec();
            wanted.sort_unstable();
            assert_eq!(found, wanted, "{parameters}");
        }
    }
}

#[test]
fn included_statements_are_those_of_the_article_in_text_order() {
    let app = TestApp::with(&newsroom());
    for row in app.rows("/v1/articles?include=statements&limit=100") {
        let slug = row["slug"].as_str().unwrap();
        let listed = app.rows(&format!("/v1/articles/{slug}/statements?limit=100"));
        assert_eq!(row["statements"].as_array().unwrap(), &listed);
        assert_eq!(row["statement_count"], listed.len());
    }
}
