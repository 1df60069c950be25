//! Records in and out, and what is said of those that are broken.
use super::made;
use crate::evaluation::{Reading, annotate, gold, predictions, score};
use serde_json::Value;

fn annotated(input: &str) -> Result<String, String> {
    let mut output = Vec::new();
    annotate(input.as_bytes(), &mut output).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(output).unwrap())
}

const ARTICLE: &str = "Olga Brandt said that the bridge would open in May.";

#[test]
fn a_record_keeps_its_members_and_their_order() {
    let line = format!(
        r#"{{"source":{{"z":1,"a":[2]}},"quotes":"old","id":7,"text":"{ARTICLE}","lang":"en-GB"}}"#
    );
    let output = annotated(&line).unwrap();
    let at = |member: &str| output.find(member).unwrap();
    assert!(output.starts_with(r#"{"source":{"z":1,"a":[2]},"quotes":[{"speaker":"Olga Brandt""#));
    assert!(at(r#""quotes""#) < at(r#""id":7"#) && at(r#""text""#) < at(r#""lang":"en-GB"}"#));
    assert_eq!(output.lines().count(), 1);
}

#[test]
fn statements_are_written_as_scorers_read_them() {
    let output =
        annotated(r#"{"text":"بحسب رويترز، قال مصدر أمني إن الجسر سيفتح في أيار."}"#).unwrap();
    let record: Value = serde_json::from_str(&output).unwrap();
    let text: Vec<char> = record["text"].as_str().unwrap().chars().collect();
    let quote = &record["quotes"][0];
    let place = |name: &str| quote[name].as_u64().unwrap() as usize;
    let words: String = text[place("quote_start")..place("quote_end")]
        .iter()
        .collect();
    assert_eq!(words, "الجسر سيفتح في أيار");
    assert_eq!(quote["quote"], words);
    assert_eq!(quote["spans"][0][0], quote["quote_start"]);
    assert_eq!(quote["speaker"], "مصدر أمني");
    assert_eq!(quote["anonymous"], true);
    assert_eq!(quote["via"][0]["name"], "رويترز");
    assert_eq!(quote["outlet"], "رويترز");
    assert_eq!(quote["rule"], "cue_then_clause");
    assert!(quote["confidence"].to_string().len() <= 4, "{quote}");
}

#[test]
fn what_was_written_is_read_again() {
    let (gold, _) = made();
    let output = annotated(include_str!("gold.jsonl")).unwrap();
    let read = predictions(output.as_bytes(), &gold).unwrap();
    let made = crate::evaluation::predict(&gold);
    let figures = |predictions| score(&gold, predictions, &Reading::default()).to_string();
    assert_eq!(figures(&read), figures(&made));
}

#[test]
fn blank_lines_are_passed_over() {
    let lines = format!("\n{{\"text\":\"{ARTICLE}\"}}\n  \n");
    assert_eq!(annotated(&lines).unwrap().lines().count(), 1);
}

#[test]
fn errors_tell_the_line_and_what_is_wrong_with_it() {
    let good = format!("{{\"text\":\"{ARTICLE}\"}}\n");
    for (line, expected) in [
        (
            "{\"text\":",
            "line 2: not a record in JSON: EOF while parsing a value, column 8",
        ),
        (
            "[]",
            "line 2: not a record in JSON: invalid type: sequence, expected a map",
        ),
        ("{\"id\":\"a\"}", "line 2: it has no `text`"),
        ("{\"text\":null}", "line 2: it has no `text`"),
        (
            "{\"text\":\"Hallo\",\"lang\":\"de\"}",
            "line 2: `lang` is `de`; there are rules for ar, en, fr",
        ),
    ] {
        assert_eq!(annotated(&(good.clone() + line)).unwrap_err(), expected);
    }
}

#[test]
fn gold_wants_statements_with_places() {
    let error = |line: &str| gold(line.as_bytes()).unwrap_err().to_string();
    assert_eq!(
        error(r#"{"id":"a","text":"It rained."}"#),
        "line 1: it has no `quotes`"
    );
    assert_eq!(
        error(r#"{"id":"a","text":"It rained.","quotes":[{"speaker":"Ivo"}]}"#),
        "line 1: a statement has neither `quote_start` and `quote_end` nor `spans`"
    );
    let negative = r#"{"id":"a","text":"It rained.","quotes":[{"quote_start":-1,"quote_end":4}]}"#;
    assert!(error(negative).starts_with("line 1: not a record in JSON: invalid value"));
}
