//! Whether two names are one: folded, the words of one stand in a row in the other.
use super::letters::is_letter;
use super::records::{Carrier, Quote};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

type Name = Vec<String>;

/// Where the gold names nobody, nobody may be named.
pub fn same_speaker(gold: &Quote, predicted: &Quote) -> bool {
    let (gold, predicted) = (speakers(gold), speakers(predicted));
    match gold.is_empty() {
        true => predicted.is_empty(),
        false => any_same(&gold, &predicted),
    }
}

/// Whether all who carried a statement are the same, in order.
pub fn same_chain(gold: &Quote, predicted: &Quote) -> bool {
    let chain = |quote: &Quote| -> Vec<Vec<Name>> {
        let carriers = quote.via.iter().flatten();
        carriers.map(carrier).collect()
    };
    let (gold, predicted) = (chain(gold), chain(predicted));
    gold.len() == predicted.len()
        && gold
            .iter()
            .zip(&predicted)
            .all(|(gold, predicted)| any_same(gold, predicted))
}

fn speakers(quote: &Quote) -> Vec<Name> {
    let names = quote.speaker.iter().chain(&quote.speaker_norm);
    all(names.chain(quote.speaker_alts.iter().flatten()))
}

fn carrier(carrier: &Carrier) -> Vec<Name> {
    match carrier {
        Carrier::Name(name) => all([name].into_iter()),
        Carrier::Names { name, norm, alts } => {
            all(name.iter().chain(norm).chain(alts.iter().flatten()))
        }
    }
}

fn all<'n>(names: impl Iterator<Item = &'n String>) -> Vec<Name> {
    names
        .map(|name| words(name))
        .filter(|name| !name.is_empty())
        .collect()
}

fn any_same(some: &[Name], others: &[Name]) -> bool {
    some.iter()
        .any(|name| others.iter().any(|other| same(name, other)))
}

fn same(one: &Name, other: &Name) -> bool {
    let (long, short) = match one.len() < other.len() {
        true => (other, one),
        false => (one, other),
    };
    !short.is_empty() && long.windows(short.len()).any(|row| row == short)
}

/// A name's words without case, vowel signs, accents and the English genitive, with one alef, yeh and teh marbuta.
fn words(name: &str) -> Name {
    let lower = name.nfkc().flat_map(char::to_lowercase);
    let folded: String = lower.filter_map(letter).collect();
    let plain: Vec<char> = folded
        .replace('ß', "ss")
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .collect();
    let is_part = |c: char| is_letter(c) || c == '_';
    let mut words = vec![String::new()];
    let mut rest = plain.as_slice();
    while let Some((c, behind)) = rest.split_first() {
        rest = behind;
        let genitive = matches!(c, '\'' | '’')
            && behind.first() == Some(&'s')
            && !behind.get(1).is_some_and(|c| is_part(*c));
        if genitive {
            rest = behind.get(1..).unwrap_or_default();
        }
        match words.last_mut().filter(|_| is_part(*c)) {
            Some(word) => word.push(*c),
            None => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn letter(c: char) -> Option<char> {
    match c {
        'ـ' => None,
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ى' | 'ی' | 'ئ' => Some('ي'),
        'ة' => Some('ه'),
        'ک' => Some('ك'),
        'ؤ' => Some('و'),
        'ς' => Some('σ'),
        c => Some(c),
    }
}
