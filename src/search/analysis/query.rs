//! Queries: what somebody typed, as clauses of terms. Every string is one; none is an error.
//!
//! Words are all required, in any order. `"A phrase"` wants its words next to each other, and so does a word that is several tokens
//! (covid-19, an address, Chinese). `-word` and `-"a phrase"` exclude. The language of a query is unknown, so that each
//! of its words stands for the terms that it may have in texts of any language.
use super::words::{Script, Word, words};
use super::{arabic, fold, latin};

/// The groups of a query that are used; what was typed after them is not looked at.
pub const MOST_GROUPS: usize = 32;

/// A text is found that has all of `must` and none of `must_not`. Without `must` nothing is asked for: that finds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub must: Vec<Clause>,
    pub must_not: Vec<Clause>,
}

/// Words at positions that follow each other; mostly one.
pub type Clause = Vec<Group>;

/// A token matches that has one of the `terms`, or whose word begins with one of the `prefixes`. At most 20 terms, 2 prefixes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    pub terms: Vec<String>,
    /// Only for a last word that is still being typed, and for the last character of an unspaced script.
    pub prefixes: Vec<String>,
}

impl Query {
    pub fn is_empty(&self) -> bool {
        self.must.is_empty()
    }
}

/// Reads a query. While it is being typed (`unfinished`), its last word is also the beginning of one, unless something stands
/// behind it.
pub fn query(text: &str, unfinished: bool) -> Query {
    let mut query = Query::default();
    let mut room = MOST_GROUPS;
    let mut rest = text.trim_start_matches(is_space);
    while room > 0 && !rest.is_empty() {
        let wanted = without_minus(rest);
        let clauses = if wanted.is_some() {
            &mut query.must_not
        } else {
            &mut query.must
        };
        rest = wanted.unwrap_or(rest);
        let (part, behind) = match rest.strip_prefix(is_quote) {
            // A phrase that nobody closed goes on to the end.
            Some(quoted) => quoted.split_once(is_quote).unwrap_or((quoted, "")),
            None => rest.split_at(
                rest.find(|c| is_space(c) || is_quote(c))
                    .unwrap_or(rest.len()),
            ),
        };
        let typed_last = unfinished && text.ends_with(part) && behind.is_empty();
        let clause = clause(part, typed_last, room);
        if !clause.is_empty() && !clauses.contains(&clause) {
            room -= clause.len();
            clauses.push(clause);
        }
        rest = behind.trim_start_matches(is_space);
    }
    query
}

/// The groups of a part, at most so many.
fn clause(part: &str, unfinished: bool, room: usize) -> Clause {
    let mut clause = Clause::new();
    let mut held: Option<String> = None;
    let mut last = (0, Vec::new());
    words(part, |word| {
        if clause.len() + usize::from(held.is_some()) >= room {
            return;
        }
        last = (word.range.end, beginnings(&word));
        if let Some(first) = held.take() {
            clause.push(of_unspaced(first, word.follows.then_some(word.folded)));
        }
        match word.script {
            Script::Arabic => clause.push(Group::of(arabic::variants(word.folded))),
            Script::Spaced => clause.push(Group::of(latin::alternatives(word.folded))),
            Script::Unspaced => held = Some(word.folded.to_owned()),
        }
    });
    if let Some(character) = held {
        clause.push(of_unspaced(character, None));
    }
    let (end, prefixes) = last;
    let nothing_behind = part
        .get(end..)
        .is_some_and(|rest| rest.chars().all(fold::is_format));
    if let Some(group) = clause.last_mut().filter(|_| unfinished && nothing_behind) {
        group.prefixes = prefixes;
    }
    clause
}

/// A character of an unspaced script with the next one; by itself it may be the first of any pair.
fn of_unspaced(first: String, next: Option<&str>) -> Group {
    match next {
        Some(next) => Group::of(vec![first + next]),
        None => Group {
            prefixes: vec![first.clone()],
            terms: vec![first],
        },
    }
}

fn beginnings(word: &Word) -> Vec<String> {
    match word.script {
        Script::Arabic => arabic::beginnings(word.folded),
        _ => vec![word.folded.to_owned()],
    }
}

impl Group {
    fn of(terms: Vec<String>) -> Self {
        Self {
            terms,
            prefixes: Vec::new(),
        }
    }
}

/// What a minus stands before: a word or a phrase that begins directly behind it.
fn without_minus(rest: &str) -> Option<&str> {
    let wanted = rest
        .trim_start_matches(fold::is_format)
        .strip_prefix(is_minus)?;
    let next = wanted.chars().find(|&c| !fold::is_format(c))?;
    (next.is_alphanumeric() || is_quote(next) || matches!(next, '#' | '@')).then_some(wanted)
}

/// Hyphens, minus signs and the dash of keyboards that have no other.
fn is_minus(character: char) -> bool {
    matches!(character, '-' | '‐' | '‑' | '–' | '−' | '﹣' | '－')
}

/// Double quotation marks, whichever way they face: keyboards and habits differ, also within one query.
fn is_quote(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

fn is_space(character: char) -> bool {
    character.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first term of each group.
    fn read(text: &str) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
        let query = query(text, false);
        let firsts = |clauses: Vec<Clause>| {
            clauses
                .into_iter()
                .map(|clause| {
                    clause
                        .into_iter()
                        .map(|group| group.terms[0].clone())
                        .collect()
                })
                .collect()
        };
        (firsts(query.must), firsts(query.must_not))
    }

    fn of(clauses: &[&[&str]]) -> Vec<Vec<String>> {
        clauses
            .iter()
            .map(|clause| clause.iter().map(|term| (*term).to_owned()).collect())
            .collect()
    }

    #[test]
    fn words_phrases_and_exclusions_are_told_apart() {
        for (text, must, must_not) in [
            ("peace talks", of(&[&["peace"], &["talks"]]), of(&[])),
            ("peace Peace", of(&[&["peace"]]), of(&[])),
            (
                "\"peace talks\" now",
                of(&[&["peace", "talks"], &["now"]]),
                of(&[]),
            ),
            ("„peace talks“", of(&[&["peace", "talks"]]), of(&[])),
            ("«peace talks", of(&[&["peace", "talks"]]), of(&[])),
            ("peace -war", of(&[&["peace"]]), of(&[&["war"]])),
            (
                "peace –war −\"cold war\"",
                of(&[&["peace"]]),
                of(&[&["war"], &["cold", "war"]]),
            ),
            ("\u{200F}-war", of(&[]), of(&[&["war"]])),
            ("covid-19", of(&[&["covid", "19"]]), of(&[])),
            ("-- - x --y - z", of(&[&["x"], &["y"], &["z"]]), of(&[])),
            ("中国人", of(&[&["中国", "国人", "人"]]), of(&[])),
            ("\"\" ؟ 😀 ً", of(&[]), of(&[])),
            ("الـBBC", of(&[&["bbc"]]), of(&[])),
        ] {
            assert_eq!(read(text), (must, must_not), "{text}");
        }
    }

    #[test]
    fn the_last_word_may_be_the_beginning_of_one() {
        let prefixes = |text| {
            let query = query(text, true);
            query
                .must
                .last()
                .and_then(|clause| clause.last())
                .map(|group| group.prefixes.clone())
        };
        assert_eq!(prefixes("new elect").unwrap(), ["elect"]);
        assert_eq!(prefixes("المحتج").unwrap(), ["المحتج", "محتج"]);
        assert_eq!(prefixes("الم").unwrap(), ["الم", "م"]);
        assert_eq!(prefixes("وزا").unwrap(), ["وزا", "زا"]);
        assert_eq!(prefixes("وز").unwrap(), ["وز"]);
        assert_eq!(prefixes("new elect ").unwrap(), Vec::<String>::new());
        assert_eq!(prefixes("\"new elect").unwrap(), ["elect"]);
        assert_eq!(prefixes("\"new elect\"").unwrap(), Vec::<String>::new());
        assert_eq!(query("中", false).must[0][0].prefixes, ["中"]);
    }

    #[test]
    fn a_query_is_bounded() {
        let many: String = (0..100).map(|word| format!("word{word} ")).collect();
        assert_eq!(query(&many, false).must.len(), MOST_GROUPS);
        let phrase = query(&format!("\"{many}"), false);
        assert_eq!(phrase.must[0].len(), MOST_GROUPS);
        let longest = query("استقبل يستقبلنا وبالمسؤولين ستكتب", false);
        assert!(
            longest
                .must
                .iter()
                .flatten()
                .all(|group| group.terms.len() <= 20)
        );
    }
}
