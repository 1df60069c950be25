//! How good the rules of extraction are: what they find, compared with what people found in the same articles.
mod confidence;
mod figures;
mod letters;
mod names;
mod records;
mod score;

#[cfg(test)]
mod tests;

pub use confidence::confidence_table;
pub use figures::{Counts, Figures, Measure, Share};
pub use records::{
    Carrier, Fault, Predictions, Quote, Record, RecordError, annotate, gold, predict, predictions,
    quotes,
};
pub use score::{Reading, score};
