//! What the index holds of an article and of a statement: its terms, in the first column that has them.
use std::collections::HashSet;

use xxhash_rust::xxh3::xxh3_64;

use super::analysis::{self, Language, Token};
use super::{place, words};
use crate::articles::types::Block;
use crate::domain::moment::Moment;
use crate::rendering::records::{ArticleRecord, HopRecord, Party, StatementRecord};
use crate::statements::types::StatementStatus;

/// How many bytes of terms one thing may have; what comes after is not found. (PostgreSQL's tsvector ends at a megabyte.)
const MOST_BYTES: usize = 900_000;

/// A thing as the index holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The place that it would have.
    pub place: i64,
    /// The terms of each column, each term once, with a space between.
    pub columns: [String; 3],
    /// Its words in their order, packed. Names and quotes whose words stand in another text in this order are left out.
    pub words: Vec<u8>,
    /// Words as people begin to type them, with the terms that find them.
    pub vocabulary: Vec<(String, String)>,
}

impl Entry {
    pub fn is_visible(&self) -> bool {
        place::all(true).contains(&self.place)
    }
}

/// Of an article: the title; the summary and the names in it; what it says.
pub fn of_article(article: &ArticleRecord) -> Entry {
    let row = &article.row;
    let language = Language::of_tag(row.language.as_str());
    let mut terms = Terms::default();
    terms.add(0, &row.title, language);
    terms.add_some(1, row.summary.as_deref(), language);
    terms.add(1, &article.outlet.name, language);
    for tag in &article.tags {
        terms.add_once(1, &tag.name, language);
    }
    // Of what the public will not see, an article that it sees says nothing.
    let shown = |statement: &&StatementRecord| statement.row.status == StatementStatus::Published;
    let statements = || article.statements.iter().filter(shown);
    for hop in statements().flat_map(|statement| &statement.hops) {
        terms.add_party(1, hop, language);
    }
    for text in row.body.0.iter().flat_map(texts) {
        terms.add(2, text, language);
    }
    for statement in statements() {
        let language = Language::of_tag(statement.row.language.as_str());
        terms.add_once(2, &statement.row.quote, language);
    }
    terms.into_entry(row.visible, row.published_key, article.id)
}

/// Of a statement: its words; who said it; through whom it came.
pub fn of_statement(statement: &StatementRecord) -> Entry {
    let row = &statement.row;
    let language = Language::of_tag(row.language.as_str());
    let mut terms = Terms::default();
    terms.add(0, &row.quote, language);
    for (at, hop) in statement.hops.iter().enumerate() {
        let column = if at == 0 { 1 } else { 2 };
        terms.add_party(column, hop, language);
    }
    terms.into_entry(row.visible, row.published_key, statement.id)
}

/// The texts of a block that are its own.
fn texts(block: &Block) -> Vec<&str> {
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text, .. } => vec![text],
        Block::Quote { text, caption } => [text]
            .into_iter()
            .chain(caption)
            .map(String::as_str)
            .collect(),
        Block::List { items, .. } => items.iter().map(String::as_str).collect(),
        Block::Image { caption, .. } | Block::Embed { caption, .. } => {
            caption.as_deref().into_iter().collect()
        }
    }
}

#[derive(Default)]
struct Terms {
    /// Hashes of what has been met: of terms, and of words with their terms.
    known_terms: HashSet<u64>,
    known_words: HashSet<(u64, u64)>,
    columns: [String; 3],
    bytes: usize,
    words: Vec<u32>,
    vocabulary: Vec<(String, String)>,
}

impl Terms {
    fn add_party(&mut self, column: u8, hop: &HopRecord, language: Language) {
        let name = match &hop.party {
            Party::Named(party) => &party.name,
            Party::Unresolved(party) => &party.name,
            Party::Anonymous(source) => &source.label,
        };
        for name in [Some(name), hop.as_named.as_ref()].into_iter().flatten() {
            self.add_once(column, name, language);
        }
    }

    fn add_some(&mut self, column: u8, text: Option<&str>, language: Language) {
        if let Some(text) = text {
            self.add(column, text, language);
        }
    }

    /// Adds a text to a column, unless its words stand in a text already.
    fn add_once(&mut self, column: u8, text: &str, language: Language) {
        let before = self.words.len();
        self.add(column, text, language);
        let (known, new) = self.words.split_at(before);
        let Some((_end, new)) = new.split_last() else {
            return;
        };
        let mut stretches = known.windows(new.len().max(1));
        if new.is_empty() || stretches.any(|stretch| stretch == new) {
            self.words.truncate(before);
        }
    }

    /// Adds a text to a column; columns are filled in their order.
    fn add(&mut self, column: u8, text: &str, language: Language) {
        if self.bytes > MOST_BYTES {
            return;
        }
        let Some(terms) = self.columns.get_mut(usize::from(column)) else {
            return;
        };
        let mut bytes = 0;
        analysis::analyse(text, language, |Token { word, term, .. }| {
            let hash = xxh3_64(term.as_bytes());
            self.words.push(words::number(hash));
            if self.known_words.insert((xxh3_64(word.as_bytes()), hash)) {
                self.vocabulary.push((word.to_owned(), term.to_owned()));
            }
            if self.known_terms.insert(hash) {
                if !terms.is_empty() {
                    terms.push(' ');
                }
                terms.push_str(term);
                bytes += term.len() + 1;
            }
        });
        self.bytes += bytes;
        self.words.push(words::end_of_text(column));
    }

    fn into_entry(self, visible: bool, published: Moment, row_id: i64) -> Entry {
        Entry {
            place: place::of(visible, published, row_id),
            columns: self.columns,
            words: words::pack(&self.words),
            vocabulary: self.vocabulary,
        }
    }
}
