//! Lines of an archive that are sent again: renamed, edited, published, withdrawn, retracted.
use serde_json::{Value, json};

use crate::support::archive::words;
use crate::support::random::Random;

/// When they are sent again.
const LATER: &str = "2026-06-01T00:00:00.000Z";

/// Some of the lines.
pub fn second_thoughts(seed: u64, lines: &[Value]) -> Vec<Value> {
    let mut random = Random(seed);
    let mut thoughts = Vec::new();
    for line in lines.iter().filter(|line| !line["updated_at"].is_null()) {
        if random.percent(70) {
            continue;
        }
        let mut line = line.clone();
        line["updated_at"] = json!(LATER);
        if random.percent(40) {
            line["slug"] = json!(format!("{}-anew", line["slug"].as_str().unwrap()));
        }
        match line["type"].is_null() {
            true => reconsider(&mut random, &mut line),
            false => rename(&mut line),
        }
        thoughts.push(line);
    }
    thoughts
}

/// The old name goes on to find it.
fn rename(record: &mut Value) {
    let name = record["name"].as_str().unwrap().to_owned();
    record["name"] = json!(format!("New {name}"));
    record["names"]["la"] = json!(name);
}

fn reconsider(random: &mut Random, article: &mut Value) {
    article["status"] = json!(random.pick(&["draft", "published", "published", "withdrawn"]));
    if article["published_at"].is_null() {
        article["published_at"] = json!(random.moment());
    }
    article["title"] = json!(words(random, 1));
    let body = article["body"].as_array_mut().unwrap();
    // What stood there moves, or stands nowhere any more.
    let paragraph = json!({"type": "paragraph", "text": words(random, 0)});
    match random.percent(50) {
        true => body.insert(0, paragraph),
        false => body[0] = paragraph,
    }
    for statement in article["statements"].as_array_mut().unwrap() {
        statement["updated_at"] = json!(LATER);
        if random.percent(20) {
            statement["status"] = json!("retracted");
        }
    }
}
