//! Every list: parameters are strict, and `fields` narrows the rows.
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::lists::{List, on_every_list};
use crate::support::newsroom::{HIDDEN, newsroom};

on_every_list!(
    names_the_nearest_of_an_unknown_parameter,
    refuses_every_parameter_that_is_repeated_empty_or_garbled,
    narrows_rows_to_the_fields_asked_for,
    names_the_nearest_of_an_unknown_field,
    shows_nothing_hidden,
);

fn names_the_nearest_of_an_unknown_parameter(list: &List) {
    let app = TestApp::with(&newsroom());
    let (mistyped, meant) = list.mistyped;
    for (parameter, meant) in [
        (mistyped, meant),
        ("limt=3", "limit"),
        ("Cursor=x", "cursor"),
    ] {
        let problem = app
            .get(&list.with(parameter))
            .problem(400, "unknown_parameter");
        let name = parameter.split('=').next().unwrap();
        assert_eq!(problem["errors"][0]["parameter"], name);
        assert_eq!(problem["errors"][0]["code"], "unknown_parameter");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(&format!("`{meant}`")), "{detail}");
    }
    let problem = app
        .get(&list.with("zzzzzz=1"))
        .problem(400, "unknown_parameter");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("`limit`"),
        "it lists those there are: {detail}"
    );
    app.get(&list.with("preview=x"))
        .problem(400, "unknown_parameter");
}

/// The parameters that the document names.
fn parameters(list: &List) -> Vec<String> {
    let document = serde_json::to_value(isnad::app::openapi()).unwrap();
    let parameters = document["paths"][list.template()]["get"]["parameters"].clone();
    let of_query = |parameter: &&Value| parameter["in"] == "query";
    let name = |parameter: &Value| parameter["name"].as_str().unwrap().to_owned();
    let parameters = parameters.as_array().unwrap();
    parameters.iter().filter(of_query).map(name).collect()
}

fn refuses_every_parameter_that_is_repeated_empty_or_garbled(list: &List) {
    let app = TestApp::with(&newsroom());
    let names = parameters(list);
    assert!(names.len() > 4, "{names:?}");
    for name in names {
        let refused = |query: String, code: &str| {
            let problem = app.get(&list.with(&query)).problem(400, code);
            assert_eq!(problem["errors"][0]["parameter"], name, "{query}");
        };
        refused(format!("{name}="), "invalid_parameter");
        refused(name.clone(), "invalid_parameter");
        refused(format!("{name}=%FF"), "invalid_parameter");
        refused(format!("{name}=%C3%28"), "invalid_parameter");
        refused(format!("{name}=a%00b"), "invalid_parameter");
        refused(format!("{name}=true&{name}=true"), "repeated_parameter");
        refused(
            format!("{name}=true&%{:02x}{}=true", name.as_bytes()[0], &name[1..]),
            "repeated_parameter",
        );
    }
}

fn narrows_rows_to_the_fields_asked_for(list: &List) {
    let app = TestApp::with(&newsroom());
    let whole = app.rows(&list.with("limit=100"));
    let key = list.key_member;
    let response = app.get(&list.with(&format!("limit=100&fields={key}")));
    assert_eq!(response.media_type(), "application/vnd.isnad.partial+json");
    let wanted: Vec<Value> = whole.iter().map(|row| json!({key: row[key]})).collect();
    assert_eq!(response.json()["data"], json!(wanted));
    let (_, field) = list.field;
    let response = app.get(&list.with(&format!("limit=100&fields={field},{key}")));
    for (row, whole) in response.json()["data"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&whole)
    {
        let mut wanted = json!({key: whole[key]});
        if let Some(value) = whole.get(field) {
            wanted[field] = value.clone();
        }
        assert_eq!(row, &wanted);
    }
    // The order of members is the document's, not the request's.
    let first = response.text().find(&format!("\"{key}\""));
    assert!(first < response.text().find(&format!("\"{field}\"")));
    let members = whole[0].as_object().unwrap().keys().cloned();
    let every = members.collect::<Vec<_>>().join(",");
    let row = app.rows(&list.with(&format!("limit=1&fields={every}")));
    assert_eq!(row[0], whole[0]);
    assert_eq!(app.get(list.path).media_type(), "application/json");
}

fn names_the_nearest_of_an_unknown_field(list: &List) {
    let app = TestApp::with(&newsroom());
    let (mistyped, meant) = list.field;
    let response = app.get(&list.with(&format!("fields={},{mistyped}", list.key_member)));
    let problem = response.problem(400, "invalid_parameter");
    assert_eq!(problem["errors"][0]["parameter"], "fields");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(&format!("`{meant}`")), "{detail}");
    for fields in ["id,,slug", ",id", "id,"] {
        let response = app.get(&list.with(&format!("fields={fields}")));
        response.problem(400, "invalid_parameter");
    }
}

fn shows_nothing_hidden(list: &List) {
    let app = TestApp::with(&newsroom());
    for order in list.orders() {
        let response = app.get(&list.with(&format!("{order}limit=100&count=true")));
        assert!(!response.everything().contains(HIDDEN), "{order}");
    }
}
