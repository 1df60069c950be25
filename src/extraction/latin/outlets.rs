//! Outlets, told by their names or by what they are called: Reuters, the Harbour Gazette, la chaîne Canal Sud.
use crate::extraction::lexicon::Lexicon;
use crate::extraction::words::Words;

/// An outlet's name is no longer.
const LONGEST: usize = 8;

/// Behind the words of a name: capitals, what outlets are called, numbers, and what joins them.
pub fn end(words: Words<'_, '_>, from: usize, lexicon: &Lexicon) -> usize {
    let first = from + usize::from(words.listed(from, lexicon, "articles"));
    let named = |at: usize| {
        words.capital(at)
            || words.text(at).starts_with(|c: char| c.is_ascii_digit())
            || words.listed(at, lexicon, "outlet-words")
    };
    let mut at = first;
    while at < first + LONGEST && words.is_word(at) && !words.quoted(at) {
        let joined = at > first && words.listed(at, lexicon, "name-joins") && words.capital(at + 1);
        if !named(at) && !joined {
            break;
        }
        at += 1;
        if words.fold(at - 1).ends_with("'s") {
            break;
        }
    }
    at
}

/// Whether words name an outlet.
pub fn is_outlet(words: Words<'_, '_>, from: usize, to: usize, lexicon: &Lexicon) -> bool {
    let article = ["articles", "contracted"]
        .iter()
        .any(|list| words.listed(from, lexicon, list));
    let first = from + usize::from(article);
    let capital = |at: &usize| {
        words.capital(*at) || words.text(*at).starts_with(|c: char| c.is_ascii_digit())
    };
    let capitals = (first..to).filter(capital).count();
    (first..to).any(|at| {
        let word = words.fold(at);
        let word = word.strip_suffix("'s").unwrap_or(word);
        let called = capitals > usize::from(words.capital(at)) && lexicon.has("outlet-words", word);
        let alone = article && to == first + 1 && lexicon.has("outlets-alone", word);
        let titled =
            words.capital(at) && (capitals > 1 || article) && lexicon.has("outlet-titles", word);
        (words.capital(at) && lexicon.has("outlet-names", word)) || called || alone || titled
    })
}
