//! Which of the three languages a text is written in: by its script, then by its commonest words.
use serde::{Deserialize, Serialize};

/// Enough of a text to know its language by.
const SAMPLE: usize = 4_000;
const ENGLISH: [&str; 12] = [
    "the", "of", "and", "to", "in", "that", "is", "was", "for", "with", "he", "said",
];
const FRENCH: [&str; 14] = [
    "le", "la", "les", "de", "des", "du", "et", "à", "une", "est", "que", "dans", "pour", "il",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Arabic,
    English,
    French,
}

impl Language {
    /// Those that there are rules for.
    pub const ALL: [Self; 3] = [Self::Arabic, Self::English, Self::French];

    /// Its BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::English => "en",
            Self::French => "fr",
        }
    }

    /// The language of a BCP 47 tag, if it is one that there are rules for.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        Self::ALL
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }

    /// The language that a text is most likely written in.
    pub fn of_text(text: &str) -> Self {
        let sample = || text.chars().take(SAMPLE);
        let arabic = sample()
            .filter(|c| ('\u{600}'..'\u{700}').contains(c))
            .count();
        let latin = sample()
            .filter(|c| c.is_alphabetic() && *c < '\u{250}')
            .count();
        if arabic > latin {
            return Self::Arabic;
        }
        let sample: String = sample().collect::<String>().to_lowercase();
        let (mut english, mut french) = (0, 0);
        for word in sample.split(|c: char| !c.is_alphabetic()) {
            english += usize::from(ENGLISH.contains(&word));
            french += usize::from(FRENCH.contains(&word));
        }
        if french > english {
            Self::French
        } else {
            Self::English
        }
    }
}
