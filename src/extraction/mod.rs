//! From the plain text of an article to proposed statements: by rules, in process, the same every time.
//!
//! Text becomes an `Article` (paragraphs, quotations, words, sentences); the rules of its language read that sentence by
//! sentence and leave drafts; drafts become proposals, whose offsets count Unicode scalar values. Inside, offsets are bytes.
mod arabic;
mod article;
mod carried;
mod confidence;
mod furniture;
mod language;
mod latin;
mod lexicon;
mod naming;
mod proposals;
mod quotations;
mod sentences;
mod singles;
mod structure;
mod words;

#[cfg(test)]
mod tests;

pub use confidence::Features;
pub use language::Language;
pub use proposals::{Extraction, Kind, Party, Proposal, Rule, Source, Span};
pub use structure::{Block, Part};

use article::Article;

/// The statements that the rules find in a text. Without a language, that of the text is told by its script and its
/// commonest words.
pub fn extract(text: &str, language: Option<Language>) -> Extraction {
    read(text, language, false)
}

/// The same of a text whose first line is known to be its title.
pub fn extract_titled(text: &str, language: Option<Language>) -> Extraction {
    read(text, language, true)
}

fn read(text: &str, language: Option<Language>, titled: bool) -> Extraction {
    let language = language.unwrap_or_else(|| Language::of_text(text));
    let article = Article::read(text, language, titled);
    let drafts = match language {
        Language::Arabic => arabic::statements(&article),
        Language::English | Language::French => latin::statements(&article),
    };
    proposals::propose(&article, drafts)
}
