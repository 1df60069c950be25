//! Articles in web pages: what Mozilla's Readability would show a reader, block by block.
use dom_smoothie::{Config, Readability, TextMode};

use super::{Manuscript, ManuscriptError, usable};

/// Beyond so many elements a page is no article.
const MOST_ELEMENTS: usize = 100_000;

pub fn read(html: &str) -> Result<Manuscript, ManuscriptError> {
    let none =
        |error: dom_smoothie::ReadabilityError| ManuscriptError::NoArticle(error.to_string());
    let config = Config {
        text_mode: TextMode::Formatted,
        max_elements_to_parse: MOST_ELEMENTS,
        // A report of three lines is an article too.
        char_threshold: 0,
        ..Config::default()
    };
    let article = Readability::new(html, None, Some(config))
        .and_then(|mut page| page.parse())
        .map_err(none)?;
    Ok(usable(Manuscript {
        text: article.text_content.to_string(),
        title: Some(article.title).filter(|title| !title.trim().is_empty()),
        language: article.lang,
        outlet: article.site_name,
        source_url: article.url,
        published_at: article.published_time,
    }))
}
