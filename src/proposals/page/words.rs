//! The words of the page around the article, in the article's language.
use std::collections::HashMap;
use std::sync::LazyLock;

/// A key and its words in each language, a line each.
static WORDS: LazyLock<HashMap<&str, [&str; 3]>> = LazyLock::new(|| {
    let lines = include_str!("words.tsv").lines().skip(1);
    lines
        .filter_map(|line| {
            let (key, words) = line.split_once('\t')?;
            let words: Vec<&str> = words.split('\t').collect();
            Some((key, words.try_into().ok()?))
        })
        .collect()
});

/// The words of one language.
pub struct Words(fn(&'static [&'static str; 3]) -> &'static str);

impl Words {
    /// Those of a language, given by its tag; English ones where there are none.
    pub fn of(language: &str) -> Self {
        match language.split('-').next() {
            Some("ar") => Self(|[_, arabic, _]| arabic),
            Some("fr") => Self(|[_, _, french]| french),
            _ => Self(|[english, ..]| english),
        }
    }

    /// What a key is called; what nobody gave words to is called by its key.
    pub fn of_key<'k>(&self, key: &'k str) -> &'k str {
        WORDS.get(key).map_or(key, self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proposals::types::FoundThing;
    use crate::speakers::types::SpeakerKind;
    use crate::statements::types::{Form, Role};

    #[test]
    fn every_line_has_words_in_three_languages() {
        for line in include_str!("words.tsv").lines() {
            let words: Vec<&str> = line.split('\t').collect();
            assert_eq!(words.len(), 4, "{line}");
            assert!(words.iter().all(|word| !word.is_empty()), "{line}");
        }
    }

    #[test]
    fn there_are_words_for_every_key_of_the_page() {
        let forms = Form::ALL.iter().map(|value| value.as_str());
        let roles = Role::ALL.iter().map(|value| value.as_str());
        let kinds = SpeakerKind::ALL.iter().map(|value| value.as_str());
        let things = FoundThing::ALL.iter().map(|value| value.as_str());
        let sources = [
            include_str!("../page.rs"),
            include_str!("cards.rs"),
            include_str!("names.rs"),
        ];
        let written = sources.iter().flat_map(|source| {
            let calls = source.split("word(\"").skip(1);
            calls.filter_map(|rest| rest.split('"').next())
        });
        for key in forms.chain(roles).chain(kinds).chain(things).chain(written) {
            assert!(WORDS.contains_key(key), "{key}");
        }
    }

    #[test]
    fn words_are_those_of_the_language_and_else_english() {
        assert_eq!(Words::of("ar-EG").of_key("direct"), "مباشر");
        assert_eq!(Words::of("fr").of_key("mixed"), "mixte");
        assert_eq!(Words::of("sw").of_key("mixed"), "mixed");
        assert_eq!(Words::of("ar").of_key("a_rule_to_come"), "a_rule_to_come");
    }
}
