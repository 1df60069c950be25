//! Arabic endings: plurals, duals, the feminine and the pronouns that are written on to a word.
//!
//! Light stemming in the manner of light10 (Larkey, Ballesteros and Connell, 2007), with two differences. Only one pronoun and one
//! plural are taken off, in that order, since a word has no more. And the shorter the rest, the surer the ending must be: ات and ها
//! may leave three letters, ان, ون and ين must leave four, for of words that would keep three (ميدان، قانون، تعيين) more are roots than plurals.
//! Those that are plurals all the same (عامان، حزبين) are in the lexicon.

/// Pronouns, and the letters that each must leave. The feminine ة, folded, is the last.
const PRONOUNS: [(&str, usize); 8] = [
    ("هما", 3),
    ("ها", 3),
    ("هم", 4),
    ("هن", 4),
    ("كما", 4),
    ("كم", 4),
    ("نا", 4),
    ("ه", 3),
];

/// The sound masculine plural and the dual.
const PLURALS: [&str; 3] = ["ين", "ون", "ان"];

// What may follow a noun, or a verb of the past, that the lexicon knows: by its last letter, so that few are tried.
const NOUN: Inflection = Inflection::Noun;
const VERB: Inflection = Inflection::Verb;
#[rustfmt::skip]
const IN_ALEF: [(&str, Inflection); 8] = [
    ("ا", NOUN), ("ها", NOUN), ("نا", NOUN), ("هما", NOUN), ("كما", NOUN), ("اتها", NOUN), ("وا", VERB), ("تا", VERB),
];
const IN_HEH: [(&str, Inflection); 2] = [("ه", NOUN), ("اته", NOUN)];
const IN_MEEM: [(&str, Inflection); 3] = [("هم", NOUN), ("كم", NOUN), ("اتهم", NOUN)];
const IN_NOON: [(&str, Inflection); 4] = [("ان", NOUN), ("ين", NOUN), ("ون", NOUN), ("هن", NOUN)];
const IN_TEH: [(&str, Inflection); 2] = [("ات", NOUN), ("ت", VERB)];
const IN_KAF: [(&str, Inflection); 1] = [("ك", NOUN)];

/// Writes a word that the lexicon does not know, without its endings, into `term`.
pub fn remove(word: &str, term: &mut String) {
    term.clear();
    let (stem, pronoun) = without_pronoun(word);
    if let Some(rest) = stem.strip_suffix("ات") {
        return keep(rest, stem, term);
    }
    if pronoun && let Some(rest) = stem.strip_suffix('ت') {
        return keep(rest, stem, term); // ة is ت before a pronoun
    }
    for dual in ["تين", "تان"] {
        if let Some(rest) = stem.strip_suffix(dual) {
            return keep(rest, stem, term);
        }
    }
    let plural = PLURALS.iter().map(|ending| (*ending, 4)).chain([("وا", 3)]);
    term.push_str(without_any(stem, plural).unwrap_or(stem));
}

/// A feminine word without its ending is without its ة (سيارات, سيارتها: سيار), unless two letters would be left: those keep it,
/// since words of three letters do (جهات, جهتها: جهه).
fn keep(rest: &str, stem: &str, term: &mut String) {
    match letters(rest) {
        0 | 1 => term.push_str(stem),
        2 => {
            term.push_str(rest);
            term.push('ه');
        }
        _ => term.push_str(rest),
    }
}

fn without_pronoun(word: &str) -> (&str, bool) {
    without_any(word, PRONOUNS).map_or((word, false), |rest| (rest, true))
}

fn without_any(
    word: &str,
    endings: impl IntoIterator<Item = (&'static str, usize)>,
) -> Option<&str> {
    endings.into_iter().find_map(|(ending, left)| {
        word.strip_suffix(ending)
            .filter(|rest| letters(rest) >= left)
    })
}

/// What is left of a word without each of the endings that a noun, or a verb, may have.
pub fn inflected(word: &str) -> impl Iterator<Item = (&str, Inflection)> {
    let endings: &[(&str, Inflection)] = match word.chars().next_back() {
        Some('ا') => &IN_ALEF,
        Some('ه') => &IN_HEH,
        Some('م') => &IN_MEEM,
        Some('ن') => &IN_NOON,
        Some('ت') => &IN_TEH,
        Some('ك') => &IN_KAF,
        _ => &[],
    };
    endings.iter().filter_map(|(ending, of)| {
        let rest = word.strip_suffix(ending)?;
        (letters(rest) >= 3).then_some((rest, *of))
    })
}

/// How a word of the lexicon may go on, each with what the one before it has too: a word may be both, as عمل and قتل.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inflection {
    /// Names do not.
    None,
    Noun,
    Verb,
}

/// Letters of a folded Arabic word: two bytes each, but for a few of other languages.
pub fn letters(word: &str) -> usize {
    word.len() / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removed(word: &str) -> String {
        let mut term = String::new();
        remove(word, &mut term);
        term
    }

    #[test]
    fn endings_are_taken_off_where_enough_is_left() {
        for (word, term) in [
            ("محتجزين", "محتجز"),
            ("سيارتها", "سيار"),
            ("سيارات", "سيار"),
            ("سيارتين", "سيار"),
            ("بياناتهم", "بيان"),
            ("عمليات", "عملي"),
            ("عمليه", "عملي"),
            ("مصريون", "مصري"),
            ("جهتها", "جهه"),
            ("جهات", "جهه"),
            ("مرتين", "مره"),
            ("سنه", "سنه"),
            ("اعلنوا", "اعلن"),
        ] {
            assert_eq!(removed(word), term, "{word}");
        }
    }

    #[test]
    fn what_is_likely_to_be_of_the_root_stays() {
        for word in ["ميدان", "قانون", "تعيين", "بنك", "فهم", "وجه", "اليك"]
        {
            assert_eq!(removed(word), word);
        }
    }
}
