//! Words and marks with their places, and a view of some of them that rules can read without fear of the ends.
use super::Language;
use super::lexicon::{self, Lexicon};
use super::proposals::Span;
use std::borrow::Cow;

#[derive(Clone, Debug)]
pub struct Token<'t> {
    pub text: &'t str,
    /// As the lexicons spell it: lower case, straight apostrophes, Arabic without vowel signs and with one alef.
    pub fold: Cow<'t, str>,
    pub start: usize,
    pub end: usize,
    /// The quotation it stands in, marks included.
    pub quotation: Option<usize>,
    pub is_word: bool,
    /// What the lexicon knows of it, and of it without its article or the stop of an abbreviation.
    pub mask: u128,
    pub bare_mask: u128,
}

impl<'t> Token<'t> {
    fn new(text: &'t str, start: usize, is_word: bool, lexicon: &Lexicon) -> Self {
        let fold = fold(text);
        let (mut mask, mut bare_mask) = (0, 0);
        if is_word {
            let bare = (lexicon.bare)(&fold);
            mask = lexicon.mask(&fold);
            bare_mask = match bare.len() == fold.len() {
                true => mask,
                false => lexicon.mask(bare),
            };
        }
        Self {
            text,
            fold,
            start,
            end: start + text.len(),
            quotation: None,
            is_word,
            mask,
            bare_mask,
        }
    }

    /// What of it stands behind an offset.
    pub fn from(&self, offset: usize, lexicon: &Lexicon) -> Self {
        let text = self.text.get(offset - self.start..).unwrap_or(self.text);
        Self {
            end: self.end,
            quotation: self.quotation,
            ..Self::new(text, offset, self.is_word, lexicon)
        }
    }
}

fn is_vowel_sign(c: char) -> bool {
    matches!(
        c,
        '\u{64b}'..='\u{652}' | '\u{670}' | '\u{640}' | '\u{200e}' | '\u{200f}'
    )
}

pub fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return match word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(word.to_ascii_lowercase()),
            false => Cow::Borrowed(word),
        };
    }
    let same = |c: char| {
        matches!(c, '\0'..='@' | '['..='\u{7f}' | '\u{626}'..='\u{63f}' | '\u{641}'..='\u{64a}')
            || !(is_vowel_sign(c)
                || c.is_uppercase()
                || matches!(c, 'أ' | 'إ' | 'آ' | 'ٱ' | '’' | 'ʼ'))
    };
    let Some(first) = word.find(|c| !same(c)) else {
        return Cow::Borrowed(word);
    };
    let (before, rest) = word.split_at(first);
    let mut folded = String::with_capacity(word.len());
    folded.push_str(before);
    for c in rest.chars() {
        match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            '’' | 'ʼ' => folded.push('\''),
            '\u{620}'..='\u{63f}' | '\u{641}'..='\u{64a}' => folded.push(c),
            '\0'..='\u{7f}' => folded.push(c.to_ascii_lowercase()),
            c if is_vowel_sign(c) => {}
            c => folded.extend(c.to_lowercase()),
        }
    }
    Cow::Owned(folded)
}

/// As the tables of Unicode have it, which are slow for Arabic.
pub fn is_alphanumeric(c: char) -> bool {
    ('\u{620}'..='\u{64a}').contains(&c) || c.is_alphanumeric()
}

fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric() || matches!(c, '$' | '%'),
        // The letters and marks of Arabic, and other marks, before the slow tables.
        '\u{620}'..='\u{652}' | '\u{300}'..='\u{36f}' => true,
        '،' | '؛' | '؟' | '«' | '»' | '\u{2010}'..='\u{2060}' => false,
        c => c.is_alphanumeric() || is_vowel_sign(c) || matches!(c, '€' | '£'),
    }
}

/// Elided words that French writes on to the next one.
const ELIDED: [&str; 14] = [
    "l", "d", "qu", "j", "n", "s", "c", "m", "t", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu",
];

/// The words and marks of a span.
pub fn tokens<'t>(text: &'t str, span: Span, language: Language, into: &mut Vec<Token<'t>>) {
    let within = text.get(span.start..span.end).unwrap_or_default();
    let (mut at, lexicon) = (0, lexicon::of(language));
    while let Some(c) = char_at(within, at) {
        let start = at;
        at += c.len_utf8();
        if c.is_whitespace() {
            continue;
        }
        let is_word = is_letter(c);
        if is_word {
            at = word_end(within, start, language);
        } else if matches!(c, '\'' | '`' | '-' | '.') && char_at(within, at) == Some(c) {
            at += c.len_utf8();
        }
        let text = within.get(start..at).unwrap_or_default();
        into.push(Token::new(text, span.start + start, is_word, lexicon));
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Where the word ends that begins at a letter: letters, and the marks that belong to it between them.
fn word_end(within: &str, start: usize, language: Language) -> usize {
    let (mut end, arabic) = (start, language == Language::Arabic);
    loop {
        let rest = within.get(end..).unwrap_or_default();
        end += rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        let Some(next) = char_at(within, end) else {
            return end;
        };
        let behind = end + next.len_utf8();
        let word = within.get(start..end).unwrap_or_default();
        let follows = |suits: fn(char) -> bool| char_at(within, behind).is_some_and(suits);
        let digit = |c: char| c.is_ascii_digit();
        let digits = || word.ends_with(digit) && follows(digit);
        let elided = |elided: &&str| word.eq_ignore_ascii_case(elided);
        match next {
            '\'' | '’' if language == Language::French && ELIDED.iter().any(elided) => {
                return behind;
            }
            '\'' | '’' if follows(is_letter) => {}
            '-' | '‑' | '&' if !arabic && follows(is_letter) => {}
            '.' if digits() => {}
            '.' if !arabic && (follows(is_alphanumeric) || lexicon::is_abbreviation(word)) => {}
            ',' | ':' if digits() => {}
            _ => return end,
        }
        end = behind;
    }
}

/// Without its article, in Arabic.
pub fn without_article(word: &str) -> &str {
    let word = word.strip_prefix("بال").unwrap_or(word);
    word.strip_prefix("لل")
        .or_else(|| word.strip_prefix("ال"))
        .filter(|rest| rest.chars().nth(1).is_some())
        .unwrap_or(word)
}

/// Without the stop of an abbreviation, in English and French.
pub fn without_stop(word: &str) -> &str {
    word.trim_end_matches('.')
}

/// Some tokens in a row. Beyond its ends stand empty words.
#[derive(Clone, Copy)]
pub struct Words<'a, 't>(pub &'a [Token<'t>]);

impl<'a, 't> Words<'a, 't> {
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Without the first ones.
    pub fn from(self, at: usize) -> Self {
        Self(self.0.get(at..).unwrap_or_default())
    }

    pub fn get(self, at: usize) -> Option<&'a Token<'t>> {
        self.0.get(at)
    }

    pub fn fold(self, at: usize) -> &'a str {
        self.0.get(at).map_or("", |token| token.fold.as_ref())
    }

    /// Whether the word stands in a list.
    pub fn listed(self, at: usize, lexicon: &Lexicon, list: &str) -> bool {
        lexicon.holds(self.mask(at), list)
    }

    /// What the lexicon knows of the word.
    pub fn mask(self, at: usize) -> u128 {
        self.0.get(at).map_or(0, |token| token.mask)
    }

    /// The same, without its article or the stop of an abbreviation.
    pub fn bare_mask(self, at: usize) -> u128 {
        self.0.get(at).map_or(0, |token| token.bare_mask)
    }

    pub fn text(self, at: usize) -> &'t str {
        self.0.get(at).map_or("", |token| token.text)
    }

    pub fn is_word(self, at: usize) -> bool {
        self.0.get(at).is_some_and(|token| token.is_word)
    }

    pub fn quotation(self, at: usize) -> Option<usize> {
        self.0.get(at).and_then(|token| token.quotation)
    }

    pub fn quoted(self, at: usize) -> bool {
        self.quotation(at).is_some()
    }

    pub fn is_any(self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.fold(at))
    }

    pub fn start(self, at: usize) -> usize {
        self.0
            .get(at)
            .or(self.0.last())
            .map_or(0, |token| token.start)
    }

    pub fn end(self, at: usize) -> usize {
        self.0
            .get(at)
            .or(self.0.last())
            .map_or(0, |token| token.end)
    }

    /// From the word at `from` to the one before `to`.
    pub fn span(self, from: usize, to: usize) -> Span {
        Span::new(self.start(from), self.end(to.saturating_sub(1)))
    }

    /// The first word that starts at or after an offset.
    pub fn at_offset(self, offset: usize) -> usize {
        self.0.partition_point(|token| token.start < offset)
    }

    pub fn capital(self, at: usize) -> bool {
        self.text(at).starts_with(char::is_uppercase)
    }
}
