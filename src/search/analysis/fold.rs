//! The search fold: how characters are spelled alike, one indivisible cluster of them at a time.
//!
//! It is the name fold (`domain/name_fold.rs`) and a little more: letters that only texts have, and Latin letters that people
//! type as two. What most text consists of, ASCII and Arabic letters as they are usually stored, is told at a `glance`; the rest
//! goes through NFKC.
use crate::domain::name_fold;
use unicode_normalization::{
    IsNormalized, UnicodeNormalization,
    char::{canonical_combining_class, is_combining_mark},
    is_nfkc_quick,
};

/// What a character is, as far as it can be said without looking at its neighbours.
pub enum Glance {
    /// A letter or digit, folded.
    Letter(char),
    /// A vowel mark or tatweel: no letter, but part of the word.
    Mark,
    /// Hamza above, which makes another letter of the waw or yeh before it.
    Hamza,
    /// Zero-width and bidi controls: as if they were not there.
    Format,
    /// What may stand within a word, according to what is around it.
    Joint,
    /// What never does.
    Break,
    /// Any other: it takes a `cluster` to know.
    Other,
}

pub fn glance(character: char) -> Glance {
    match character {
        'a'..='z' | '0'..='9' => Glance::Letter(character),
        'A'..='Z' => Glance::Letter(character.to_ascii_lowercase()),
        '\'' | '.' | ',' => Glance::Joint,
        '\0'..='\u{7F}' => Glance::Break,
        '\u{0640}' | '\u{064B}'..='\u{0653}' | '\u{0655}'..='\u{065F}' | '\u{0670}' => Glance::Mark,
        '\u{0654}' => Glance::Hamza,
        '\u{0620}'..='\u{064A}'
        | '\u{0660}'..='\u{0669}'
        | '\u{066E}'..='\u{0674}'
        | '\u{0679}'..='\u{06D3}'
        | '\u{06D5}'
        | '\u{06F0}'..='\u{06FC}' => Glance::Letter(letter(character).unwrap_or(character)),
        '\u{060C}' | '\u{066B}' | '\u{066C}' => Glance::Joint,
        '\u{061B}' | '\u{061F}' | '\u{06D4}' => Glance::Break,
        '－' | '﹣' | '＂' => Glance::Break, // of queries
        _ if is_apostrophe(character) => Glance::Joint,
        _ if is_format(character) => Glance::Format,
        '\u{2000}'..='\u{206F}' => Glance::Break,
        _ => Glance::Other,
    }
}

/// Folds into `folded` the cluster that `text` begins with: a character and what composes with it. Gives its bytes, without the
/// controls that follow it.
///
/// UAX #15: text may be cut before any character that can begin a composition and is not moved by one, so that normalising
/// the pieces is normalising the whole.
pub fn cluster(text: &str, folded: &mut String) -> usize {
    let mut end = 0;
    for (at, character) in text.char_indices() {
        if is_format(character) {
            continue;
        }
        if end > 0 && begins_cluster(character) {
            break;
        }
        end = at + character.len_utf8();
    }
    folded.clear();
    let composed = text
        .get(..end)
        .unwrap_or(text)
        .chars()
        .filter(|&c| !is_format(c))
        .nfkc();
    let mut decomposed = String::new();
    for character in composed.flat_map(char::to_lowercase) {
        match letter(character) {
            Some(letter) => decomposed.push(letter),
            None => {
                for character in std::iter::once(character)
                    .nfkd()
                    .filter(|&c| !is_dropped(c) && !is_apostrophe(c))
                {
                    match two_letters(character) {
                        Some(letters) => decomposed.push_str(letters),
                        None => decomposed.push(letter(character).unwrap_or(character)),
                    }
                }
            }
        }
    }
    // Syllables and kana close again, so that only accents were lost.
    folded.extend(decomposed.nfc());
    for (apart, together) in [("\u{E4D}\u{E32}", "\u{E33}"), ("\u{ECD}\u{EB2}", "\u{EB3}")] {
        // Sara am: NFKC would put half of it into the character before.
        if folded == apart {
            folded.clear();
            folded.push_str(together);
        }
    }
    end
}

/// Whether normalisation never joins or moves this character with what is before it.
pub fn begins_cluster(character: char) -> bool {
    if character < '\u{0300}' {
        return true;
    }
    if is_dropped(character) {
        return false; // what is on both sides of it meets once it is dropped
    }
    let first = std::iter::once(character)
        .nfkd()
        .next()
        .unwrap_or(character);
    canonical_combining_class(first) == 0
        && is_nfkc_quick(std::iter::once(first)) != IsNormalized::Maybe
}

/// What words consist of.
pub fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character)
}

/// Zero-width characters and bidi controls.
pub fn is_format(character: char) -> bool {
    matches!(character, '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Apostrophes as they are typed and printed, and the letters for hamza and ayn in romanised names.
fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\'' | '‘' | '’' | '\u{02BB}' | '\u{02BC}' | '\u{02BE}' | '\u{02BF}' | '\u{FF07}'
    )
}

/// What the name fold drops, and variation selectors of ideographs and Mongolian.
pub fn is_dropped(character: char) -> bool {
    name_fold::is_dropped(character)
        || matches!(character, '\u{180B}'..='\u{180D}' | '\u{E0100}'..='\u{E01EF}')
}

/// The letters that the name fold exchanges, and rarer ones of Urdu keyboards, of Kurdish and of the Quran.
fn letter(character: char) -> Option<char> {
    match character {
        '\u{0672}' | '\u{0673}' => Some('ا'),
        '\u{06CE}' | '\u{06D2}' | '\u{06D3}' => Some('ي'),
        '\u{06AA}' => Some('ك'),
        '\u{06C1}'..='\u{06C3}' => Some('ه'),
        _ => name_fold::arabic(character),
    }
}

/// Latin letters that no normalisation takes apart and that people without the key type as others.
fn two_letters(character: char) -> Option<&'static str> {
    Some(match character {
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_is_a_character_and_what_composes_with_it() {
        for (text, folded, bytes) in [
            ("e\u{301}a", "e", 3),
            ("Ça", "c", 2),
            ("œuvre", "oe", 2),
            ("ي\u{654}ة", "ء", 4),
            ("و\u{200D}\u{654}", "ء", 7),
            ("ﷲ أكبر", "الله", 3),
            ("ﾊﾞｯ", "バ", 6),
            ("\u{1112}\u{1161}\u{11AB}글", "한", 9),
            ("a\u{200B}\u{200B}", "a", 1),
            ("½", "1⁄2", 2),
            ("\u{301}", "", 2),
        ] {
            let mut found = String::new();
            assert_eq!(
                (cluster(text, &mut found), found.as_str()),
                (bytes, folded),
                "{text}"
            );
        }
    }
}
