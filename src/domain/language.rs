//! Language tags (BCP 47) and the direction their text runs in.
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use icu_locale::{Direction as ScriptDirection, LanguageIdentifier, LocaleDirectionality};
use oxilangtag::LanguageTag;
use serde::Serialize;
use utoipa::PartialSchema;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use super::{stored_as, text_enum};

text_enum! {
    /// Which way text runs: right to left, or left to right.
    pub enum Direction {
        RightToLeft = "rtl",
        LeftToRight = "ltr",
    }
}

/// A well-formed language tag in its usual case, such as `ar`, `ar-EG`, `zh-Hant`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, AsExpression, FromSqlRow,
)]
#[diesel(sql_type = Text)]
pub struct Language(String);

stored_as!(Language, Text, String, str);

/// The longest tag anyone needs; the bound keeps a column from being used as a store.
const LONGEST: usize = 100;

impl Language {
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err(format!("is longer than {LONGEST} characters"));
        }
        LanguageTag::parse_and_normalize(text)
            .map(|tag| Self(tag.into_inner()))
            .map_err(|error| {
                format!("`{text}` is no language tag such as ar or en-GB (BCP 47): {error}")
            })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The direction of the script that the tag names or that the language is usually written in.
    pub fn direction(&self) -> Direction {
        // What Unicode's data does not know (a private tag) is taken as left to right.
        let identifier =
            LanguageIdentifier::try_from_str(self.base()).unwrap_or(LanguageIdentifier::UNKNOWN);
        match LocaleDirectionality::new_extended().get(&identifier) {
            Some(ScriptDirection::RightToLeft) => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }

    /// Language, script and region, without variants, extensions and private parts.
    fn base(&self) -> &str {
        let length: usize = self
            .0
            .split('-')
            .enumerate()
            .take_while(|&(at, part)| {
                at == 0
                    || part.len() == 4 && part.chars().all(char::is_alphabetic)
                    || part.len() == 2
            })
            .map(|(_, part)| part.len() + 1)
            .sum();
        self.0.get(..length.saturating_sub(1)).unwrap_or(&self.0)
    }

    /// Every tag that this one is within, from the widest: `zh`, `zh-Hant`, `zh-Hant-TW` (RFC 4647, basic filtering).
    pub fn ranges(&self) -> impl Iterator<Item = &str> {
        let ends = self.0.match_indices('-').map(|(at, _)| at);
        ends.chain([self.0.len()])
            .filter_map(|end| self.0.get(..end))
    }

    /// Whether this tag is `range` or narrower: `ar-EG` is within `ar` (RFC 4647, basic filtering).
    pub fn is_within(&self, range: &Self) -> bool {
        self.0
            .strip_prefix(range.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }
}

impl std::str::FromStr for Language {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::parse(text)
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialSchema for Language {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(2))
            .max_length(Some(LONGEST))
            .pattern(Some("^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"))
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_decide_the_direction() {
        for (tag, expected) in [
            ("ar", Direction::RightToLeft),
            ("ar-EG", Direction::RightToLeft),
            ("fa", Direction::RightToLeft),
            ("he", Direction::RightToLeft),
            ("ckb", Direction::RightToLeft),
            ("ar-Latn", Direction::LeftToRight),
            ("az-Arab", Direction::RightToLeft),
            ("en-GB-oxendict", Direction::LeftToRight),
            ("fr", Direction::LeftToRight),
            ("x-private", Direction::LeftToRight),
        ] {
            assert_eq!(Language::parse(tag).unwrap().direction(), expected, "{tag}");
        }
    }

    #[test]
    fn a_range_takes_what_is_narrower() {
        let arabic = Language::parse("ar").unwrap();
        assert!(Language::parse("ar-eg").unwrap().is_within(&arabic));
        assert!(!Language::parse("arz").unwrap().is_within(&arabic));
        assert!(!arabic.is_within(&Language::parse("ar-EG").unwrap()));
    }

    #[test]
    fn tags_are_well_formed_and_in_their_usual_case() {
        assert_eq!(Language::parse("AR-eg").unwrap().as_str(), "ar-EG");
        for wrong in ["", "a", "arabic language", "ar_EG", "ar--EG", "123456789"] {
            assert!(Language::parse(wrong).is_err(), "{wrong}");
        }
    }
}
