//! The lexicons: cue verbs with their forms, and lists of words, in files that linguists read and extend.
use super::Language;
use super::carried::{Agreement, Gender, Number};
use super::words::{without_article, without_stop};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueKind {
    Say,
    /// Goes on: its subject is often the one before.
    Continue,
    /// Carries what another said (نقل).
    Relay,
    /// Says what stands in a document (جاء في بيان).
    Document,
    /// Takes a noun; its subject counts, its content only behind `preposition`.
    Nominal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Finite,
    /// Of French, and no other form of its verb: wants an auxiliary.
    PastParticiple,
    Participle,
    VerbalNoun,
    /// Of French, where its speaker goes on: avant d'ajouter que …
    Infinitive,
}

#[derive(Clone, Debug)]
pub struct Cue {
    pub kind: CueKind,
    pub form: Form,
    pub agreement: Agreement,
    /// Has readings that report nothing: wants a mark of content close by.
    pub guard: bool,
    /// What a noun that is its content stands behind.
    pub preposition: Option<&'static str>,
    /// Present, third person masculine: without a subject it is impersonal.
    pub impersonal: bool,
    /// Takes an addressee between itself and its content.
    pub addressee: bool,
    /// Takes a clause without a mark.
    pub bare: bool,
    /// Reports quotations, and no clause.
    pub quoting: bool,
    /// Takes a question.
    pub question: bool,
    /// Takes "to" and a verb.
    pub infinitive: bool,
}

/// The bit of a mask that no list has.
pub const CUE: u128 = 1 << 127;
/// The list of the first words of entries that are several.
pub const PHRASES: &str = "phrases";

/// The words of one language.
pub struct Lexicon {
    pub language: Language,
    /// Strips what a word may have in a text and not in a list.
    pub bare: fn(&str) -> &str,
    pub cues: FxHashMap<&'static str, Cue>,
    /// What words of number count.
    pub numbers: FxHashMap<&'static str, u32>,
    /// The entries of lists that are several words, joined by `_`: the list, the entry.
    phrases: Vec<(&'static str, &'static str)>,
    /// Its lists, a bit each; and which of them a word stands in.
    lists: FxHashMap<&'static str, u128>,
    words: FxHashMap<&'static str, u128>,
}

impl Lexicon {
    /// The lists a word stands in, a bit each: asked once a word, read often.
    pub fn mask(&self, word: &str) -> u128 {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// The bits of some lists together.
    pub fn bits(&self, lists: &[&str]) -> u128 {
        let bits = lists.iter().filter_map(|list| self.lists.get(list));
        bits.fold(0, |all, bit| all | bit)
    }

    pub fn holds(&self, mask: u128, list: &str) -> bool {
        // Most words stand in none, which is told by one look.
        mask & !CUE != 0 && self.lists.get(list).is_some_and(|bit| mask & bit != 0)
    }

    pub fn holds_any(&self, mask: u128, lists: &[&str]) -> bool {
        mask & !CUE != 0 && lists.iter().any(|list| self.holds(mask, list))
    }

    pub fn has(&self, list: &str, word: &str) -> bool {
        self.holds(self.mask(word), list)
    }

    pub fn has_any(&self, lists: &[&str], word: &str) -> bool {
        self.holds_any(self.mask(word), lists)
    }

    /// How many words of a text, read one by one, are an entry of a list that is several words; their first one is in `PHRASES`.
    pub fn phrase<'w>(&self, list: &str, word: impl Fn(usize) -> &'w str) -> Option<usize> {
        let entries = self.phrases.iter().filter(|(name, _)| *name == list);
        let found = entries.map(|(_, entry)| entry.split('_')).find(|entry| {
            let mut words = entry.clone().enumerate();
            words.all(|(at, expected)| word(at) == expected)
        });
        found.map(Iterator::count)
    }

    fn bit(&mut self, list: &'static str) -> u128 {
        let next = 1 << self.lists.len();
        *self.lists.entry(list).or_insert(next)
    }

    /// Adds a line of one of its lists, of which there are fewer than bits.
    fn extend(&mut self, list: &'static str, line: &'static str) {
        let bit = self.bit(list);
        for word in line.split_whitespace() {
            if let Some((first, _)) = word.split_once('_') {
                let bit = self.bit(PHRASES);
                *self.words.entry(first).or_default() |= bit;
                self.phrases.push((list, word));
                continue;
            }
            match word
                .split_once('=')
                .map(|(word, number)| (word, number.parse()))
            {
                Some((word, Ok(number))) => {
                    self.numbers.insert(word, number);
                }
                _ => *self.words.entry(word).or_default() |= bit,
            }
        }
    }
}

static ARABIC: LazyLock<Lexicon> = LazyLock::new(|| {
    read(
        include_str!("lexicon/arabic/cues.txt"),
        &[
            include_str!("lexicon/arabic/words.txt"),
            include_str!("lexicon/arabic/names.txt"),
        ],
        Language::Arabic,
    )
});
static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    read(
        include_str!("lexicon/english/cues.txt"),
        &[
            include_str!("lexicon/english/words.txt"),
            include_str!("lexicon/english/names.txt"),
        ],
        Language::English,
    )
});
static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| {
    read(
        include_str!("lexicon/french/cues.txt"),
        &[
            include_str!("lexicon/french/words.txt"),
            include_str!("lexicon/french/names.txt"),
        ],
        Language::French,
    )
});

/// The lines of the lists of furniture.
pub fn furniture() -> impl Iterator<Item = &'static str> {
    lines(include_str!("lexicon/furniture.txt"))
}

pub fn of(language: Language) -> &'static Lexicon {
    match language {
        Language::Arabic => &ARABIC,
        Language::English => &ENGLISH,
        Language::French => &FRENCH,
    }
}

/// A word that keeps its full stop: Mr., U.S, J. (as in J. Doe).
pub fn is_abbreviation(word: &str) -> bool {
    let mut chars = word.chars();
    let initial = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    let dotted = word.contains('.')
        && word
            .split('.')
            .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    initial
        || dotted
        || (word.len() < 6 && ENGLISH.has("abbreviations", &word.to_ascii_lowercase()))
}

pub fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
}

fn read(cues: &'static str, words: &[&'static str], language: Language) -> Lexicon {
    let mut lexicon = Lexicon {
        language,
        bare: match language {
            Language::Arabic => without_article,
            Language::English | Language::French => without_stop,
        },
        cues: FxHashMap::default(),
        numbers: FxHashMap::default(),
        phrases: Vec::new(),
        lists: FxHashMap::default(),
        words: FxHashMap::default(),
    };
    for line in lines(cues) {
        let columns: Vec<&'static str> = line.split('|').map(str::trim).collect();
        let column = |at: usize| columns.get(at).copied().unwrap_or_default();
        let flags: Vec<&'static str> = column(2).split_whitespace().collect();
        let kind = match column(1) {
            "continue" => CueKind::Continue,
            "relay" => CueKind::Relay,
            "document" => CueKind::Document,
            "nominal" => CueKind::Nominal,
            _ => CueKind::Say,
        };
        for (at, form) in [
            Form::Finite,
            Form::Finite,
            Form::Participle,
            Form::VerbalNoun,
        ]
        .into_iter()
        .enumerate()
        {
            // French has no verbal nouns, but an infinitive.
            let (form, forms) = match (language, at) {
                (Language::French, 3) => (Form::Infinitive, column(0)),
                _ => (form, column(at + 3)),
            };
            for (place, word) in forms.split_whitespace().enumerate() {
                let past = language == Language::French
                    && at == 0
                    && !column(4).split_whitespace().any(|present| present == word);
                let cue = Cue {
                    kind,
                    form: if past { Form::PastParticiple } else { form },
                    agreement: if language == Language::Arabic {
                        arabic_agreement(at, place)
                    } else {
                        Agreement::default()
                    },
                    guard: flags.contains(&"guard"),
                    preposition: flags.iter().find_map(|flag| flag.strip_prefix("noun:")),
                    impersonal: at == 1 && place == 0,
                    addressee: flags.contains(&"addressee"),
                    bare: flags.contains(&"bare"),
                    quoting: flags.contains(&"quote"),
                    question: flags.contains(&"question"),
                    infinitive: flags.contains(&"infinitive"),
                };
                lexicon.cues.entry(word).or_insert(cue);
                if form != Form::Infinitive {
                    *lexicon.words.entry(word).or_default() |= CUE;
                }
            }
        }
    }
    let mut list = "";
    for line in words.iter().flat_map(|file| lines(file)) {
        match line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            Some(name) => list = name,
            None => lexicon.extend(list, line),
        }
    }
    lexicon
}

/// Columns give their forms in this order: masculine, feminine, their duals, masculine plural.
fn arabic_agreement(column: usize, place: usize) -> Agreement {
    let (gender, number) = match (column, place) {
        (2 | 3, 0) | (_, 0) => (Gender::Masculine, Number::Singular),
        (2 | 3, 2) | (1, 3) => (Gender::Masculine, Number::Plural),
        (_, 1) => (Gender::Feminine, Number::Singular),
        (_, 2) => (Gender::Masculine, Number::Dual),
        (_, 3) => (Gender::Feminine, Number::Dual),
        _ => (Gender::Masculine, Number::Plural),
    };
    Agreement {
        gender: Some(gender),
        number: Some(number),
    }
}
