//! Documents written by hand: an article of the write shape, and what the API makes of it.
use serde_json::Value;

use crate::support::TestApp;

struct Golden {
    id: &'static str,
    written: &'static str,
    item: &'static str,
    list: &'static str,
}

const ARABIC: Golden = Golden {
    id: "019de288-a820-7100-a0c3-c954d15cd0ed",
    written: include_str!("../golden/arabic.write.ndjson"),
    item: include_str!("../golden/arabic.item.json"),
    list: include_str!("../golden/arabic.list.json"),
};

const ENGLISH: Golden = Golden {
    id: "019db0a9-a0c0-7100-a79f-a061eba779ca",
    written: include_str!("../golden/english.write.ndjson"),
    item: include_str!("../golden/english.item.json"),
    list: include_str!("../golden/english.list.json"),
};

impl Golden {
    fn app(&self) -> TestApp {
        let app = TestApp::new();
        let imported = app.import_text(self.written, true);
        assert!(imported.faults.is_empty(), "{:#?}", imported.faults);
        app
    }
}

/// Holds that two documents are the same, the order of their members too.
#[track_caller]
fn same(served: &str, golden: &str) {
    let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let (served_value, golden_value) = (parse(served), parse(golden));
    assert_eq!(
        serde_json::to_string_pretty(&served_value).unwrap(),
        serde_json::to_string_pretty(&golden_value).unwrap()
    );
    assert_eq!(without_gaps(served), without_gaps(golden));
}

/// JSON text without the white space between its tokens.
fn without_gaps(json: &str) -> String {
    let mut text = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for character in json.chars() {
        if quoted || !character.is_ascii_whitespace() {
            text.push(character);
        }
        quoted ^= character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
    }
    text
}

#[test]
fn an_arabic_article_is_served_as_written_by_hand() {
    let app = ARABIC.app();
    let item = app.get(&format!("/v1/articles/{}", ARABIC.id));
    same(&item.text(), ARABIC.item);
}

#[test]
fn an_english_article_is_served_as_written_by_hand() {
    let app = ENGLISH.app();
    let item = app.get(&format!("/v1/articles/{}", ENGLISH.id));
    same(&item.text(), ENGLISH.item);
}

#[test]
fn a_list_has_the_article_without_its_parts() {
    for golden in [ARABIC, ENGLISH] {
        let page = golden.app().get("/v1/articles").text();
        let row = page.strip_prefix("{\"data\":[").unwrap();
        let row = row.split("],\"page\":{\"limit\"").next().unwrap();
        same(row, golden.list);
    }
}

#[test]
fn a_list_that_includes_all_parts_has_the_article_as_it_is_alone() {
    for golden in [ARABIC, ENGLISH] {
        let app = golden.app();
        let page = app.get("/v1/articles?include=body,statements,translations");
        let row = page.text();
        let row = row.strip_prefix("{\"data\":[").unwrap();
        let row = row.split("],\"page\":{\"limit\"").next().unwrap();
        same(row, golden.item);
    }
}
