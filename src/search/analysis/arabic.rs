//! Arabic words: their particles and the article taken off, then their endings.
//!
//! Nothing is taken off a word that the lexicon knows, and everything that stands before such a word. Other words lose only what is hardly
//! ever of the root: the article with what is written before it, and و before four letters. A single ب، ك، ل or ف stays; queries are
//! asked with each of them (`variants`), so that finding ببغداد never costs a word its first letter.
use super::endings::{self, letters};
use super::lexicon;
use std::borrow::Cow;

pub struct Stem<'a> {
    /// Without its particles.
    pub word: &'a str,
    /// Without its endings as well.
    pub term: &'a str,
    /// The lexicon knows the word, so that nothing at its beginning is a particle.
    pub is_known: bool,
}

/// The article, with what may be written before it.
#[rustfmt::skip]
const ARTICLES: [&str; 12] = [
    "وبال", "فبال", "وكال", "فكال", "ولل", "فلل", "وال", "بال", "كال", "فال", "ال", "لل",
];

/// Takes a folded word apart. The term is written into `buffer`.
pub fn stem<'a>(folded: &'a str, buffer: &'a mut String) -> Stem<'a> {
    buffer.clear();
    let spelled = one_hamza(folded);
    let known = behind_particles(&spelled, |rest, behind| {
        let least = match behind {
            Behind::Nothing => 1,
            Behind::Particle => 3,
            Behind::Article => 2,
        };
        if letters(rest) < least {
            return None;
        }
        Some((rest.len(), lexicon::find(rest)?))
    });
    let length = match known {
        Some((length, entry)) => {
            buffer.push_str(&entry.term);
            length
        }
        None => {
            let core = by_rule(&spelled);
            endings::remove(core, buffer);
            core.len()
        }
    };
    let word = folded.get(spelled.len() - length..).unwrap_or(folded);
    Stem {
        word,
        term: buffer,
        is_known: known.is_some(),
    }
}

/// شيء and شئ, شاطئ and شاطيء: hamza behind yeh is written with a seat or without, and the yeh may be the seat.
pub fn one_hamza(folded: &str) -> Cow<'_, str> {
    match folded.find("يء") {
        Some(1..) => Cow::Owned(folded.replace("يء", "ء")),
        _ => Cow::Borrowed(folded),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Behind {
    Nothing,
    Particle,
    Article,
}

/// Asks about a word, and about what is behind each of the particles that it may begin with, until something is answered.
fn behind_particles<T>(word: &str, ask: impl Fn(&str, Behind) -> Option<T>) -> Option<T> {
    let article = |rest: &str| ask(rest.strip_prefix("ال")?, Behind::Article);
    let preposition = |word: &str| {
        if let Some(rest) = word.strip_prefix(['ب', 'ك']) {
            return ask(rest, Behind::Particle).or_else(|| article(rest));
        }
        // The article after ل has lost its alef: للدولة is ل and الدولة, للجنة too.
        let rest = word.strip_prefix('ل')?;
        ask(rest, Behind::Particle).or_else(|| ask(rest.strip_prefix('ل')?, Behind::Article))
    };
    let conjunction = |word: &str| {
        let rest = word.strip_prefix(['و', 'ف'])?;
        ask(rest, Behind::Particle)
            .or_else(|| article(rest))
            .or_else(|| preposition(rest))
    };
    ask(word, Behind::Nothing)
        .or_else(|| article(word))
        .or_else(|| conjunction(word))
        .or_else(|| preposition(word))
}

/// The word without the article, or else without و.
fn by_rule(word: &str) -> &str {
    let without = |particle: &str, left| {
        word.strip_prefix(particle)
            .filter(|rest| letters(rest) >= left)
    };
    ARTICLES
        .iter()
        .find_map(|article| without(article, 3))
        .or_else(|| without("و", 4))
        .unwrap_or(word)
}

/// Particles that a noun may have before it without the article, and a verb too.
const OF_ANY: [&str; 2] = ["و", "ف"];
const OF_LONGER: [&str; 9] = ["ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك"];

/// The terms that a folded word of a query may have in texts, its own first: with particles that texts are not stripped of, and
/// with the endings of an adverb (رسميا), of a verb (أعلنت) and of the future (سيتوجه).
pub fn variants(folded: &str) -> Vec<String> {
    let mut buffer = String::new();
    let own = stem(folded, &mut buffer);
    let (core, is_known) = (own.word, own.is_known);
    let own_term = own.term.to_owned();
    let mut terms = vec![own_term.clone()];
    let mut other = String::new();
    let mut add = |spelled: &str| {
        let stem = stem(spelled, &mut other);
        // What the lexicon knows as one word (بريطانيا) is not this one with something added.
        let is_other = stem.is_known && stem.word.len() > core.len();
        if !is_other && !terms.iter().any(|term| term == stem.term) {
            terms.push(stem.term.to_owned());
        }
    };
    let count = letters(core);
    if count >= 3 {
        OF_ANY
            .iter()
            .for_each(|particle| add(&format!("{particle}{core}")));
    }
    if count >= 4 {
        OF_LONGER
            .iter()
            .for_each(|particle| add(&format!("{particle}{core}")));
        if !core.ends_with(['ا', 'ه', 'ت']) {
            add(&format!("{core}ا"));
            add(&format!("{core}ت"));
        }
        if core.starts_with(['ي', 'ت', 'ن']) {
            add(&format!("س{core}"));
        }
    }
    // Before another noun the plural has lost its ن: موظفو الحكومة, موظفي الحكومة.
    if let Some(rest) = core
        .strip_suffix("ون")
        .or(core.strip_suffix("ين"))
        .filter(|rest| *rest == own_term)
    {
        add(&format!("{rest}و"));
        add(&format!("{rest}ي"));
    }
    if is_known {
        return terms;
    }
    if let Some(verb) = core
        .strip_prefix('س')
        .filter(|verb| count >= 5 && verb.starts_with(['ي', 'ت', 'ن']))
    {
        add(verb);
    }
    if let Some(rest) = core
        .strip_prefix(['ب', 'ل', 'ك', 'ف'])
        .filter(|_| count >= 6)
    {
        add(rest);
    }
    if let Some(rest) = core.strip_suffix('ا').filter(|_| count >= 5) {
        add(rest);
    }
    terms
}

/// What words may begin with that are typed so far: the letters as they are, and without the article.
pub fn beginnings(folded: &str) -> Vec<String> {
    let mut beginnings = vec![folded.to_owned()];
    // Behind an article the first letter tells already; a و is mostly of the word itself.
    let least = |particle: &str| if particle == "و" { 2 } else { 1 };
    for particle in ARTICLES.iter().chain(&["و"]) {
        if let Some(rest) = folded
            .strip_prefix(particle)
            .filter(|rest| letters(rest) >= least(particle))
        {
            beginnings.push(rest.to_owned());
            break;
        }
    }
    beginnings
}
