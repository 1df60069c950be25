//! Compares statements found by rules, or by some tool, with those found by hand, one article at a time.
//!
//! Two are the same statement where they share four fifths of the letters of the longer one. Pairs are made one to one, the
//! closest first. What is not asked for (optional statements, those outside the core, those of other kinds) may be found or
//! not: a prediction that lies mostly in it is not counted.
use super::figures::{Counts, Figures};
use super::letters::{Cover, Letters};
use super::names::{same_chain, same_speaker};
use super::records::{Predictions, Quote, Record};
use crate::extraction::Kind;
use std::collections::HashSet;

/// Which statements figures are asked for.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Without those that are marked as no part of the core.
    pub core: bool,
    /// Only of these kinds; of all where it is empty.
    pub kinds: Vec<Kind>,
    /// Every contiguous piece by itself.
    pub split: bool,
}

/// Figures over all records.
pub fn score(gold: &[Record], predicted: &Predictions, reading: &Reading) -> Figures {
    let mut figures = Figures::new(reading.clone());
    for (record, predicted) in gold.iter().zip(&predicted.quotes) {
        let pieces = reading
            .split
            .then(|| (split(&record.quotes), split(predicted)));
        let (wanted, found) = match &pieces {
            Some((wanted, found)) => (wanted, found),
            None => (&record.quotes, predicted),
        };
        let chars: Vec<char> = record.text.chars().collect();
        let (counts, verdicts) = judge(&chars, wanted, found, reading);
        figures.add(counts);
        figures.has_chains |= wanted.iter().any(|quote| quote.via.is_some());
        for (quote, verdict) in found.iter().zip(verdicts) {
            let rule = quote.rule.clone();
            if let Some((rule, right)) = rule.zip(verdict) {
                let implicit = quote.implicit.unwrap_or_default();
                let row = figures.by_rule.entry((record.language, rule, implicit));
                row.or_default().count(right);
            }
        }
    }
    figures
}

/// Each contiguous piece as a statement of its own.
fn split(quotes: &[Quote]) -> Vec<Quote> {
    let pieces = |quote: &Quote| -> Vec<Quote> {
        let places = quote.places();
        let whole = places.len() == 1;
        let piece = |place| Quote {
            spans: Some(vec![place]),
            alts: quote.alts.clone().filter(|_| whole),
            kind: quote.kind.filter(|_| whole),
            ..quote.clone()
        };
        places.into_iter().map(piece).collect()
    };
    quotes.iter().flat_map(pieces).collect()
}

/// A statement found by hand, and the places where it may be found.
struct Wanted<'q> {
    quote: &'q Quote,
    main: Cover,
    others: Vec<Cover>,
}

impl<'q> Wanted<'q> {
    /// None where it covers no letter.
    fn of(quote: &'q Quote, letters: &Letters<'_>) -> Option<Self> {
        let alts = quote.alts.iter().flatten();
        let places = std::iter::once(quote.places()).chain(alts.map(|alt| vec![*alt]));
        let covers = places.map(|place| letters.cover(&place));
        let mut covers = covers.filter(|cover| !cover.is_empty());
        Some(Self {
            quote,
            main: covers.next()?,
            others: covers.collect(),
        })
    }

    fn covers(&self) -> impl Iterator<Item = &Cover> {
        std::iter::once(&self.main).chain(&self.others)
    }

    fn is_asked(&self, letters: &Letters<'_>, reading: &Reading) -> bool {
        let kind = || self.quote.kind.unwrap_or_else(|| letters.kind(&self.main));
        self.quote.optional != Some(true)
            && !(reading.core && self.quote.core == Some(false))
            && (reading.kinds.is_empty() || reading.kinds.contains(&kind()))
    }

    /// The greatest part of the longer one that both share.
    fn closeness(&self, found: &Cover) -> f64 {
        self.covers()
            .map(|cover| cover.common(found) as f64 / cover.len().max(found.len()) as f64)
            .fold(0.0, f64::max)
    }
}

/// A pair of a statement asked for and one found.
struct Pair {
    wanted: usize,
    found: usize,
    closeness: f64,
}

impl Pair {
    fn is_same(&self) -> bool {
        self.closeness >= 0.8
    }

    fn is_exact(&self) -> bool {
        self.closeness >= 0.999_999
    }
}

/// The counts of one article, and for each statement found there whether it and its speaker are right; none where it does
/// not count.
pub(super) fn judge(
    text: &[char],
    wanted: &[Quote],
    found: &[Quote],
    reading: &Reading,
) -> (Counts, Vec<Option<bool>>) {
    let letters = Letters::of(text);
    let (asked, ignored): (Vec<Wanted<'_>>, Vec<Wanted<'_>>) = wanted
        .iter()
        .filter_map(|quote| Wanted::of(quote, &letters))
        .partition(|wanted| wanted.is_asked(&letters, reading));
    let covers: Vec<Cover> = found
        .iter()
        .map(|quote| letters.cover(&quote.places()))
        .collect();
    let pairs = pairs(&asked, &covers);
    let same: HashSet<usize> = pairs
        .iter()
        .filter(|pair| pair.is_same())
        .map(|pair| pair.found)
        .collect();
    let counts = |at: usize, cover: &Cover| {
        let other_kind =
            || !reading.kinds.is_empty() && !reading.kinds.contains(&letters.kind(cover));
        !cover.is_empty()
            && (same.contains(&at) || !(other_kind() || is_ignored(cover, &asked, &ignored)))
    };
    let mut verdicts: Vec<Option<bool>> = covers
        .iter()
        .enumerate()
        .map(|(at, cover)| counts(at, cover).then_some(false))
        .collect();
    let counted = covers.iter().zip(&verdicts);
    let counted = counted.filter(|(_, verdict)| verdict.is_some());
    let union =
        |covers: &mut dyn Iterator<Item = &Cover>| Cover::united(covers.flat_map(Cover::ranges));
    let wanted_letters = union(&mut asked.iter().map(|wanted| &wanted.main));
    let found_letters = union(&mut counted.map(|(cover, _)| cover));
    let mut tally = Counts {
        articles: 1,
        gold: asked.len(),
        predicted: verdicts.iter().flatten().count(),
        letters_gold: wanted_letters.len(),
        letters_predicted: found_letters.len(),
        letters_both: wanted_letters.common(&found_letters),
        ..Counts::default()
    };
    for pair in &pairs {
        let (Some(wanted), Some(quote)) = (asked.get(pair.wanted), found.get(pair.found)) else {
            continue;
        };
        let Some(Some(right)) = verdicts.get_mut(pair.found) else {
            continue;
        };
        *right = pair.is_same() && same_speaker(wanted.quote, quote);
        tally.exact += usize::from(pair.is_exact());
        tally.overlap += usize::from(pair.is_same());
        tally.speaker += usize::from(*right);
        tally.exact_speaker += usize::from(*right && pair.is_exact());
        tally.via += usize::from(*right && same_chain(wanted.quote, quote));
    }
    (tally, verdicts)
}

/// One to one, the closest first.
fn pairs(asked: &[Wanted<'_>], found: &[Cover]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (wanted, statement) in asked.iter().enumerate() {
        for (found, cover) in found.iter().enumerate() {
            let closeness = statement.closeness(cover);
            if closeness > 0.0 {
                pairs.push(Pair {
                    wanted,
                    found,
                    closeness,
                });
            }
        }
    }
    // Stable: of the equally close, the first.
    pairs.sort_by(|a, b| b.closeness.total_cmp(&a.closeness));
    let (mut used, mut taken) = (HashSet::new(), HashSet::new());
    pairs.retain(|pair| {
        let free = !used.contains(&pair.wanted) && !taken.contains(&pair.found);
        free && used.insert(pair.wanted) && taken.insert(pair.found)
    });
    pairs
}

/// Lies half in what is not asked for, and not more in what is.
fn is_ignored(cover: &Cover, asked: &[Wanted<'_>], ignored: &[Wanted<'_>]) -> bool {
    ignored.iter().any(|statement| {
        let main = cover.common(&statement.main);
        statement
            .covers()
            .any(|place| cover.common(place) * 2 >= cover.len())
            && !asked.iter().any(|other| cover.common(&other.main) > main)
    })
}
