//! The name fold: two spellings of one name fold to the same text.
//!
//! NFKC, then without vowel marks, tatweel, zero-width and bidi controls, with the Arabic letters that writers
//! exchange folded together, other scripts without accents, lower case. No stemming: a name is not a word.
use unicode_normalization::UnicodeNormalization;

/// Folds a name for comparison; the result is never shown.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut gap = false;
    for character in name.nfkc().flat_map(char::to_lowercase) {
        if character.is_whitespace() {
            gap = !folded.is_empty();
            continue;
        }
        if is_dropped(character) {
            continue;
        }
        let length = folded.len();
        match arabic(character) {
            Some(letter) => folded.push(letter),
            None => folded.extend(
                std::iter::once(character)
                    .nfkd()
                    .filter(|&c| !is_dropped(c)),
            ),
        }
        if gap && folded.len() > length {
            folded.insert(length, ' ');
            gap = false;
        }
    }
    // Decomposed syllables and kana close again, so that only accents were lost.
    folded.nfc().collect()
}

/// The words of a folded name: runs without white space or punctuation.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c))
        .filter(|word| !word.is_empty())
}

/// Letters that Arabic, Persian and Urdu writers and keyboards exchange; the search fold (`search/analysis/fold.rs`) has the same.
pub fn arabic(character: char) -> Option<char> {
    Some(match character {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ة' | 'ۀ' | 'ە' | 'ھ' => 'ه',
        'ؤ' | 'ئ' => 'ء',
        '٠'..='٩' => digit(character, '٠'),
        '۰'..='۹' => digit(character, '۰'),
        _ => return None,
    })
}

fn digit(character: char, zero: char) -> char {
    char::from_digit(u32::from(character) - u32::from(zero), 10).unwrap_or(character)
}

/// Accents, vowel marks, tatweel, zero-width characters and bidi controls.
pub fn is_dropped(character: char) -> bool {
    matches!(character,
        '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}'..='\u{05C2}'
        | '\u{05C4}'..='\u{05C5}' | '\u{05C7}' | '\u{0610}'..='\u{061A}' | '\u{061C}' | '\u{0640}'
        | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}'
        | '\u{06EA}'..='\u{06ED}' | '\u{0711}' | '\u{0730}'..='\u{074A}' | '\u{08D3}'..='\u{08FF}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{FEFF}' | '\u{00AD}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for (one, other) in [
            ("أحمد", "احمد"),
            ("مُحَمَّد", "محمد"),
            ("محـــمد", "محمد"),
            ("ليلى", "ليلي"),
            ("نهلة", "نهله"),
            ("مسؤول", "مسئول"),
            ("کریم", "كريم"),
            ("ﻣﺤﻤﺪ", "محمد"),
            ("Émile  Zörn", "emile zorn"),
            ("ﬁlm\u{00A0}٢", "film 2"),
            (" Ada\u{200B} ", "ada"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} / {other}");
        }
    }

    #[test]
    fn different_names_stay_different() {
        for (one, other) in [
            ("مصر", "مصري"),
            ("Ada", "Adah"),
            ("한국", "한글"),
            ("がか", "かか"),
        ] {
            assert_ne!(fold(one), fold(other));
        }
    }

    #[test]
    fn words_are_found_in_any_script() {
        let folded = fold("جو  باي-دن (J. B.)");
        assert_eq!(
            words(&folded).collect::<Vec<_>>(),
            ["جو", "باي", "دن", "j", "b"]
        );
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(name in "\\PC{0,40}") {
            let once = fold(&name);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn case_normal_form_and_spacing_do_not_matter(name in "[a-zA-Zéèñçأإآابتةىيكوؤئ ]{0,30}") {
            let decomposed: String = name.nfd().collect();
            prop_assert_eq!(fold(&decomposed), fold(&name));
            prop_assert_eq!(fold(&name.to_uppercase()), fold(&name));
            prop_assert_eq!(fold(&format!("  {name} ")), fold(&name));
        }
    }
}
