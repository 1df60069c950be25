//! Text as it is stored: NFC, no NUL, bidi controls in pairs; and positions in it as UTF-16 code units.
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in Unicode Normalization Form C (UAX #15).
pub fn nfc(text: String) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        _ => text.nfc().collect(),
    }
}

/// What no stored text may hold: NUL, and bidi controls (UAX #9) that are not closed within it.
pub fn refused_character(text: &str) -> Option<&'static str> {
    if text.is_ascii() {
        return text.contains('\0').then_some(NUL);
    }
    let (mut embeddings, mut isolates) = (0_usize, 0_usize);
    for character in text.chars() {
        match character {
            '\0' => return Some(NUL),
            '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => embeddings += 1,
            '\u{202C}' if embeddings == 0 => return Some(BIDI),
            '\u{202C}' => embeddings -= 1,
            '\u{2066}'..='\u{2068}' => isolates += 1,
            '\u{2069}' if isolates == 0 => return Some(BIDI),
            '\u{2069}' => isolates -= 1,
            _ => {}
        }
    }
    (embeddings + isolates > 0).then_some(BIDI)
}

const NUL: &str = "holds a NUL character; remove it";
const BIDI: &str =
    "holds a bidi control without its pair; close it with U+202C or U+2069, or remove it";

/// How many UTF-16 code units the text takes.
pub fn utf16_length(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().map(char::len_utf16).sum()
    }
}

/// The byte at which the `units`-th UTF-16 code unit starts; None past the end or inside a surrogate pair.
pub fn byte_at(text: &str, units: usize) -> Option<usize> {
    let mut seen = 0;
    for (byte, character) in text.char_indices() {
        if seen >= units {
            return (seen == units).then_some(byte);
        }
        seen += character.len_utf16();
    }
    (seen == units).then_some(text.len())
}

/// The slice between two UTF-16 positions.
pub fn utf16_slice(text: &str, start: usize, end: usize) -> Option<&str> {
    let from = byte_at(text, start)?;
    let rest = text.get(from..)?;
    let length = byte_at(rest, end.checked_sub(start)?)?;
    rest.get(..length)
}

/// The last characters before `byte`, at most `units` UTF-16 code units, no surrogate pair cut.
pub fn before(text: &str, byte: usize, units: usize) -> &str {
    let head = text.get(..byte).unwrap_or_default();
    let mut left = units;
    let mut start = head.len();
    for (at, character) in head.char_indices().rev() {
        match left.checked_sub(character.len_utf16()) {
            Some(rest) => left = rest,
            None => break,
        }
        start = at;
    }
    head.get(start..).unwrap_or_default()
}

/// The first characters from `byte` on, at most `units` UTF-16 code units, no surrogate pair cut.
pub fn after(text: &str, byte: usize, units: usize) -> &str {
    let tail = text.get(byte..).unwrap_or_default();
    let mut left = units;
    let mut end = 0;
    for (at, character) in tail.char_indices() {
        match left.checked_sub(character.len_utf16()) {
            Some(rest) => left = rest,
            None => break,
        }
        end = at + character.len_utf8();
    }
    tail.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn positions_count_utf16_units() {
        let text = "a𐀀ب";
        assert_eq!(utf16_length(text), 4);
        assert_eq!(utf16_slice(text, 1, 3), Some("𐀀"));
        assert_eq!(utf16_slice(text, 2, 3), None, "inside a surrogate pair");
        assert_eq!(utf16_slice(text, 3, 5), None, "past the end");
        assert_eq!(before(text, 5, 2), "𐀀");
        assert_eq!(before(text, 5, 1), "", "half a pair is no character");
        assert_eq!(after(text, 1, 2), "𐀀");
    }

    #[test]
    fn unpaired_bidi_controls_and_nul_are_refused() {
        assert_eq!(refused_character("\u{2067}نص\u{2069} plain"), None);
        assert_eq!(refused_character("\u{202B}نص\u{202C}"), None);
        for text in [
            "\u{202E}abc",
            "abc\u{202C}",
            "\u{2067}a\u{202C}",
            "\u{2069}\u{2066}",
            "a\0",
        ] {
            assert!(refused_character(text).is_some(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn slices_agree_with_utf16(text in ".{0,40}", a in 0_usize..60, b in 0_usize..60) {
            let units: Vec<u16> = text.encode_utf16().collect();
            prop_assert_eq!(utf16_length(&text), units.len());
            let expected = units.get(a..b).and_then(|slice| String::from_utf16(slice).ok());
            // A slice that starts or ends inside a pair is no text, even where the halves are absent.
            match (utf16_slice(&text, a, b), expected) {
                (Some(found), Some(expected)) => prop_assert_eq!(found, expected),
                (None, None) => {}
                (None, Some(expected)) => prop_assert!(expected.is_empty()),
                (Some(found), None) => prop_assert!(false, "{found:?} is no slice"),
            }
        }
    }
}
