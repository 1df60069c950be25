//! The figures of `gold.jsonl` and `predictions.jsonl` here are those that the Python scorer of the development data prints
//! for them: `score.py gold.jsonl predictions.jsonl`, with the options that each test names.
use super::made;
use crate::evaluation::{Reading, confidence_table, predict, score};
use crate::extraction::Kind;

#[track_caller]
fn prints(reading: &Reading, expected: &str) {
    let (gold, predicted) = made();
    let figures = score(&gold, &predicted, reading).to_string();
    let main: Vec<&str> = figures
        .lines()
        .take_while(|line| !line.is_empty())
        .collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).collect();
    assert_eq!(main, expected);
}

#[test]
fn all_statements() {
    prints(
        &Reading::default(),
        "docs 4  gold 15  predicted 16
        exact                  P  56.2  R  60.0  F1  58.1
        overlap>=0.8           P  62.5  R  66.7  F1  64.5
        overlap+speaker        P  56.2  R  60.0  F1  58.1
        exact+speaker          P  50.0  R  53.3  F1  51.6
        overlap+speaker+via    P  50.0  R  53.3  F1  51.6
        chars                  P  89.4  R  89.7  F1  89.5",
    );
}

#[test]
fn what_is_no_part_of_the_core_may_be_found_or_not() {
    let reading = Reading {
        core: true,
        ..Reading::default()
    };
    prints(
        &reading,
        "docs 4  gold 14  predicted 15  [core]
        exact                  P  60.0  R  64.3  F1  62.1
        overlap>=0.8           P  66.7  R  71.4  F1  69.0
        overlap+speaker        P  60.0  R  64.3  F1  62.1
        exact+speaker          P  53.3  R  57.1  F1  55.2
        overlap+speaker+via    P  53.3  R  57.1  F1  55.2
        chars                  P  91.0  R  89.4  F1  90.2",
    );
}

#[test]
fn direct_speech_in_pieces() {
    let reading = Reading {
        kinds: vec![Kind::Direct],
        split: true,
        ..Reading::default()
    };
    prints(
        &reading,
        "docs 4  gold 6  predicted 6  [kind=direct]
        exact                  P 100.0  R 100.0  F1 100.0
        overlap>=0.8           P 100.0  R 100.0  F1 100.0
        overlap+speaker        P 100.0  R 100.0  F1 100.0
        exact+speaker          P 100.0  R 100.0  F1 100.0
        overlap+speaker+via    P  83.3  R  83.3  F1  83.3
        chars                  P 100.0  R 100.0  F1 100.0",
    );
}

#[test]
fn indirect_speech() {
    let reading = Reading {
        kinds: vec![Kind::Indirect],
        ..Reading::default()
    };
    prints(
        &reading,
        "docs 4  gold 9  predicted 9  [kind=indirect]
        exact                  P  66.7  R  66.7  F1  66.7
        overlap>=0.8           P  66.7  R  66.7  F1  66.7
        overlap+speaker        P  55.6  R  55.6  F1  55.6
        exact+speaker          P  55.6  R  55.6  F1  55.6
        overlap+speaker+via    P  55.6  R  55.6  F1  55.6
        chars                  P  75.0  R  90.2  F1  81.9",
    );
}

#[test]
fn direct_and_mixed_speech() {
    let reading = Reading {
        kinds: vec![Kind::Direct, Kind::Mixed],
        ..Reading::default()
    };
    prints(
        &reading,
        "docs 4  gold 6  predicted 8  [kind=direct,mixed]
        exact                  P  37.5  R  50.0  F1  42.9
        overlap>=0.8           P  50.0  R  66.7  F1  57.1
        overlap+speaker        P  50.0  R  66.7  F1  57.1
        exact+speaker          P  37.5  R  50.0  F1  42.9
        overlap+speaker+via    P  37.5  R  50.0  F1  42.9
        chars                  P  86.0  R  89.1  F1  87.5",
    );
}

#[test]
fn every_rule_has_figures_of_its_own() {
    let (gold, predicted) = made();
    let figures = score(&gold, &predicted, &Reading::default());
    let proposed: usize = figures.by_rule.values().map(|share| share.proposed).sum();
    let right: usize = figures.by_rule.values().map(|share| share.right).sum();
    assert_eq!((proposed, right), (16, figures.counts.speaker));
    let printed = figures.to_string();
    for row in [
        "en cue_then_clause                    5      2   40.0",
        "en quotation_alone implicit           1      0    0.0",
    ] {
        assert!(printed.lines().any(|line| line == row), "{printed}");
    }
}

#[test]
fn an_article_that_nothing_was_predicted_for_counts_as_missed() {
    let (_, predicted) = made();
    assert_eq!(predicted.missing, 1);
    assert!(predicted.quotes.last().is_some_and(Vec::is_empty));
}

#[test]
fn confidences_count_what_the_rules_propose() {
    let (gold, _) = made();
    let reading = Reading {
        core: true,
        ..Reading::default()
    };
    let figures = score(&gold, &predict(&gold), &reading);
    let table = confidence_table(&[("made", &gold)], "2026-01-01");
    assert!(table.contains("# Measured on made, 2026-01-01;"), "{table}");
    let (mut proposed, mut right) = (0, 0);
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split(" | ").collect();
        proposed += columns[5].parse::<usize>().unwrap();
        right += columns[6].parse::<usize>().unwrap();
    }
    assert_eq!(
        (proposed, right),
        (figures.counts.predicted, figures.counts.speaker)
    );
    assert!(right > 0);
}
