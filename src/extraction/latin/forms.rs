//! Forms of single words in English and French: cues, alone, with their auxiliary, or before the pronoun that they are joined to.
use crate::extraction::Language;
use crate::extraction::lexicon::{CUE, Cue, Form, Lexicon};
use crate::extraction::words::Words;

pub struct Found {
    pub cue: &'static Cue,
    /// The word behind it.
    pub end: usize,
    pub participle: bool,
    /// a-t-il dit, dit-elle: its subject is part of it.
    pub inverted: bool,
    /// a-t-on appris: and that is nobody.
    pub nobody: bool,
}

/// A dateline has no more words and marks.
const DATELINE: usize = 14;
/// A post or a name begins within so many words behind a verb that no list has.
const POST: usize = 4;
/// An occasion is named within so many words of its preposition.
const OCCASION: usize = 5;

const JOINED: [&str; 8] = [
    "-t-il", "-t-elle", "-t-on", "-ils", "-elles", "-il", "-elle", "-on",
];

/// A verb that nothing but a speaker stands before.
pub fn is_plain_cue(word: &str, language: Language) -> bool {
    match language {
        Language::English => matches!(
            word,
            "said"
                | "says"
                | "asked"
                | "wrote"
                | "added"
                | "told"
                | "tweeted"
                | "replied"
                | "responded"
        ),
        _ => joined(word).is_some(),
    }
}

pub fn joined(word: &str) -> Option<&str> {
    JOINED.iter().find_map(|pronoun| word.strip_suffix(pronoun))
}

pub fn cue(words: Words<'_, '_>, at: usize, lexicon: &'static Lexicon) -> Option<Found> {
    if !words.is_word(at) || words.quoted(at) {
        return None;
    }
    read(words, at, lexicon)
}

/// A cue between commas inside a quotation: a-t-il dit, regrette Paul Vernet.
pub fn incise(words: Words<'_, '_>, at: usize, lexicon: &'static Lexicon) -> Option<Found> {
    let auxiliary = words.listed(at, lexicon, "compounds");
    let found = read(words, at + usize::from(auxiliary), lexicon)?;
    (found.inverted
        || words.capital(found.end)
        || words.listed(found.end, lexicon, "determiners-before"))
    .then_some(found)
}

/// The same of a verb that no list has, before a post or a name: savoure l'entraîneur Luis Ferrer.
pub fn any_incise(words: Words<'_, '_>, at: usize, lexicon: &'static Lexicon) -> Option<Found> {
    let auxiliary = words.listed(at, lexicon, "compounds");
    let verb = at + usize::from(auxiliary);
    let from = verb + 1;
    let post = |at: usize| words.capital(at) || words.listed(at, lexicon, "titles");
    let named = words.capital(from)
        || words.listed(from, lexicon, "articles")
            && (from + 1..from + POST)
                .take_while(|at| words.is_word(*at))
                .any(post);
    (may_be_verb(words, verb, auxiliary) && named).then_some(Found {
        cue: lexicon.cues.get("dit")?,
        end: from,
        participle: false,
        inverted: false,
        nobody: false,
    })
}

fn read(words: Words<'_, '_>, at: usize, lexicon: &'static Lexicon) -> Option<Found> {
    let word = words.fold(at);
    if let Some(verb) = Some(word)
        .filter(|word| word.contains('-'))
        .and_then(joined)
    {
        let auxiliary = lexicon.has("compounds", verb);
        // a-t-il également ajouté, a-t-on fait savoir
        let helps = |at: &usize| {
            words.listed(*at, lexicon, "auxiliaries") || is_adverb(words, *at, lexicon)
        };
        let (verb, end) = if auxiliary {
            let verb = (at + 1..words.len()).find(|at| !helps(at))?;
            (words.fold(verb), verb + 1)
        } else {
            (verb, at + 1)
        };
        let cue = lexicon.cues.get(verb)?;
        return Some(Found {
            cue,
            end,
            participle: false,
            inverted: true,
            nobody: word.ends_with("-on"),
        });
    }
    if let Some(cue) = infinitive(words, at, lexicon) {
        return Some(Found {
            cue,
            end: at + 1,
            participle: true,
            inverted: false,
            nobody: false,
        });
    }
    if words.get(at).is_none_or(|token| token.mask & CUE == 0) {
        return None;
    }
    let cue = lexicon.cues.get(word)?;
    let before = at.checked_sub(1).map_or("", |before| words.fold(before));
    let behind = |list: &str| words.listed(at.wrapping_sub(1), lexicon, list);
    let alone =
        before == "that" || before == "this" || (behind("pronominals") && word.ends_with("ed"));
    let noun = behind("determiners-before") && !alone;
    let compound = behind("nouns-before");
    let bare = cue.form == Form::PastParticiple && !compounded(words, at, lexicon);
    (!noun && !compound && !bare && (at > 0 || cue.form == Form::Participle)).then_some(Found {
        cue,
        end: at + 1,
        participle: cue.form == Form::Participle,
        inverted: false,
        nobody: false,
    })
}

/// , lors d'un entretien; , dans un communiqué: on what occasion something was said, and no part of it.
pub fn occasion(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> bool {
    words.listed(at, lexicon, "adjuncts")
        && (at + 1..at + OCCASION)
            .take_while(|at| words.is_word(*at) && !words.quoted(*at))
            .any(|at| words.listed(at, lexicon, "occasions"))
}

/// avant d'ajouter, et de préciser: somebody who has spoken goes on.
fn infinitive(words: Words<'_, '_>, at: usize, lexicon: &'static Lexicon) -> Option<&'static Cue> {
    if at < 3
        || !(words.listed(at - 1, lexicon, "of") || words.fold(at - 1) == "à")
        || !words.listed(at - 2, lexicon, "before-infinitives")
    {
        return None;
    }
    let cue = lexicon.cues.get(words.fold(at))?;
    (cue.form == Form::Infinitive).then_some(cue)
}

/// , avant de partir; , sans donner de détails; , tandis que: behind a comma, what is told of whoever spoke, or of others.
pub fn turns(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> bool {
    match words.fold(at) {
        "avant" => words.listed(at + 1, lexicon, "of"),
        "sans" => is_infinitive(words, at + 1, lexicon),
        "tandis" => words.listed(at + 1, lexicon, "complementisers"),
        _ => false,
    }
}

/// A verb in its infinitive, behind its pronouns and negation: n'avoir, s'attendre, ne pas travailler.
pub fn is_infinitive(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> bool {
    let clitic = |at: &usize| words.listed(*at, lexicon, "clitics");
    let Some(verb) = (at..at + 4).find(|at| !clitic(at)) else {
        return false;
    };
    let word = words.fold(verb);
    let ends = ["er", "ir", "oir"]
        .iter()
        .any(|ending| word.ends_with(ending));
    let verbal = word.len() > 4 && ends && !words.capital(verb) && !words.quoted(verb);
    words.listed(verb, lexicon, "infinitives") || lexicon.has("clitics", "ne") && verbal
}

/// Whether a French word that no list has looks like a verb whose subject is a third person, or like a participle.
pub fn may_be_verb(words: Words<'_, '_>, at: usize, participle: bool) -> bool {
    let endings = match participle {
        true => &["é", "i", "u", "t", "s"][..],
        false => &["e", "t", "d"][..],
    };
    let word = words.fold(at);
    words.is_word(at)
        && words.mask(at) == 0
        && !words.capital(at)
        && word.len() > 2
        && endings.iter().any(|ending| word.ends_with(ending))
}

/// The first word of a verb that ends at `at`: its auxiliaries, adverbs, and what stands between them (a de son côté dit).
pub fn verb_start(words: Words<'_, '_>, at: usize, floor: usize, lexicon: &Lexicon) -> usize {
    let mut start = at;
    while start > floor {
        if ["auxiliaries", "negations"]
            .iter()
            .any(|list| words.listed(start - 1, lexicon, list))
            || is_adverb(words, start - 1, lexicon)
        {
            start -= 1;
        } else if start > floor + TURN && is_turn(words, start - TURN, lexicon) {
            start -= TURN;
        } else {
            break;
        }
    }
    start
}

/// Of so many words is a turn.
pub const TURN: usize = 3;

/// de son côté, pour sa part, à son tour
pub fn is_turn(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> bool {
    words.is_any(at, &["de", "pour", "à", "d'"])
        && words.listed(at + 1, lexicon, "possessives")
        && words.listed(at + 2, lexicon, "turns")
}

/// clairement; le gouvernement and l'Environnement are none.
fn is_adverb(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> bool {
    let word = words.fold(at);
    let noun = |before: usize| words.listed(before, lexicon, "determiners-before");
    word.ends_with("ment")
        && word.len() > 6
        && lexicon.has("turns", "part")
        && !words.capital(at)
        && !at.checked_sub(1).is_some_and(noun)
}

/// Whether an auxiliary stands before a past participle: a clairement dit, s'est dite, fait savoir.
fn compounded(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> bool {
    (verb_start(words, at, at.saturating_sub(8), lexicon)..at)
        .any(|before| words.listed(before, lexicon, "compounds"))
}

/// A participle of the sentence, behind a mark or a joining word: …, saying; lawsuits alleging is none.
pub fn hangs(words: Words<'_, '_>, at: usize, lexicon: &'static Lexicon) -> bool {
    let at = at - usize::from(at > 0 && words.fold(at - 1).ends_with("ly"));
    at == 0
        || infinitive(words, at, lexicon).is_some()
        || !words.is_word(at - 1)
        || words.quoted(at - 1)
        || words.listed(at - 1, lexicon, "hangs-on")
}

/// How many words and marks tell place and agency before the first sentence: PLACE (Agency) -
pub fn dateline(words: Words<'_, '_>) -> usize {
    let place = words.text(0);
    if place.chars().count() < 3 || place.chars().any(char::is_lowercase) || words.quoted(0) {
        return 0;
    }
    let dash = (1..DATELINE).find(|at| matches!(words.text(*at), "-" | "—" | "–" | "--"));
    dash.filter(|dash| words.is_word(dash + 1) || words.quoted(dash + 1))
        .map_or(0, |dash| dash + 1)
}

pub fn is_negated(words: Words<'_, '_>, at: usize, lexicon: &Lexicon) -> bool {
    let mut before = at - usize::from(at > 0 && words.fold(at - 1).ends_with("ly"));
    while before > 0
        && (words.listed(before - 1, lexicon, "auxiliaries")
            || words.listed(before - 1, lexicon, "negations"))
    {
        before -= 1;
        if words.listed(before, lexicon, "negations") {
            return true;
        }
        // did not explicitly say
        let adverb = before > 0 && words.fold(before - 1).ends_with("ly");
        before -= usize::from(adverb);
    }
    false
}
