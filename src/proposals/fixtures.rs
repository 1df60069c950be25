//! Extractions that the tests of what is shown are made of.
use super::types::{Extracted, FoundName, FoundThing};
use crate::articles::types::Block;
use crate::articles::write_shape::NewArticle;
use crate::domain::text::utf16_length;
use crate::statements::types::{AnchorPiece, AnchorPlace, Anonymous, Form, Role, Unresolved};
use crate::statements::write_shape::{NewAnchor, NewHop, NewStatement};

/// An article of a headline and paragraphs, in which nobody says anything yet.
pub fn extracted(language: &str, title: &str, paragraphs: &[&str]) -> Extracted {
    let block = |text: &&str| Block::Paragraph {
        text: (*text).to_owned(),
        marks: None,
    };
    Extracted {
        article: NewArticle {
            language: Some(language.to_owned()),
            title: Some(title.to_owned()),
            body: Some(paragraphs.iter().map(block).collect()),
            statements: Some(Vec::new()),
            ..NewArticle::default()
        },
        names: Vec::new(),
        left_out: Vec::new(),
    }
}

/// A statement of some words, each in a block of the body by its number; None is the headline.
pub fn statement(of: &Extracted, words: &[(Option<u32>, &str)]) -> NewStatement {
    let pieces = words.iter().map(|(block, exact)| {
        let blocks = of.article.body.as_deref().unwrap();
        let text = match block {
            Some(block) => blocks[*block as usize].text(),
            None => of.article.title.as_deref(),
        };
        let text = text.unwrap();
        let start = utf16_length(&text[..text.find(exact).unwrap()]) as u32;
        AnchorPiece {
            block: block.unwrap_or(0),
            item: None,
            start,
            end: start + utf16_length(exact) as u32,
            exact: (*exact).to_owned(),
        }
    });
    let mut pieces: Vec<AnchorPiece> = pieces.collect();
    let first = pieces.remove(0);
    let exact: Vec<&str> = words.iter().map(|(_, exact)| *exact).collect();
    NewStatement {
        form: Some(Form::Direct),
        quote: Some(exact.join(" … ")),
        anchor: Some(NewAnchor {
            place: Some(words[0].0.map_or(AnchorPlace::Title, |_| AnchorPlace::Body)),
            block: words[0].0,
            start: Some(first.start),
            end: Some(first.end),
            exact: Some(first.exact),
            continued: Some(pieces),
            ..NewAnchor::default()
        }),
        confidence: Some(0.93),
        rule: Some("cue_then_quotation".to_owned()),
        ..NewStatement::default()
    }
}

/// A link whose party nobody looked up.
pub fn hop(role: Role, as_named: &str, name: &str, kind: &str) -> NewHop {
    NewHop {
        role: Some(role),
        as_named: Some(as_named.to_owned()),
        unresolved: Some(Unresolved {
            name: name.to_owned(),
            kind: kind.to_owned(),
        }),
        ..NewHop::default()
    }
}

pub fn unnamed(label: &str, count: Option<u32>) -> NewHop {
    NewHop {
        role: Some(Role::Speaker),
        anonymous: Some(Anonymous {
            label: label.to_owned(),
            count,
        }),
        ..NewHop::default()
    }
}

pub fn name(name: &str, kind: &str, as_named: &[&str]) -> FoundName {
    FoundName {
        name: name.to_owned(),
        thing: match kind {
            "outlet" => FoundThing::Outlet,
            _ => FoundThing::Speaker,
        },
        kind: kind.to_owned(),
        as_named: as_named.iter().map(|name| (*name).to_owned()).collect(),
        record: None,
        ambiguous: None,
    }
}

pub fn with(mut extracted: Extracted, statements: Vec<NewStatement>) -> Extracted {
    extracted.article.statements = Some(statements);
    extracted
}
