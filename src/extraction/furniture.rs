//! Lines that belong to the page and not to its article: buttons, invitations, credits, lists of other articles.
use super::lexicon;
use super::words::{fold, is_alphanumeric};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A line that begins like furniture has no more words, or is a sentence.
const SHORT: usize = 8;
/// The same where it begins with three words of furniture.
const LONG: usize = 20;
/// What is looked at of a line.
const START: usize = 80;
/// A headline of another article has no more words.
const HEADLINE: usize = 16;

#[derive(Clone, Copy, PartialEq)]
enum List {
    Begins,
    Whole,
    Related,
    Bylines,
}

struct Phrase {
    list: List,
    folded: String,
    words: usize,
}

/// By their first word.
static PHRASES: LazyLock<FxHashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let (mut phrases, mut list): (FxHashMap<String, Vec<Phrase>>, List) =
        (FxHashMap::default(), List::Begins);
    for line in lexicon::furniture() {
        match line {
            "[begins]" => list = List::Begins,
            "[whole]" => list = List::Whole,
            "[related]" => list = List::Related,
            "[bylines]" => list = List::Bylines,
            _ => {
                let folded = fold(line).into_owned();
                let words = folded.split_whitespace().count();
                let phrase = Phrase {
                    list,
                    folded,
                    words,
                };
                phrases
                    .entry(first_word(&phrase.folded).to_owned())
                    .or_default()
                    .push(phrase);
            }
        }
    }
    phrases
});

fn first_word(line: &str) -> &str {
    line.split(|c| !is_alphanumeric(c))
        .next()
        .unwrap_or_default()
}

/// The lines of a text that are furniture, told line by line.
pub struct Furniture<'l> {
    lines: &'l [&'l str],
    /// The first line of a list of other articles that runs to the end.
    related: usize,
}

impl<'l> Furniture<'l> {
    /// Reads lines without blanks at their ends, none of them empty.
    pub fn of(lines: &'l [&'l str]) -> Self {
        let headline = |line: &&&str| !line.ends_with('.') && words(line, HEADLINE + 1) <= HEADLINE;
        let tail = lines.len() - lines.iter().rev().take_while(headline).count();
        let heads = |line: &str| phrase(line).is_some_and(|phrase| phrase.list == List::Related);
        let related = (tail.saturating_sub(1)..lines.len())
            .find(|at| *at > 0 && lines.get(*at).is_some_and(|line| heads(line)))
            .unwrap_or(lines.len());
        Self { lines, related }
    }

    pub fn is(&self, at: usize) -> bool {
        at >= self.related
            || self
                .lines
                .get(at)
                .is_some_and(|line| is_furniture(line, at == 0))
    }
}

/// How many words a line has, up to a limit.
fn words(line: &str, limit: usize) -> usize {
    line.split_whitespace().take(limit).count()
}

/// The longest phrase that a line begins with.
fn phrase(line: &str) -> Option<&'static Phrase> {
    let known = PHRASES.get(fold(first_word(line)).as_ref())?;
    let start: String = line.chars().take(START).collect();
    let folded = fold(&start);
    let fits = |phrase: &&'static Phrase| {
        let rest = folded.strip_prefix(phrase.folded.as_str());
        rest.is_some_and(|rest| !rest.starts_with(is_alphanumeric))
    };
    let found = known.iter().filter(fits);
    found.max_by_key(|phrase| phrase.folded.len())
}

fn is_furniture(line: &str, first: bool) -> bool {
    if line.contains("©") {
        return words(line, LONG + 1) <= LONG;
    }
    let Some(phrase) = phrase(line) else {
        return false;
    };
    let count = words(line, LONG + 1);
    let mut rest = line.split_whitespace().skip(phrase.words);
    match phrase.list {
        List::Whole => rest.all(|word| !word.contains(is_alphanumeric)),
        // A title may begin like a button.
        _ if first => rest.next().is_none(),
        List::Begins | List::Related => count <= SHORT || (count <= LONG && phrase.words > 2),
        List::Bylines => count <= SHORT && !line.ends_with(['.', '؟', '?']) && is_names(rest),
    }
}

/// Names alone: capitals, where a script has them.
fn is_names<'l>(mut words: impl Iterator<Item = &'l str>) -> bool {
    let joins = |word: &str| matches!(word, "and" | "et" | "de" | "|" | "/");
    words.all(|word| !word.starts_with(char::is_lowercase) || joins(word))
}
