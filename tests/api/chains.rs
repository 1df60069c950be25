//! The chain through which words came: written whole, or made from its shortcuts.
use serde_json::{Value, json};

use crate::support::article::and;
use crate::support::{Article, TestApp, id, quote};

/// The statement that is read where this one was written.
#[track_caller]
fn read(statement: Value) -> Value {
    let app = TestApp::with(&[Article::new("one").statement(statement).line()]);
    app.json("/v1/articles/one")["statements"][0].clone()
}

#[track_caller]
fn faults(statement: Value) -> Vec<String> {
    let app = TestApp::new();
    let faults = app.refuse(Article::new("one").statement(statement).line());
    let within = |fault: String| fault.replace("/statements/0", "");
    faults.into_iter().map(within).collect()
}

fn whole(attribution: Value) -> Value {
    json!({"quote": "Baa.", "form": "direct", "attribution": attribution})
}

#[test]
fn shortcuts_make_the_chain() {
    let statement = and(
        &quote("Baa.", "Bo Tower"),
        "outlet",
        json!({"name": "Goat Gazette"}),
    );
    let statement = read(and(&statement, "speaker_label", "Tower, the bell-ringer"));
    let hops = statement["attribution"].as_array().unwrap();
    assert_eq!(hops.len(), 2);
    assert_eq!(
        (&hops[0]["role"], &hops[0]["hop"]),
        (&json!("speaker"), &json!(0))
    );
    assert_eq!(hops[0]["speaker"], statement["speaker"]);
    assert_eq!(hops[0]["as_named"], "Tower, the bell-ringer");
    assert_eq!(
        (&hops[1]["role"], &hops[1]["hop"]),
        (&json!("outlet"), &json!(1))
    );
    assert_eq!(hops[1]["outlet"], statement["outlet"]);
    assert_eq!(statement["outlet"]["name"], "Goat Gazette");
    let unnamed = json!({"quote": "Baa.", "form": "indirect", "anonymous": {"label": "two goats", "count": 2}});
    let statement = read(unnamed);
    assert_eq!(
        statement["attribution"],
        json!([{"hop": 0, "role": "speaker", "anonymous": {"label": "two goats", "count": 2}}])
    );
    assert_eq!(statement.get("speaker"), None);
    assert_eq!(statement.get("outlet"), None);
}

#[test]
fn the_label_is_as_named_else_the_anonymous_label_else_the_name() {
    for (hop, label) in [
        (
            json!({"role": "speaker", "speaker": {"name": "Bo Tower"}}),
            "Bo Tower",
        ),
        (
            json!({"role": "speaker", "speaker": {"name": "Bo Tower"}, "as_named": "he"}),
            "he",
        ),
        (
            json!({"role": "speaker", "anonymous": {"label": "a goat"}}),
            "a goat",
        ),
        (
            json!({"role": "speaker", "anonymous": {"label": "a goat"}, "as_named": "goats"}),
            "goats",
        ),
    ] {
        assert_eq!(read(whole(json!([hop])))["speaker_label"], label);
    }
}

#[test]
fn the_outlet_is_the_outermost_of_the_chain() {
    let statement = read(whole(json!([
        {"role": "speaker", "speaker": {"name": "Bo"}},
        {"role": "outlet", "outlet": {"name": "Inner"}},
        {"role": "outlet", "outlet": {"name": "Outer"}},
        {"role": "relay", "anonymous": {"label": "local media"}},
    ])));
    assert_eq!(statement["outlet"]["name"], "Outer");
    let statement = read(whole(
        json!([{"role": "speaker", "speaker": {"name": "Bo"}}, {"role": "relay", "speaker": {"name": "Cy"}}]),
    ));
    assert_eq!(statement.get("outlet"), None, "the article credits none");
}

#[test]
fn shortcuts_beside_the_chain_must_name_the_same_parties() {
    let chain = json!([
        {"role": "speaker", "speaker": {"name": "Bo Tower"}},
        {"role": "outlet", "outlet": {"name": "Inner"}},
        {"role": "outlet", "outlet": {"name": "Outer"}},
    ]);
    let with = |member: &str, value: Value| and(&whole(chain.clone()), member, value);
    read(with("speaker", json!({"name": "bo  TOWER"})));
    read(with("outlet", json!({"name": "Outer"})));
    assert_eq!(
        faults(with("speaker", json!({"name": "Cy"}))),
        ["/speaker shortcut_mismatch"]
    );
    assert_eq!(
        faults(with("outlet", json!({"name": "Inner"}))),
        ["/outlet shortcut_mismatch"]
    );
    assert_eq!(
        faults(with("anonymous", json!({"label": "x"}))),
        ["/anonymous shortcut_mismatch"]
    );
    let unnamed = whole(json!([{"role": "speaker", "anonymous": {"label": "a goat", "count": 1}}]));
    read(and(
        &unnamed,
        "anonymous",
        json!({"label": "a goat", "count": 1}),
    ));
    for (member, value) in [
        ("anonymous", json!({"label": "a sheep", "count": 1})),
        ("anonymous", json!({"label": "a goat"})),
        ("speaker", json!({"name": "Bo Tower"})),
        ("outlet", json!({"name": "Outer"})),
    ] {
        assert_eq!(
            faults(and(&unnamed, member, value)),
            [format!("/{member} shortcut_mismatch")]
        );
    }
}

#[test]
fn a_label_beside_the_chain_is_what_its_speaker_is_called_there() {
    let said = |hop: Value, label: &str| and(&whole(json!([hop])), "speaker_label", json!(label));
    let named = json!({"role": "speaker", "speaker": {"name": "Bo Tower"}});
    let called = json!({"role": "speaker", "speaker": {"name": "Bo Tower"}, "as_named": "he"});
    let unnamed = json!({"role": "speaker", "anonymous": {"label": "a goat"}});
    for (hop, label, as_named) in [
        (&named, "the bell-ringer", json!("the bell-ringer")),
        (&unnamed, "goats", json!("goats")),
        (&called, "he", json!("he")),
        (&named, "Bo Tower", Value::Null),
        (&unnamed, "a goat", Value::Null),
    ] {
        let statement = read(said(hop.clone(), label));
        assert_eq!(statement["attribution"][0]["as_named"], as_named, "{label}");
        assert_eq!(statement["speaker_label"], label);
    }
    assert_eq!(
        faults(said(called, "the bell-ringer")),
        ["/speaker_label shortcut_mismatch"]
    );
}

#[test]
fn a_refused_shortcut_leaves_no_record_behind() {
    let app = TestApp::new();
    let statement = whole(json!([{"role": "speaker", "speaker": {"name": "Bo Tower"}}]));
    let statement = and(&statement, "speaker", json!({"name": "Somebody Else"}));
    app.refuse(Article::new("one").statement(statement).line());
    assert_eq!(app.export(), "");
    assert_eq!(app.sequences().all, 0);
}

#[test]
fn every_hop_has_one_party_that_fits_its_role() {
    let bo = json!({"role": "speaker", "speaker": {"name": "Bo"}});
    for (chain, wanted) in [
        (json!([]), "/attribution invalid_chain"),
        (
            json!([{"role": "outlet", "outlet": {"name": "O"}}]),
            "/attribution/0/role invalid_chain",
        ),
        (
            json!([{"role": "relay", "speaker": {"name": "Bo"}}]),
            "/attribution/0/role invalid_chain",
        ),
        (
            json!([bo, {"role": "speaker", "speaker": {"name": "Cy"}}]),
            "/attribution/1/role invalid_chain",
        ),
        (json!([{"role": "speaker"}]), "/attribution/0 invalid_chain"),
        (
            json!([{"speaker": {"name": "Bo"}}]),
            "/attribution/0/role required",
        ),
        (
            json!([{"role": "speaker", "outlet": {"name": "O"}}]),
            "/attribution/0 invalid_chain",
        ),
        (
            json!([{"role": "speaker", "speaker": {"name": "Bo"}, "anonymous": {"label": "x"}}]),
            "/attribution/0 invalid_chain",
        ),
        (
            json!([bo, {"role": "outlet", "speaker": {"name": "Cy"}}]),
            "/attribution/1 invalid_chain",
        ),
        (
            json!([bo, {"role": "outlet", "anonymous": {"label": "media"}}]),
            "/attribution/1 invalid_chain",
        ),
        (
            json!([bo, {"role": "relay", "outlet": {"name": "O"}}]),
            "/attribution/1 invalid_chain",
        ),
        (
            json!([bo, {"role": "relay", "speaker": {}}]),
            "/attribution/1/speaker required",
        ),
        (
            json!([bo, {"role": "relay", "anonymous": {"label": " "}}]),
            "/attribution/1/anonymous/label required",
        ),
        (
            json!([bo, {"role": "relay", "anonymous": {"label": "x", "count": 0}}]),
            "/attribution/1/anonymous/count invalid_value",
        ),
        (
            json!([bo, {"role": "carrier", "speaker": {"name": "Cy"}}]),
            "/attribution/1/role invalid_document",
        ),
    ] {
        assert_eq!(faults(whole(chain.clone())), [wanted], "{chain}");
    }
    let mute = json!({"quote": "Baa.", "form": "direct"});
    assert_eq!(faults(mute.clone()), [" invalid_chain"]);
    let both = and(
        &and(&mute, "speaker", json!({"name": "Bo"})),
        "anonymous",
        json!({"label": "x"}),
    );
    assert_eq!(faults(both), [" invalid_chain"]);
}

#[test]
fn only_a_proposal_may_name_a_party_that_nobody_looked_up() {
    let chain = json!([{"role": "speaker", "unresolved": {"name": "Bo", "kind": "person"}}]);
    assert_eq!(faults(whole(chain.clone())), ["/attribution invalid_chain"]);
    let app = TestApp::new();
    let proposed = and(&whole(chain), "status", "proposed");
    app.store(&[Article::new("one").statement(proposed).line()]);
    assert!(app.export().contains("unresolved"));
    assert!(
        !app.export().contains("\"type\":\"speaker\""),
        "it makes no record"
    );
}

#[test]
fn an_unnamed_source_never_becomes_a_record() {
    let app = TestApp::new();
    let statement = whole(json!([
        {"role": "speaker", "anonymous": {"label": "مصدران"}},
        {"role": "relay", "anonymous": {"label": "وسائل إعلام محلية"}},
    ]));
    app.store(&[Article::new("one").statement(statement).line()]);
    assert_eq!(app.rows("/v1/speakers").len(), 0);
    assert!(!app.export().contains("\"type\":\"speaker\""));
}

#[test]
fn details_of_a_statement_are_checked() {
    let with = |member: &str, value: Value| and(&quote("Baa.", "Bo"), member, value);
    assert_eq!(
        faults(with("said_precision", "day".into())),
        ["/said_precision invalid_value"]
    );
    assert_eq!(
        faults(with("confidence", 1.5.into())),
        ["/confidence invalid_value"]
    );
    assert_eq!(
        faults(with("confidence", json!(-0.1))),
        ["/confidence invalid_value"]
    );
    assert_eq!(faults(with("id", "x".into())), ["/id invalid_id"]);
    assert_eq!(
        faults(with("form", "spoken".into())),
        ["/form invalid_document"]
    );
    assert_eq!(
        faults(with("status", "draft".into())),
        ["/status invalid_document"]
    );
    assert_eq!(faults(with("quote", " ".into())), ["/quote required"]);
    let app = TestApp::new();
    let twin = with("id", id(1).into());
    let article = Article::new("one").statement(twin.clone()).statement(twin);
    assert_eq!(
        app.refuse(article.line()),
        ["/statements/1/id duplicate_id"]
    );
}
