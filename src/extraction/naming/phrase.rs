//! What the words of a source tell by themselves: a name, titles, what kind of party, how many.
use crate::extraction::carried::Gender;
use crate::extraction::lexicon::Lexicon;
use crate::extraction::proposals::{Party, Span};

#[derive(Debug, Default)]
pub struct Phrase<'w> {
    /// Nothing for a bare name.
    pub party: Option<Party>,
    /// Where its name stands.
    pub name: Option<Span>,
    /// The words of that name, folded.
    pub words: Vec<&'w str>,
    /// How the name is abbreviated behind it.
    pub alias: Option<&'w str>,
    /// Its titles and descriptions, folded, the head of each in front.
    pub titles: Vec<Vec<&'w str>>,
    pub count: Option<u32>,
    pub gender: Option<Gender>,
    /// He, she: the last person.
    pub pronoun: bool,
}

/// No title has more words.
pub const TITLE: usize = 10;

impl<'w> Phrase<'w> {
    pub fn anonymous(count: Option<u32>) -> Self {
        Self {
            party: Some(Party::Anonymous),
            count,
            ..Self::default()
        }
    }

    /// Only what somebody is.
    pub fn description(party: Party, title: Vec<&'w str>) -> Self {
        Self {
            party: Some(party),
            titles: vec![title],
            ..Self::default()
        }
    }
}

pub fn is_outlet(lexicon: &Lexicon, mask: u128) -> bool {
    lexicon.holds_any(
        mask,
        &["papers", "channels", "agencies", "sites", "outlets"],
    )
}
