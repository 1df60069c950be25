//! Slugs: readable keys in a URL that keep the letters of any script; Arabic is not Latinised.
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::{bounds, id::Id};

/// Characters that a generated slug holds at most; a word is not cut where that can be helped.
const GENERATED: usize = 100;

/// The slug of a text: NFC, lower case, letters, marks and digits of any script, all else a `-`.
///
/// Tatweel and Arabic vowel marks go, since no reader types them. May be empty.
pub fn generate(text: &str) -> String {
    let lower: String = text.nfc().collect::<String>().to_lowercase();
    let mut slug = String::new();
    let mut pending = false;
    for character in lower.nfc() {
        match character {
            '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' => {}
            _ if stands_in_slug(character) => {
                if pending && !slug.is_empty() {
                    slug.push('-');
                }
                pending = false;
                slug.push(character);
            }
            // An apostrophe joins what it stands between: "don't" is one word.
            '\'' | '’' => {}
            _ => pending = true,
        }
    }
    shorten(slug)
}

fn shorten(slug: String) -> String {
    let Some((cut, next)) = slug.char_indices().nth(GENERATED) else {
        return slug;
    };
    let head = slug.get(..cut).unwrap_or_default();
    let whole_words = head.rfind('-').filter(|_| next != '-').unwrap_or(cut);
    let head = slug.get(..whole_words).unwrap_or_default();
    head.trim_end_matches('-').to_owned()
}

/// A slug as a writer gave it, in its stored spelling; or what is wrong with it.
pub fn check(given: &str) -> Result<String, String> {
    let lower: String = given.nfc().collect::<String>().to_lowercase();
    let slug: String = lower.nfc().collect();
    if slug.is_empty() {
        return Err("is empty; leave it out and one is made".to_owned());
    }
    if slug.chars().count() > bounds::STRING {
        return Err(format!("is longer than {} characters", bounds::STRING));
    }
    if slug.len() > bounds::KEY_BYTES {
        return Err(format!("is longer than {} bytes", bounds::KEY_BYTES));
    }
    if slug.parse::<Id>().is_ok() {
        return Err("reads as an id; a slug must not be a UUID".to_owned());
    }
    if let Some(wrong) = slug
        .chars()
        .find(|&c| !stands_in_slug(c) && !matches!(c, '-' | '_' | '.' | '~'))
    {
        return Err(format!(
            "holds {wrong:?}; a slug has letters and digits of any script, and - _ . ~"
        ));
    }
    if slug.chars().all(|c| c == '.') {
        return Err("is a path segment of its own; use letters or digits".to_owned());
    }
    Ok(slug)
}

fn stands_in_slug(character: char) -> bool {
    match character {
        'a'..='z' | '0'..='9' => true,
        _ if character.is_ascii() => false,
        _ => matches!(
            character.general_category_group(),
            GeneralCategoryGroup::Letter
                | GeneralCategoryGroup::Mark
                | GeneralCategoryGroup::Number
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn arabic_keeps_its_letters() {
        assert_eq!(generate("وفدٌ أمنيّ في المدينـــة"), "وفد-أمني-في-المدينة");
    }

    #[test]
    fn punctuation_becomes_one_hyphen() {
        assert_eq!(
            generate("  “Élan”, she said — twice!  "),
            "élan-she-said-twice"
        );
        assert_eq!(generate("They don't"), "they-dont");
        assert_eq!(generate("!!!"), "");
    }

    #[test]
    fn a_uuid_and_a_space_are_refused() {
        assert!(check("0198c1a0-5b7e-7c3a-9d51-2f6f0a9b1c2d").is_err());
        assert!(check("two words").is_err());
        assert!(check("..").is_err());
        assert_eq!(check("Straße"), Ok("straße".to_owned()));
    }

    proptest! {
        #[test]
        fn a_generated_slug_is_its_own_slug_and_a_good_one(text in ".{0,200}") {
            let slug = generate(&text);
            prop_assert_eq!(generate(&slug), slug.clone());
            prop_assert!(slug.chars().count() <= GENERATED);
            if !slug.is_empty() && slug.parse::<Id>().is_err() {
                prop_assert_eq!(check(&slug), Ok(slug));
            }
        }
    }
}
