//! Words: where each begins and ends in the text, and how it is spelled once folded.
//!
//! Runs of letters, digits and marks (UAX #29 without its exceptions), cut where one script meets another. What may
//! join such runs (apostrophes, points, commas) is decided in `joints.rs` by what is next to it, never by what is further away, so that
//! a word by itself is read as it is in its text.
use super::fold::{self, Glance};
use super::joints::{self, Form, Joint};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// The letters that a word is told by; what comes after is cut, in texts and queries alike.
pub const MOST_LETTERS: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    Arabic,
    /// Any other that has spaces between words, and digits.
    Spaced,
    /// Han, kana, Thai, Lao, Khmer, Burmese and their kin: no spaces.
    Unspaced,
}

/// A word, or of an unspaced script one character with its marks.
pub struct Word<'a> {
    pub folded: &'a str,
    pub script: Script,
    /// Bytes of the text: the whole printed word.
    pub range: Range<usize>,
    /// Whether it is of the run of unspaced characters that the one before is of.
    pub follows: bool,
}

/// Calls `each` with the words of a text, in its order.
///
/// Ranges never overlap. A character that is several words by itself (ﷺ, ½) stands apart from its neighbours, and each of its words has its
/// range.
pub fn words(text: &str, each: impl FnMut(Word)) {
    let mut scan = Scan {
        text,
        folded: String::new(),
        letters: 0,
        script: Script::Spaced,
        range: 0..0,
        follows: false,
        form: Form::Plain,
        listed: 0,
        each,
    };
    scan.run();
}

struct Scan<'t, F> {
    text: &'t str,
    folded: String,
    letters: usize,
    script: Script,
    range: Range<usize>,
    follows: bool,
    form: Form,
    /// Up to here digits are known to be a list, a date or the like, so that nothing is looked at twice.
    listed: usize,
    each: F,
}

impl<F: FnMut(Word)> Scan<'_, F> {
    fn run(&mut self) {
        let text = self.text;
        let mut rest = text.chars();
        let mut piece = String::new();
        loop {
            let here = rest.as_str();
            let Some(character) = rest.next() else { break };
            let after = text.len() - rest.as_str().len();
            let at = after - character.len_utf8();
            match fold::glance(character) {
                Glance::Letter(letter) if stands_alone(rest.as_str()) => {
                    self.letter(letter, at..after)
                }
                Glance::Mark => self.extend(after),
                Glance::Hamza => self.hamza(after),
                Glance::Format => {}
                Glance::Break => self.finish(),
                Glance::Joint => {
                    let end = self.joint(here, at).max(after);
                    rest = text.get(end..).unwrap_or_default().chars();
                }
                Glance::Letter(_) | Glance::Other => {
                    let end = at + fold::cluster(here, &mut piece);
                    self.piece(&piece, at..end);
                    rest = text.get(end..).unwrap_or_default().chars();
                }
            }
        }
        self.finish();
    }

    /// Takes the joint that `here` begins with, and what belongs to it: up to the place that it gives, if that is further on.
    fn joint(&mut self, here: &str, at: usize) -> usize {
        if self.script != Script::Spaced || self.folded.is_empty() {
            self.finish();
            return at;
        }
        let form = if at < self.listed {
            Form::Plain
        } else {
            self.form
        };
        match joints::look(&self.folded, form, here) {
            Joint::Break => self.finish(),
            Joint::Within if self.form == Form::Initial => self.form = Form::Pointed,
            Joint::Within => {}
            Joint::Elided => self.forget(),
            Joint::Possessive(bytes) => {
                self.range.end = at + bytes;
                self.finish();
                return at + bytes;
            }
            Joint::Number(bytes, point) => {
                joints::digits(here, bytes, point).for_each(|digit| self.push(digit));
                self.range.end = at + bytes;
                self.form = Form::Plain;
                return at + bytes;
            }
            Joint::List(bytes) => {
                self.listed = at + bytes;
                self.finish();
            }
        }
        at
    }

    /// Takes what a cluster was folded to.
    fn piece(&mut self, piece: &str, range: Range<usize>) {
        if piece.is_empty() {
            return self.extend(range.end);
        }
        // Of a mark and a letter of its own, the mark must not go to a word that the letter is not of.
        let same_script = piece
            .chars()
            .all(|character| script_of(character) == self.script);
        let one_word = is_one_word(piece) && (same_script || !begins_with_mark_of_letter(piece));
        if !one_word {
            self.finish();
        }
        for character in piece.chars() {
            if !fold::is_of_word(character) {
                self.finish();
            } else if is_combining_mark(character) {
                self.mark(character, range.clone());
            } else {
                self.letter(character, range.clone());
            }
        }
        if !one_word {
            self.finish();
        }
    }

    fn letter(&mut self, letter: char, range: Range<usize>) {
        let script = script_of(letter);
        if self.folded.is_empty() {
            self.begin(script, range.start);
        } else if script != self.script {
            // الـBBC, و50: the particle is of the word behind it, but no part of its spelling.
            let particle = self.script == Script::Arabic
                && script == Script::Spaced
                && PARTICLES.contains(&self.folded.as_str());
            let start = if particle {
                self.range.start
            } else {
                range.start
            };
            if particle {
                self.forget();
            }
            self.finish();
            self.begin(script, start);
        } else if script == Script::Unspaced {
            self.hand_over();
            self.folded.clear();
            self.letters = 0;
            self.follows = true;
            self.range.start = range.start;
        }
        self.form = self.form.with(letter, self.folded.is_empty());
        self.push(letter);
        self.range.end = range.end;
    }

    fn begin(&mut self, script: Script, start: usize) {
        self.script = script;
        self.range.start = start;
    }

    fn push(&mut self, character: char) {
        if self.letters < MOST_LETTERS {
            self.folded.push(character);
            self.letters += 1;
        }
    }

    /// A mark that spells: a vowel of Thai or Hindi.
    fn mark(&mut self, mark: char, range: Range<usize>) {
        if !self.folded.is_empty() {
            self.push(mark);
            self.range.end = range.end;
        } else if mark.is_alphanumeric() {
            self.letter(mark, range);
        }
    }

    fn extend(&mut self, end: usize) {
        if !self.folded.is_empty() {
            self.range.end = end;
        }
    }

    /// As the letters ؤ and ئ fold.
    fn hamza(&mut self, end: usize) {
        if self.folded.ends_with(['و', 'ي']) {
            self.folded.pop();
            self.folded.push('ء');
        }
        self.extend(end);
    }

    fn finish(&mut self) {
        self.hand_over();
        self.forget();
    }

    fn hand_over(&mut self) {
        if !self.folded.is_empty() {
            (self.each)(Word {
                folded: &self.folded,
                script: self.script,
                range: self.range.clone(),
                follows: self.follows,
            });
        }
    }

    fn forget(&mut self) {
        self.folded.clear();
        self.letters = 0;
        self.follows = false;
    }
}

/// What is written on to words and numbers of other scripts.
#[rustfmt::skip]
const PARTICLES: [&str; 22] = [
    "ال", "وال", "بال", "كال", "فال", "وبال", "فبال", "وكال", "لل", "ولل", "فلل", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب",
    "فل", "لال",
];

/// Whether a folded cluster may be joined to its neighbours: a letter with its marks, or letters of one word.
pub fn is_one_word(piece: &str) -> bool {
    let mut characters = piece.chars();
    let Some(first) = characters.next() else {
        return false;
    };
    let script = script_of(first);
    piece.chars().all(fold::is_of_word)
        && characters
            .filter(|&c| !is_combining_mark(c))
            .all(|letter| script != Script::Unspaced && script_of(letter) == script)
}

fn begins_with_mark_of_letter(piece: &str) -> bool {
    piece.starts_with(is_combining_mark) && !piece.chars().all(is_combining_mark)
}

/// Whether nothing at the beginning of `rest` composes with an ASCII or Arabic letter before it, other than what is dropped.
fn stands_alone(rest: &str) -> bool {
    match rest.chars().next() {
        None => true,
        Some('\0'..='\u{02FF}' | '\u{0600}'..='\u{06FF}' | '\u{2010}'..='\u{2027}') => true,
        Some(next) => !fold::is_format(next) && fold::begins_cluster(next),
    }
}

pub fn script_of(letter: char) -> Script {
    match letter {
        '\0'..='\u{05FF}' => Script::Spaced,
        '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{0870}'..='\u{08FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => Script::Arabic,
        // Line breaking class SA of UAX #14: Thai, Lao, Burmese, Khmer, Tai Le, Tai Tham, Tai Viet, Ahom.
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{1950}'..='\u{19FF}'
        | '\u{1A20}'..='\u{1AAF}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AADF}' | '\u{11700}'..='\u{1174F}'
        // Han, kana, bopomofo, Yi.
        | '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{3035}'
        | '\u{3038}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{A4CF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{1AFF0}'..='\u{1B16F}' | '\u{20000}'..='\u{3FFFF}' => Script::Unspaced,
        _ => Script::Spaced,
    }
}
