//! The lexicon: Arabic words whose letters look like particles or endings and are none.
//!
//! Its lists are for linguists to read and extend (`lexicon/arabic/README.md`). A word that it knows is recognised behind particles and
//! before endings, so that both are told apart from the root for certain; words that it does not know go by rule.
use super::endings::{self, Inflection};
use super::words::words;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// The lists: how they inflect, and whether a word keeps the ending that it has.
const LISTS: [(&str, Kind); 5] = [
    (include_str!("lexicon/arabic/places.txt"), Kind::Place),
    (include_str!("lexicon/arabic/people.txt"), Kind::Person),
    (include_str!("lexicon/arabic/whole.txt"), Kind::Whole),
    (include_str!("lexicon/arabic/verbs.txt"), Kind::Verb),
    (include_str!("lexicon/arabic/nouns.txt"), Kind::Noun),
];

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Stands as it is; has an adjective (لبنان, لبناني).
    Place,
    /// Stands as it is.
    Person,
    /// A noun that ends as it does whatever that looks like (قانون).
    Whole,
    Verb,
    /// A noun whose ending is one (وزارة).
    Noun,
}

pub struct Entry {
    pub term: String,
    pub inflection: Inflection,
}

type Entries = HashMap<String, Entry, BuildHasherDefault<Fnv>>;

static ENTRIES: LazyLock<Entries> = LazyLock::new(|| {
    let mut entries = Entries::default();
    let mut derived = Vec::new();
    for (list, kind) in LISTS {
        for line in list.lines() {
            enter(line, kind, &mut entries, &mut derived);
        }
    }
    // What a list says goes before what is made of it: الكنيست is no كنيسة.
    for (word, entry) in derived {
        entries.entry(word).or_insert(entry);
    }
    entries
});

fn enter(line: &str, kind: Kind, entries: &mut Entries, derived: &mut Vec<(String, Entry)>) {
    let line = line.split('#').next().unwrap_or_default();
    let (word, as_if) = line.split_once('=').unwrap_or((line, line));
    let (Some(word), Some(as_if)) = (folded(word), folded(as_if)) else {
        return;
    };
    let is_feminine = line.trim_end().ends_with('ة');
    let inflection = match kind {
        Kind::Place | Kind::Person => Inflection::None,
        Kind::Verb => Inflection::Verb,
        Kind::Whole | Kind::Noun => Inflection::Noun,
    };
    let mut term = as_if.clone();
    if kind == Kind::Noun {
        endings::remove(&as_if, &mut term);
    }
    let mut derive = |word: String, term: &str, inflection| {
        derived.push((
            word,
            Entry {
                term: term.to_owned(),
                inflection,
            },
        ));
    };
    match kind {
        Kind::Place => {
            let root = word
                .trim_end_matches('ه')
                .trim_end_matches('ا')
                .trim_end_matches('ي');
            let adjective = format!("{root}ي");
            derive(adjective.clone(), &adjective, Inflection::Noun);
        }
        // As it is before pronouns, in the plural and in the dual.
        Kind::Noun => {
            if let Some(root) = word.strip_suffix('ه') {
                derive(format!("{root}ت"), &term, inflection);
                derive(format!("{root}ات"), &term, inflection);
            }
        }
        Kind::Whole if is_feminine => {
            if let Some(root) = word.strip_suffix('ه') {
                derive(format!("{root}ت"), &term, inflection);
            }
        }
        _ => {}
    }
    entries.entry(word).or_insert(Entry { term, inflection });
}

/// The one word of a line.
fn folded(line: &str) -> Option<String> {
    let mut found = None;
    words(line, |word| {
        found = Some(super::arabic::one_hamza(word.folded).into_owned())
    });
    found
}

/// The entry of a word as it stands, or of what it is an inflection of.
pub fn find(word: &str) -> Option<&'static Entry> {
    ENTRIES.get(word).or_else(|| {
        endings::inflected(word).find_map(|(stem, inflection)| {
            ENTRIES
                .get(stem)
                .filter(|entry| entry.inflection >= inflection)
        })
    })
}

/// FNV-1a, for words of a few bytes from our own lists: nobody can choose what collides.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Raise `VERSION` with every change of a list, and put the digest here that this test then tells.
    const DIGEST_OF_VERSION: (u32, u64) = (1, 11_907_886_220_614_083_546);

    #[test]
    fn the_version_is_raised_when_a_list_changes() {
        let lists: String = LISTS.iter().map(|(list, _)| *list).collect();
        let digest = xxhash_rust::xxh3::xxh3_64(lists.as_bytes());
        assert_eq!(DIGEST_OF_VERSION, (super::super::VERSION, digest));
    }

    #[test]
    fn lines_are_one_word_each_and_none_is_there_twice() {
        let mut seen = std::collections::HashSet::new();
        for line in LISTS.iter().flat_map(|(list, _)| list.lines()) {
            let line = line.split('#').next().unwrap().trim();
            if line.is_empty() {
                continue;
            }
            let word = line.split('=').next().unwrap().trim();
            assert!(!word.contains(' '), "{line}");
            assert!(seen.insert(folded(word)), "twice: {line}");
        }
        assert!(seen.len() > 1000);
    }
}
