//! The words of a thing in their order, for phrases: a number for each, packed.
//!
//! The index keeps of every word but 23 bits of a hash. Two words that are not the same have the same number once in eight million
//! times, and a phrase is only looked for where all of its words are known to be. What was said lately is said again: a word that is
//! the last one met in its slot of 128 takes a byte, any other three.
use xxhash_rust::xxh3::xxh3_64;

const BITS: u32 = 23;
const SLOTS: usize = 128;
/// The first byte of a word that is spelled out.
const SPELLED: u8 = 0x80;

/// Lower numbers stand for no word but for the end of a text.
const LOWEST: u32 = 16;

/// The number of a word whose term has this hash.
pub fn number(hash: u64) -> u32 {
    let [a, b, c, ..] = hash.to_le_bytes();
    (u32::from_le_bytes([a, b, c, 0]) & ((1 << BITS) - 1)).max(LOWEST)
}

pub fn number_of(term: &str) -> u32 {
    number(xxh3_64(term.as_bytes()))
}

/// What stands after a text of a column, so that no phrase reaches from one text into another.
pub fn end_of_text(column: u8) -> u32 {
    u32::from(column) % LOWEST
}

pub fn pack(words: &[u32]) -> Vec<u8> {
    let mut met = Met::default();
    let mut bytes = Vec::with_capacity(words.len() * 3);
    for word in words {
        let [low, middle, high, _] = word.to_le_bytes();
        if met.replace(*word) == *word {
            bytes.push(low & !SPELLED);
        } else {
            bytes.extend([SPELLED | high, middle, low]);
        }
    }
    bytes
}

pub fn unpack(bytes: &[u8]) -> Vec<u32> {
    let mut met = Met::default();
    let mut words = Vec::with_capacity(bytes.len());
    let mut bytes = bytes.iter().copied();
    while let Some(first) = bytes.next() {
        let word = match first & SPELLED {
            0 => met.last(u32::from(first)),
            _ => {
                let Some((middle, low)) = bytes.next().zip(bytes.next()) else {
                    break;
                };
                u32::from_le_bytes([low, middle, first & !SPELLED, 0])
            }
        };
        met.replace(word);
        words.push(word);
    }
    words
}

/// The last word met of those that share a slot; at first 0, for packing and unpacking alike.
struct Met([u32; SLOTS]);

impl Default for Met {
    fn default() -> Self {
        Self([0; SLOTS])
    }
}

impl Met {
    fn last(&self, word: u32) -> u32 {
        self.0.get(slot(word)).copied().unwrap_or_default()
    }

    fn replace(&mut self, word: u32) -> u32 {
        let last = self.0.get_mut(slot(word));
        last.map(|last| std::mem::replace(last, word))
            .unwrap_or_default()
    }
}

fn slot(word: u32) -> usize {
    let [low, ..] = word.to_le_bytes();
    usize::from(low & !SPELLED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(words in prop::collection::vec(
            prop_oneof![0..LOWEST, 0..300_u32, any::<u64>().prop_map(number)], 0..500,
        )) {
            prop_assert_eq!(unpack(&pack(&words)), words);
        }

        #[test]
        fn what_was_never_packed_is_unpacked_without_harm(bytes: Vec<u8>) {
            unpack(&bytes);
        }
    }

    #[test]
    fn a_word_that_comes_again_takes_a_byte() {
        let [one, other] = [number_of("ماء"), number_of("قريه")];
        assert_eq!(pack(&[one, other, one, other, one]).len(), 9);
    }
}
