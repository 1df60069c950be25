//! Joints: apostrophes, points and commas that stand within words and numbers, and what they come to.

use super::fold;
use super::words::{Script, is_one_word, script_of};

/// What a word looks like as far as it was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    Plain,
    Digits,
    /// One letter, or letters with a point before each but the first.
    Initial,
    /// The same, with the point behind the last.
    Pointed,
}

impl Form {
    /// With one more letter, or with the first.
    pub fn with(self, letter: char, first: bool) -> Self {
        match (self, first) {
            (_, true) if letter.is_ascii_digit() => Self::Digits,
            (_, true) if letter.is_ascii_lowercase() => Self::Initial,
            (Self::Digits, false) if letter.is_ascii_digit() => Self::Digits,
            (Self::Pointed, false) => Self::Initial,
            _ => Self::Plain,
        }
    }
}

/// What a joint behind a word comes to.
#[derive(Debug, PartialEq)]
pub enum Joint {
    /// It ends the word.
    Break,
    /// The word goes on, as if it were not there: O'Brien, Qur'an, U.S.
    Within,
    /// The word before it is French and elided: l'État is found as État. As the Arabic article, it is no word.
    Elided,
    /// An English possessive: so many bytes from the joint on belong to the word, but not to its spelling.
    Possessive(usize),
    /// So many bytes from the joint on are of the number that the word is the beginning of; its decimal point, if it has one, is so
    /// many bytes from the joint.
    Number(usize, Option<usize>),
    /// So many bytes from the joint on are digits and separators, but no one number: a date, a list, an address.
    List(usize),
}

/// French words as they are before a vowel.
#[rustfmt::skip]
const ELIDED: [&str; 13] = [
    "l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
];

/// Looks at the joint at the beginning of `rest`, behind a word of a spaced script.
pub fn look(word: &str, form: Form, rest: &str) -> Joint {
    let mut ahead = rest.chars();
    let joint = ahead.next().unwrap_or(' ');
    let next = ahead.next().unwrap_or(' ');
    let continued = || begins_with_letter(ahead.as_str());
    if is_separator(joint) {
        return match form {
            Form::Digits if digit(next).is_some() => number(word.len(), rest),
            Form::Initial if joint == '.' && next.is_ascii_alphabetic() && !continued() => {
                Joint::Within
            }
            _ => Joint::Break,
        };
    }
    if !next.is_alphabetic()
        || script_of(next) != Script::Spaced
        || !fold::begins_cluster(next)
        || word.ends_with(|c: char| c.is_numeric())
    {
        Joint::Break
    } else if ELIDED.contains(&word) {
        Joint::Elided
    } else if matches!(next, 's' | 'S') && !continued() {
        Joint::Possessive(joint.len_utf8() + next.len_utf8())
    } else {
        Joint::Within
    }
}

/// Whether a word of a spaced script would go on here.
fn begins_with_letter(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c| fold::is_format(c) || fold::is_dropped(c));
    if let Some(first @ '\0'..='\u{7F}') = rest.chars().next() {
        return first.is_ascii_alphanumeric();
    }
    let mut piece = String::new();
    fold::cluster(rest, &mut piece);
    !piece.is_empty()
        && is_one_word(&piece)
        && piece.chars().all(|c| script_of(c) == Script::Spaced)
}

/// The decimal and the thousands' separators that are in use: 1,000.5 and ١٬٠٠٠٫٥, with an Arabic comma for either.
fn is_separator(character: char) -> bool {
    matches!(character, '.' | ',' | '،' | '٫' | '٬')
}

/// The value of a digit that numbers are written in: 7, ٧ and ۷.
fn digit(character: char) -> Option<char> {
    match fold::glance(character) {
        fold::Glance::Letter(letter) if letter.is_ascii_digit() => Some(letter),
        _ => None,
    }
}

/// Reads on from a separator behind `first` digits to the end of the digits and separators.
///
/// Equal separators before three digits each group thousands; the last one, if it is another or has not three digits, is the
/// decimal point. So 1,000 is 1000 and 1,5 is 1.5; 12.5.2024 is three numbers.
fn number(first: usize, rest: &str) -> Joint {
    let mut end = 0;
    let mut last = 0;
    let mut before = ' ';
    for (at, character) in rest.char_indices() {
        if digit(character).is_some() {
            if is_separator(before) {
                last = at - before.len_utf8();
            }
            end = at + character.len_utf8();
        } else if !is_separator(character) || is_separator(before) {
            break;
        }
        before = character;
    }
    let run = rest.get(..end).unwrap_or_default();
    let (groups, decimals) = run.split_at_checked(last).unwrap_or_default();
    let separator = run.chars().next().unwrap_or(' ');
    let other = decimals.chars().next().unwrap_or(' ');
    let thousands =
        |groups: &str| first <= 3 && groups.split(separator).skip(1).all(is_three_digits);
    let point = other != '٬' && (groups.is_empty() || other != separator);
    if thousands(run) && !(groups.is_empty() && matches!(other, '.' | '٫')) {
        Joint::Number(end, None)
    } else if point && (groups.is_empty() || thousands(groups)) {
        Joint::Number(end, Some(last))
    } else {
        Joint::List(end)
    }
}

fn is_three_digits(group: &str) -> bool {
    group.chars().all(|c| digit(c).is_some()) && group.chars().count() == 3
}

/// The digits of what `Joint::Number` says, and its decimal point as a point.
pub fn digits(rest: &str, bytes: usize, point: Option<usize>) -> impl Iterator<Item = char> {
    rest.char_indices()
        .take_while(move |&(at, _)| at < bytes)
        .filter_map(move |(at, character)| {
            if Some(at) == point {
                Some('.')
            } else {
                digit(character)
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_group_or_divide() {
        for (first, rest, number) in [
            (1, ",000 men", Joint::Number(4, None)),
            (1, "٬٠٠٠٬٠٠٠", Joint::Number(16, None)),
            (1, ",5%", Joint::Number(2, Some(0))),
            (1, ".500", Joint::Number(4, Some(0))),
            (1, ",000,000.25", Joint::Number(11, Some(8))),
            (1, ".000.000", Joint::Number(8, None)),
            (2, ".5.2024", Joint::List(7)),
            (4, ",000", Joint::Number(4, Some(0))),
            (1, ",2,3", Joint::List(4)),
        ] {
            assert_eq!(
                look(&"1".repeat(first), Form::Digits, rest),
                number,
                "{rest}"
            );
        }
    }

    #[test]
    fn apostrophes_join_elide_and_show_possession() {
        for (word, rest, joint) in [
            ("o", "'Brien", Joint::Within),
            ("l", "’État", Joint::Elided),
            ("aujourd", "'hui", Joint::Within),
            ("biden", "’s plan", Joint::Possessive(4)),
            ("it", "'speaks", Joint::Within),
            ("ministers", "' plan", Joint::Break),
            ("cnn", "'عربية", Joint::Break),
        ] {
            assert_eq!(look(word, Form::Plain, rest), joint, "{word}{rest}");
        }
    }

    #[test]
    fn points_join_initials() {
        assert_eq!(look("u", Form::Initial, ".S."), Joint::Within);
        assert_eq!(look("u", Form::Initial, ".com"), Joint::Break);
        assert_eq!(look("us", Form::Plain, ".a"), Joint::Break);
    }
}
