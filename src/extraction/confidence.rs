//! How sure a proposal is: how often those like it were right in articles that people have read (`lexicon/confidence.txt`).
use super::{Kind, Language, Rule, lexicon};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use std::sync::LazyLock;

/// What tells proposals that tend to be right from those that do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Features {
    pub language: Language,
    pub rule: Rule,
    /// Whether the speaker is carried over from another statement.
    pub implicit: bool,
    pub kind: Kind,
    pub long: bool,
}

impl Features {
    /// From how many words on a statement is long.
    pub const LONG: usize = 20;

    /// Of a proposal that is not made yet.
    pub fn of(language: Language, rule: Rule, implicit: bool, kind: Kind, quote: &str) -> Self {
        Self {
            language,
            rule,
            implicit,
            kind,
            long: quote.split_whitespace().nth(Self::LONG - 1).is_some(),
        }
    }
}

/// How many proposals were measured, and how many of them were right.
struct Measured {
    features: Features,
    proposed: u32,
    right: u32,
}

static MEASURED: LazyLock<Vec<Measured>> = LazyLock::new(|| {
    lexicon::lines(include_str!("lexicon/confidence.txt"))
        .filter_map(measured)
        .collect()
});

/// How many must be measured for kind and length to tell more than chance does.
const ENOUGH: u32 = 20;

type Alike = fn(&Features, &Features) -> bool;

/// Who is like whom, from the most alike to the least, and how many such must have been measured to go by them.
const ALIKE: [(Alike, u32); 6] = [
    (|one, other| one == other, ENOUGH),
    (
        |one, other| one.language == other.language && same_rule(one, other),
        1,
    ),
    (
        |one, other| same_rule(one, other) && one.kind == other.kind && one.long == other.long,
        ENOUGH,
    ),
    (same_rule, 1),
    (|one, other| one.language == other.language, 1),
    (|_, _| true, 0),
];

fn same_rule(one: &Features, other: &Features) -> bool {
    one.rule == other.rule && one.implicit == other.implicit
}

/// From 0 to 1, in hundredths.
pub fn of(features: Features) -> f64 {
    judge(&MEASURED, features)
}

/// By those that are most alike. One more of either sort is counted than was measured: few tell little.
fn judge(measured: &[Measured], features: Features) -> f64 {
    let found = ALIKE.iter().find_map(|(alike, enough)| {
        let alike = measured
            .iter()
            .filter(|line| alike(&line.features, &features));
        let (proposed, right) = alike.fold((0, 0), |(proposed, right), line| {
            (proposed + line.proposed, right + line.right)
        });
        (proposed >= *enough).then_some((proposed, right))
    });
    let (proposed, right) = found.unwrap_or_default();
    (f64::from(right + 1) / f64::from(proposed + 2) * 100.0).round() / 100.0
}

/// A line of the file: language, rule, implicit, kind, long, proposed, right.
fn measured(line: &str) -> Option<Measured> {
    let mut columns = line.split('|').map(str::trim);
    Some(Measured {
        features: Features {
            language: named(columns.next()?)?,
            rule: named(columns.next()?)?,
            implicit: columns.next()? == "implicit",
            kind: named(columns.next()?)?,
            long: columns.next()? == "long",
        },
        proposed: columns.next()?.parse().ok()?,
        right: columns.next()?.parse().ok()?,
    })
}

fn named<'n, T: Deserialize<'n>>(name: &'n str) -> Option<T> {
    let name: StrDeserializer<'n, Error> = name.into_deserializer();
    T::deserialize(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: [&str; 4] = [
        "english | source | - | indirect | long | 28 | 28",
        "english | source | - | indirect | - | 22 | 1",
        "arabic | source | - | indirect | long | 2 | 0",
        "arabic | relay | implicit | direct | - | 98 | 49",
    ];

    fn confidence(language: Language, rule: Rule, kind: Kind, quote: &str) -> f64 {
        let lines: Vec<Measured> = LINES.iter().filter_map(|line| measured(line)).collect();
        judge(&lines, Features::of(language, rule, false, kind, quote))
    }

    #[test]
    fn what_was_measured_is_as_sure_as_it_was_often_right() {
        let (short, long) = ("it rained", "rain ".repeat(Features::LONG));
        let english = |quote| confidence(Language::English, Rule::Source, Kind::Indirect, quote);
        assert_eq!((english(&long), english(short)), (0.97, 0.08));
    }

    #[test]
    fn what_was_hardly_measured_takes_after_what_is_most_like_it() {
        let (short, long) = ("it rained", "rain ".repeat(Features::LONG));
        let same_language = confidence(Language::Arabic, Rule::Source, Kind::Indirect, &long);
        assert_eq!(same_language, 0.25, "its rule in its language");
        let same_features = confidence(Language::French, Rule::Source, Kind::Indirect, &long);
        assert_eq!(same_features, 0.91, "what is like it in other languages");
        let same_rule = confidence(Language::French, Rule::Source, Kind::Direct, short);
        assert_eq!(same_rule, 0.56, "its rule in other languages");
        let language = confidence(Language::Arabic, Rule::Headline, Kind::Indirect, short);
        assert_eq!(language, 0.49, "its language");
        let all = confidence(Language::French, Rule::Headline, Kind::Indirect, short);
        assert_eq!(all, 0.52, "all that was measured");
    }

    #[test]
    fn every_line_of_the_file_is_understood() {
        let lines = lexicon::lines(include_str!("lexicon/confidence.txt"));
        assert_eq!(MEASURED.len(), lines.count());
        assert!(MEASURED.iter().all(|line| line.right <= line.proposed));
    }
}
