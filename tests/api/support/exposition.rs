//! Reads the text format of Prometheus, version 0.0.4, and takes nothing that it does not allow.
use std::collections::{BTreeMap, BTreeSet};

/// What was measured: by the name of a series and its labels, as `name{a="b"}`, a value.
#[derive(Debug)]
pub struct Exposition {
    values: BTreeMap<String, f64>,
}

struct Sample {
    name: String,
    labels: BTreeMap<String, String>,
    value: f64,
}

impl Exposition {
    /// Panics where the text is not of the format.
    #[track_caller]
    pub fn read(text: &str) -> Self {
        assert!(text.ends_with('\n'), "the last line ends with a line feed");
        let (mut kinds, mut helped) = (BTreeMap::<String, String>::new(), BTreeSet::new());
        let (mut values, mut closed) = (BTreeMap::new(), BTreeSet::new());
        let mut samples: Vec<Sample> = Vec::new();
        let mut family = String::new();
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# HELP ") {
                let (name, help) = rest.split_once(' ').unwrap();
                assert!(is_name(name) && !help.is_empty(), "{line}");
                assert!(helped.insert(name.to_owned()), "a second HELP: {line}");
                assert!(closed.insert(std::mem::replace(&mut family, name.to_owned())));
            } else if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').unwrap();
                assert_eq!(name, family, "HELP and TYPE of one metric stand together");
                assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
                let other = kinds.insert(name.to_owned(), kind.to_owned());
                assert_eq!(other, None, "a second TYPE: {line}");
                assert_eq!(name.ends_with("_total"), kind == "counter", "{line}");
            } else {
                let sample = sample(line);
                let kind = kinds.get(&family).map_or("", String::as_str);
                let suffix = sample.name.strip_prefix(&family);
                let known: &[&str] = match kind {
                    "histogram" => &["_bucket", "_sum", "_count"],
                    _ => &[""],
                };
                assert!(
                    suffix.is_some_and(|suffix| known.contains(&suffix)),
                    "it is no sample of {family}: {line}"
                );
                assert!(kind != "counter" || sample.value >= 0.0, "{line}");
                let series = line.rsplit_once(' ').unwrap().0.to_owned();
                assert_eq!(values.insert(series, sample.value), None, "twice: {line}");
                samples.push(sample);
            }
        }
        for (name, kind) in &kinds {
            if kind == "histogram" {
                hold_histogram(name, &samples);
            }
        }
        Self { values }
    }

    /// The value of a series, as it is spelled.
    pub fn value(&self, series: &str) -> Option<f64> {
        self.values.get(series).copied()
    }

    /// The series of a metric.
    pub fn series(&self, name: &str) -> Vec<&str> {
        let of = |series: &&String| {
            let rest = series.strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('{'))
        };
        self.values.keys().filter(of).map(String::as_str).collect()
    }
}

fn is_name(text: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(part)
}

#[track_caller]
fn sample(line: &str) -> Sample {
    let (series, value) = line.rsplit_once(' ').unwrap();
    let value = match value {
        "+Inf" => f64::INFINITY,
        value => value.parse().unwrap(),
    };
    let (name, labels) = match series.split_once('{') {
        None => (series, ""),
        Some((name, rest)) => (name, rest.strip_suffix('}').unwrap()),
    };
    assert!(is_name(name), "{line}");
    Sample {
        name: name.to_owned(),
        labels: labels_of(labels),
        value,
    }
}

#[track_caller]
fn labels_of(text: &str) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (name, quoted) = rest.split_once("=\"").unwrap();
        assert!(is_name(name), "{text}");
        let mut value = String::new();
        let mut letters = quoted.char_indices();
        let end = loop {
            match letters.next().unwrap() {
                (at, '"') => break at + 1,
                (_, '\\') => match letters.next().unwrap().1 {
                    'n' => value.push('\n'),
                    plain @ ('\\' | '"') => value.push(plain),
                    other => panic!("\\{other} in {text}"),
                },
                (_, letter) => value.push(letter),
            }
        };
        assert_eq!(labels.insert(name.to_owned(), value), None, "{text}");
        rest = &quoted[end..];
        if let Some(more) = rest.strip_prefix(',') {
            assert!(!more.is_empty(), "{text}");
            rest = more;
        } else {
            assert!(rest.is_empty(), "{text}");
        }
    }
    labels
}

/// Each series has its buckets in rising order, none smaller than the one before, the last all of them; a sum and a count.
#[track_caller]
fn hold_histogram(name: &str, samples: &[Sample]) {
    let of = |suffix: &str| {
        let name = format!("{name}{suffix}");
        samples.iter().filter(move |sample| sample.name == name)
    };
    let without_bound = |sample: &Sample| {
        let mut labels = sample.labels.clone();
        labels.remove("le");
        labels
    };
    let all: BTreeSet<_> = of("_bucket").map(without_bound).collect();
    assert_eq!(all, of("_count").map(without_bound).collect());
    assert_eq!(all, of("_sum").map(without_bound).collect());
    for count in of("_count") {
        let buckets: Vec<(f64, f64)> = of("_bucket")
            .filter(|bucket| without_bound(bucket) == count.labels)
            .map(|bucket| {
                let bound = match bucket.labels["le"].as_str() {
                    "+Inf" => f64::INFINITY,
                    bound => bound.parse().unwrap(),
                };
                (bound, bucket.value)
            })
            .collect();
        assert!(buckets.is_sorted_by(|one, next| one.0 < next.0 && one.1 <= next.1));
        assert_eq!(buckets.last(), Some(&(f64::INFINITY, count.value)));
    }
}
