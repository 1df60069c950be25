//! Behaviours of the evaluation, on articles made for them.
mod development;
mod figures;
mod letters;
mod records;

use super::{Predictions, Record, gold, predictions};

fn made() -> (Vec<Record>, Predictions) {
    let gold = gold(include_str!("gold.jsonl").as_bytes()).unwrap();
    let predicted = predictions(include_str!("predictions.jsonl").as_bytes(), &gold).unwrap();
    (gold, predicted)
}
