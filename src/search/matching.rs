//! What a query asks of the terms of a thing, as each engine spells it.
//!
//! Every term is quoted, so that nothing in it is an operator; and the hits are those of sets of terms, the same on every engine.
//! Where words have to stand side by side the engine finds what has them all, and [`Phrases`] looks at their order.
use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Kind;
use super::analysis::{self, Clause, Group};
use super::words;

/// How well a thing matches: the first column in which, with those before it, all the words stand. Within a level
/// the newest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    First,
    Second,
    Third,
}

impl Level {
    pub const ALL: [Self; 3] = [Self::First, Self::Second, Self::Third];

    /// How many columns it reaches over.
    fn columns(self) -> usize {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
        }
    }

    fn better(self) -> Option<Self> {
        match self {
            Self::First => None,
            Self::Second => Some(Self::First),
            Self::Third => Some(Self::Second),
        }
    }
}

/// A query, ready to be asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching {
    typed: String,
    must: Vec<Clause>,
    must_not: Vec<Clause>,
    alone: Vec<Matching>,
}

impl Matching {
    /// What somebody typed; `unfinished` while its last word is also the beginning of one.
    pub fn of(text: &str, unfinished: bool) -> Self {
        let analysis::Query { must, must_not } = analysis::query(text, unfinished);
        let alone = match must.is_empty() {
            true => must_not
                .iter()
                .map(|clause| Self::only(clause.clone()))
                .collect(),
            false => Vec::new(),
        };
        Self {
            typed: text.to_owned(),
            must,
            must_not,
            alone,
        }
    }

    /// What was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Lets the beginnings of words find what begins with them; `terms` looks up the terms of such words.
    pub fn complete<E>(
        &mut self,
        mut terms: impl FnMut(&str) -> Result<Vec<String>, E>,
    ) -> Result<(), E> {
        let alone = self.alone.iter_mut().flat_map(|one| one.must.iter_mut());
        for group in self
            .must
            .iter_mut()
            .chain(&mut self.must_not)
            .chain(alone)
            .flatten()
        {
            for prefix in std::mem::take(&mut group.prefixes) {
                for term in terms(&prefix)? {
                    if !group.terms.contains(&term) {
                        group.terms.push(term);
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether no word is in it, so that it finds nothing.
    pub fn is_empty(&self) -> bool {
        self.must.is_empty() && self.must_not.is_empty()
    }

    /// All of some terms.
    pub fn of_terms(terms: &[&str]) -> Self {
        let group = |term: &&str| Group {
            terms: vec![(*term).to_owned()],
            prefixes: Vec::new(),
        };
        Self {
            must: terms.iter().map(|term| vec![group(term)]).collect(),
            ..Self::default()
        }
    }

    fn only(clause: Clause) -> Self {
        Self {
            must: vec![clause],
            ..Self::default()
        }
    }

    /// Whether it only says what is not to be found.
    pub fn only_excludes(&self) -> bool {
        self.must.is_empty()
    }

    /// Whether the order of words matters, so that the terms alone do not tell.
    pub fn has_phrases(&self) -> bool {
        self.must.iter().chain(&self.must_not).any(is_phrase)
    }

    /// What has to stand side by side, and what must not.
    pub fn phrases(&self) -> Phrases {
        Phrases {
            must: phrases_of(&self.must),
            must_not: phrases_of(&self.must_not),
        }
    }

    /// Which words of the query a term is one of, by their number.
    pub fn groups_of(&self, term: &str) -> Vec<usize> {
        let groups = self.must.iter().flatten().enumerate();
        groups
            .filter(|(_, group)| group.terms.iter().any(|one| one == term))
            .map(|(number, _)| number)
            .collect()
    }

    /// Which words of a text are to be marked, in their order, each with the word of the query that it is; for each word of the text
    /// the numbers that [`Self::groups_of`] gives are asked. Words of a phrase are marked where they stand side by side.
    pub fn marked<'a>(&self, words: impl Iterator<Item = &'a [usize]>) -> Vec<(usize, usize)> {
        let words: Vec<&[usize]> = words.collect();
        let mut marked = BTreeMap::new();
        let mut number = 0;
        for clause in &self.must {
            let groups = number..number + clause.len();
            number = groups.end;
            for (at, window) in words.windows(clause.len().max(1)).enumerate() {
                let mut pairs = window.iter().zip(groups.clone());
                if pairs.all(|(word, group)| word.contains(&group)) {
                    for (step, group) in groups.clone().enumerate() {
                        marked.entry(at + step).or_insert(group);
                    }
                }
            }
        }
        marked.into_iter().collect()
    }

    /// As an expression of FTS5: what has all the words, at a level or at any.
    pub fn to_fts5(&self, kind: Kind, level: Option<Level>) -> String {
        let words = every(&self.must, " AND ", |group| spell(group, " OR ", fts5_term));
        let within = |level: Level| {
            let columns = kind.columns();
            let columns = columns.get(..level.columns()).unwrap_or(&[]).join(" ");
            format!("({{{columns}}} : ({words}))")
        };
        let mut expression = match level {
            Some(level) => within(level),
            None => format!("({words})"),
        };
        if let Some(better) = level.and_then(Level::better) {
            expression = format!("({expression} NOT {})", within(better));
        }
        for group in self.excluded() {
            expression = format!("({expression} NOT {})", spell(group, " OR ", fts5_term));
        }
        expression
    }

    /// As PostgreSQL's tsquery: the same.
    #[cfg(feature = "postgres")]
    pub(super) fn to_tsquery(&self, level: Option<Level>) -> String {
        let within = |level: Level| {
            let weights = match level {
                Level::First => ":A",
                Level::Second => ":AB",
                Level::Third => "",
            };
            every(&self.must, " & ", |group| {
                spell(group, " | ", |term| tsquery_term(term, weights))
            })
        };
        let mut expression = format!("({})", within(level.unwrap_or(Level::Third)));
        if let Some(better) = level.and_then(Level::better) {
            expression = format!("{expression} & !({})", within(better));
        }
        for group in self.excluded() {
            let excluded = spell(group, " | ", |term| tsquery_term(term, ""));
            expression = format!("{expression} & !{excluded}");
        }
        expression
    }

    /// Where it only says what is not to be found: each of that, as a query of its own.
    pub(super) fn alone_excluded(&self) -> &[Self] {
        &self.alone
    }

    /// Words that must not be there, wherever they stand.
    fn excluded(&self) -> impl Iterator<Item = &Group> {
        self.must_not
            .iter()
            .filter(|clause| !is_phrase(clause))
            .flatten()
    }
}

fn is_phrase(clause: &Clause) -> bool {
    clause.len() > 1
}

fn phrases_of(clauses: &[Clause]) -> Vec<Phrase> {
    let number = |term: &String| words::number_of(term);
    let numbers = |group: &Group| group.terms.iter().map(number).collect();
    let phrases = clauses.iter().filter(|clause| is_phrase(clause));
    phrases
        .map(|clause| clause.iter().map(numbers).collect())
        .collect()
}

/// For each of its words the numbers that one may have in its place.
type Phrase = Vec<Vec<u32>>;

/// The phrases of a query, to be looked for in many things.
pub struct Phrases {
    must: Vec<Phrase>,
    must_not: Vec<Phrase>,
}

impl Phrases {
    /// Whether words that have to stand side by side do, and those that must not do not; the words of a thing in their order, packed.
    pub fn hold(&self, words: &[u8]) -> bool {
        let words = words::unpack(words);
        let stands = |phrase: &Phrase| {
            let fits = |window: &[u32]| {
                let mut pairs = window.iter().zip(phrase);
                pairs.all(|(word, numbers)| numbers.contains(word))
            };
            words.windows(phrase.len().max(1)).any(fits)
        };
        self.must.iter().all(stands) && !self.must_not.iter().any(stands)
    }
}

/// All groups of all clauses.
fn every(clauses: &[Clause], and: &str, spell: impl Fn(&Group) -> String) -> String {
    let groups: Vec<String> = clauses.iter().flatten().map(spell).collect();
    groups.join(and)
}

/// Any term of a group.
fn spell(group: &Group, or: &str, term: impl Fn(&str) -> String) -> String {
    let terms: Vec<String> = group.terms.iter().map(|one| term(one)).collect();
    format!("({})", terms.join(or))
}

fn fts5_term(term: &str) -> String {
    format!("\"{}\"", fts5_token(term))
}

/// A term, or terms with spaces between, as the tokenizer `ascii` takes it for one: it cuts at what is neither letter nor digit
/// in ASCII, such as the point in a number, and takes everything beyond ASCII for a letter. So a character for private use
/// stands for each of those.
pub(super) fn fts5_token(term: &str) -> Cow<'_, str> {
    const PRIVATE: u32 = 0xE000;
    let cuts = |character: char| {
        character.is_ascii() && !character.is_ascii_alphanumeric() && character != ' '
    };
    if !term.contains(cuts) {
        return Cow::Borrowed(term);
    }
    let stand_in = |character: char| match cuts(character) {
        true => char::from_u32(PRIVATE + u32::from(character)).unwrap_or(character),
        false => character,
    };
    term.chars().map(stand_in).collect()
}

#[cfg(feature = "postgres")]
fn tsquery_term(term: &str, weights: &str) -> String {
    format!("{}{weights}", tsvector_lexeme(term))
}

/// A lexeme as tsvector and tsquery read it.
#[cfg(feature = "postgres")]
pub(super) fn tsvector_lexeme(term: &str) -> String {
    format!("'{}'", term.replace('\\', "\\\\").replace('\'', "''"))
}
