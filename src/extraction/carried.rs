//! Subjects that are not said again: the last speaker who agrees with the verb.
use super::proposals::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    Masculine,
    Feminine,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    Singular,
    Dual,
    Plural,
    /// As مسؤولين, which is either.
    DualOrPlural,
}

/// What is known of a speaker's, or asked by a verb's, form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Agreement {
    pub gender: Option<Gender>,
    pub number: Option<Number>,
}

impl Agreement {
    pub fn suits(self, other: Self) -> bool {
        let gender = self.gender.is_none() || other.gender.is_none() || self.gender == other.gender;
        let number = match (self.number, other.number) {
            (None, _) | (_, None) => true,
            (Some(Number::DualOrPlural), Some(number))
            | (Some(number), Some(Number::DualOrPlural)) => number != Number::Singular,
            (mine, theirs) => mine == theirs,
        };
        gender && number
    }
}

#[derive(Clone, Debug)]
pub struct Carried {
    pub speaker: Span,
    pub via: Vec<Span>,
    pub agreement: Agreement,
    pub paragraph: usize,
}

/// Who has spoken, the last one last.
#[derive(Default)]
pub struct Memory(Vec<Carried>);

/// How many paragraphs a subject is carried.
const REACH: usize = 3;
const KEPT: usize = 8;

impl Memory {
    pub fn keep(&mut self, carried: Carried) {
        if self.0.len() >= KEPT {
            self.0.remove(0);
        }
        self.0.push(carried);
    }

    pub fn last(&self, paragraph: usize) -> Option<&Carried> {
        self.0
            .last()
            .filter(|carried| carried.paragraph + REACH >= paragraph)
    }

    pub fn agreeing(&self, asked: Agreement, paragraph: usize) -> Option<&Carried> {
        self.0.iter().rev().find(|carried| {
            carried.paragraph + REACH >= paragraph && carried.agreement.suits(asked)
        })
    }

    /// Speakers, the last one first.
    pub fn speakers(&self) -> impl Iterator<Item = Span> {
        self.0.iter().rev().map(|carried| carried.speaker)
    }
}
