//! Precision, recall and their mean, over all statements and for each rule.
use super::score::Reading;
use crate::extraction::Language;
use std::collections::BTreeMap;
use std::fmt;

/// What was asked for, what was found, and how much of it was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub articles: usize,
    pub gold: usize,
    pub predicted: usize,
    pub exact: usize,
    pub overlap: usize,
    pub speaker: usize,
    pub exact_speaker: usize,
    pub via: usize,
    pub letters_gold: usize,
    pub letters_predicted: usize,
    pub letters_both: usize,
}

/// How many statements were proposed, and how many of them are right with their speaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub proposed: usize,
    pub right: usize,
}

impl Share {
    /// One more that was proposed.
    pub fn count(&mut self, right: bool) {
        self.proposed += 1;
        self.right += usize::from(right);
    }

    /// From 0 to 1.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.proposed)
    }
}

/// What `score` tells; printed as tables.
#[derive(Clone, Debug)]
pub struct Figures {
    pub reading: Reading,
    pub counts: Counts,
    /// Whether any statement found by hand tells who carried it.
    pub has_chains: bool,
    /// By language, rule, and whether the speaker is implicit.
    pub by_rule: BTreeMap<(Language, String, bool), Share>,
}

/// Precision, recall and F1, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
}

impl Measure {
    fn of(right: usize, predicted: usize, gold: usize) -> Self {
        let (precision, recall) = (ratio(right, predicted), ratio(right, gold));
        let sum = precision + recall;
        Self {
            precision,
            recall,
            f1: if sum > 0.0 {
                2.0 * precision * recall / sum
            } else {
                0.0
            },
        }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    match whole {
        0 => 0.0,
        whole => part as f64 / whole as f64,
    }
}

impl Figures {
    pub(super) fn new(reading: Reading) -> Self {
        Self {
            reading,
            counts: Counts::default(),
            has_chains: false,
            by_rule: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, counts: Counts) {
        let sum = &mut self.counts;
        sum.articles += counts.articles;
        sum.gold += counts.gold;
        sum.predicted += counts.predicted;
        sum.exact += counts.exact;
        sum.overlap += counts.overlap;
        sum.speaker += counts.speaker;
        sum.exact_speaker += counts.exact_speaker;
        sum.via += counts.via;
        sum.letters_gold += counts.letters_gold;
        sum.letters_predicted += counts.letters_predicted;
        sum.letters_both += counts.letters_both;
    }

    /// Each measure under its name; that of chains only where the gold has any.
    pub fn measures(&self) -> Vec<(&'static str, Measure)> {
        let counts = &self.counts;
        let of = |right| Measure::of(right, counts.predicted, counts.gold);
        let letters = Measure::of(
            counts.letters_both,
            counts.letters_predicted,
            counts.letters_gold,
        );
        let via = self
            .has_chains
            .then(|| ("overlap+speaker+via", of(counts.via)));
        [
            ("exact", of(counts.exact)),
            ("overlap>=0.8", of(counts.overlap)),
            ("overlap+speaker", of(counts.speaker)),
            ("exact+speaker", of(counts.exact_speaker)),
        ]
        .into_iter()
        .chain(via)
        .chain([("chars", letters)])
        .collect()
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts {
            articles,
            gold,
            predicted,
            ..
        } = self.counts;
        write!(f, "docs {articles}  gold {gold}  predicted {predicted}")?;
        if !self.reading.kinds.is_empty() {
            let kinds: Vec<String> = self.reading.kinds.iter().map(ToString::to_string).collect();
            write!(f, "  [kind={}]", kinds.join(","))?;
        }
        writeln!(f, "{}", if self.reading.core { "  [core]" } else { "" })?;
        for (name, measure) in self.measures() {
            let percent = |share: f64| share * 100.0;
            writeln!(
                f,
                "{name:22} P {:5.1}  R {:5.1}  F1 {:5.1}",
                percent(measure.precision),
                percent(measure.recall),
                percent(measure.f1)
            )?;
        }
        if self.by_rule.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n{:30} proposed  right      P", "by rule")?;
        for ((language, rule, implicit), share) in &self.by_rule {
            let implicit = if *implicit { " implicit" } else { "" };
            writeln!(
                f,
                "{:33} {:5}  {:5}  {:5.1}",
                format!("{} {rule}{implicit}", language.tag()),
                share.proposed,
                share.right,
                share.precision() * 100.0
            )?;
        }
        Ok(())
    }
}
