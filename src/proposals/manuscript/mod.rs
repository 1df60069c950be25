//! Articles in files: plain text, Markdown, a web page; as what an extraction is asked for, with what else the file tells.
mod markdown;
mod page;

use std::path::Path;

use super::write_shape::NewExtraction;
use crate::domain::language::Language;
use crate::domain::moment::Moment;
use crate::domain::web_address;
use crate::extraction;
use crate::naming::write_shape::NewReference;

/// What a file holds, and what it tells of itself.
#[derive(Debug, Default)]
pub struct Manuscript {
    pub text: String,
    pub title: Option<String>,
    pub language: Option<String>,
    pub outlet: Option<String>,
    pub source_url: Option<String>,
    pub published_at: Option<String>,
}

/// Why a file cannot be read as an article.
#[derive(Debug, thiserror::Error)]
pub enum ManuscriptError {
    #[error("it is not text in UTF-8; convert it first")]
    NoText,
    #[error("no article is found in the page: {0}")]
    NoArticle(String),
}

/// Reads a file by the ending of its name; what is neither Markdown nor HTML is plain text.
pub fn read(name: &Path, bytes: Vec<u8>) -> Result<Manuscript, ManuscriptError> {
    let text = String::from_utf8(bytes).map_err(|_| ManuscriptError::NoText)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let ending = name.extension().and_then(|ending| ending.to_str());
    match ending.unwrap_or_default().to_ascii_lowercase().as_str() {
        "md" | "markdown" => Ok(markdown::read(text)),
        "html" | "htm" | "xhtml" => page::read(text),
        _ => Ok(Manuscript {
            text: text.to_owned(),
            ..Manuscript::default()
        }),
    }
}

impl Manuscript {
    /// What is asked for; what somebody says of the file goes before what it says itself.
    pub fn into_request(self, language: Option<String>, outlet: Option<String>) -> NewExtraction {
        let name = |name| NewReference {
            name: Some(name),
            ..NewReference::default()
        };
        NewExtraction {
            text: Some(self.text),
            title: self.title,
            language: language.or(self.language),
            outlet: outlet.or(self.outlet).map(name),
        }
    }
}

/// What a page says of itself counts where it can be stored: nobody who extracts can mend it.
fn usable(manuscript: Manuscript) -> Manuscript {
    let has_rules =
        |tag: &String| Language::parse(tag).is_ok() && extraction::Language::of_tag(tag).is_some();
    let is_address = |url: &String| web_address::fault(url).is_none();
    Manuscript {
        language: manuscript.language.filter(has_rules),
        source_url: manuscript.source_url.filter(is_address),
        published_at: manuscript
            .published_at
            .filter(|moment| Moment::parse(moment).is_ok()),
        ..manuscript
    }
}
