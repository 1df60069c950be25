//! Latin words: Snowball's stems of English (Porter 2) and French.
//!
//! Stems are made of the folded word, on both sides alike. Snowball's French expects accents and finds a few endings only with them
//! (-é, -ée): who types without accents would get other terms than who types with them. Of the folded word both get the same
//! (`déclaré` and `declare` have the term `declar`), which is worth more here than those endings.
use super::Language;
use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::sync::LazyLock;

static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::new(Algorithm::English));
static FRENCH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::new(Algorithm::French));

/// The term of a folded word in a text of this language.
pub fn stem(folded: &str, language: Language) -> Cow<'_, str> {
    if !is_stemmed(folded) {
        return Cow::Borrowed(folded);
    }
    match language {
        Language::English => ENGLISH.stem(folded),
        Language::French => FRENCH.stem(folded),
        Language::Other => Cow::Borrowed(folded),
    }
}

/// What the word may have become in texts of any language.
pub fn alternatives(folded: &str) -> Vec<String> {
    let mut terms = vec![folded.to_owned()];
    for language in [Language::English, Language::French] {
        let term = stem(folded, language);
        if !terms.iter().any(|known| *known == term) {
            terms.push(term.into_owned());
        }
    }
    terms
}

/// Words of Latin letters; in others, and with digits, Snowball would find endings that are none.
fn is_stemmed(folded: &str) -> bool {
    folded.len() > 2 && folded.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_stemmed_by_the_language_of_their_text() {
        for (word, language, term) in [
            ("elections", Language::English, "elect"),
            ("journaux", Language::French, "journal"),
            ("elections", Language::Other, "elections"),
            ("covid19s", Language::English, "covid19s"),
        ] {
            assert_eq!(stem(word, language), term);
        }
    }

    #[test]
    fn a_word_of_a_query_is_sought_in_every_language() {
        assert_eq!(alternatives("journaux"), ["journaux", "journal"]);
        assert_eq!(alternatives("voting"), ["voting", "vote"]);
        assert_eq!(alternatives("paris"), ["paris", "pari"]);
    }
}
