//! Things in the shape in which they are written: what an export has, what a change is made to, and former states.
use crate::articles::write_shape::NewArticle;
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::naming::write_shape::{NewRecord, NewReference};
use crate::statements::types::{Anchor, Role};
use crate::statements::write_shape::{NewAnchor, NewHop, NewStatement};

use super::records::{ArticleRecord, EntityKey, EntityRow, HopRecord, Party, StatementRecord};

/// A speaker, outlet or tag.
pub fn record(thing: Thing, uuid: &Id, row: EntityRow) -> NewRecord {
    NewRecord {
        thing: Some(thing.to_string()),
        id: Some(uuid.to_string()),
        slug: Some(row.slug),
        name: Some(row.name),
        names: Some(row.names.0).filter(|names| !names.is_empty()),
        aliases: some(row.aliases.0),
        kind: row.kind,
        description: row.description,
        references: some(row.references.0),
        url: row.url,
        country: row.country,
        language: row.language,
        created_at: Some(row.created_at.to_string()),
        updated_at: Some(row.updated_at.to_string()),
        revision: Some(row.revision),
        ..NewRecord::default()
    }
}

/// An article with its statements.
pub fn article(record: ArticleRecord) -> NewArticle {
    let row = record.row;
    NewArticle {
        id: Some(row.uuid.to_string()),
        slug: Some(row.slug),
        language: Some(row.language.to_string()),
        title: Some(row.title),
        summary: row.summary,
        image: row.image.map(|image| image.0),
        body: Some(row.body.0),
        authors: some(row.authors.0),
        dateline: row.dateline,
        outlet: Some(reference(record.outlet)),
        source_url: row.source_url,
        references: some(record.references),
        status: Some(row.status),
        reason: row.reason,
        published_at: row.published_at.map(|at| at.to_string()),
        tags: some(record.tags.into_iter().map(reference).collect()),
        statements: Some(record.statements.into_iter().map(statement).collect()),
        corrections: some(row.corrections.0),
        translation_group: row.translation_group.map(|group| group.to_string()),
        created_at: Some(row.created_at.to_string()),
        updated_at: Some(row.updated_at.to_string()),
        revision: Some(row.revision),
        was_public: (!row.visible && row.public_sequence.is_some()).then_some(true),
        ..NewArticle::default()
    }
}

/// A statement.
pub fn statement(record: StatementRecord) -> NewStatement {
    let row = record.row;
    NewStatement {
        id: Some(row.uuid.to_string()),
        form: Some(row.form),
        quote: Some(row.quote),
        attribution: Some(record.hops.into_iter().map(hop).collect()),
        anchor: row.anchor.map(|anchor| anchor_line(anchor.0)),
        said_at: row.said_at.map(|at| at.to_string()),
        said_precision: row.said_precision,
        language: Some(row.language.to_string()),
        status: Some(row.status),
        origin: Some(row.origin),
        confidence: row.confidence,
        rule: row.rule,
        note: row.note,
        created_at: Some(row.created_at.to_string()),
        updated_at: Some(row.updated_at.to_string()),
        revision: Some(row.revision),
        was_public: (!row.visible && row.public_sequence.is_some()).then_some(true),
        ..NewStatement::default()
    }
}

fn hop(record: HopRecord) -> NewHop {
    let mut hop = NewHop {
        role: Some(record.role),
        as_named: record.as_named,
        cue: record.cue,
        source_url: record.source_url,
        ..NewHop::default()
    };
    match (record.party, record.role) {
        (Party::Named(entity), Role::Outlet) => hop.outlet = Some(reference(entity)),
        (Party::Named(entity), Role::Speaker | Role::Relay) => {
            hop.speaker = Some(reference(entity))
        }
        (Party::Anonymous(source), _) => hop.anonymous = Some(source),
        (Party::Unresolved(name), _) => hop.unresolved = Some(name),
    }
    hop
}

fn anchor_line(anchor: Anchor) -> NewAnchor {
    NewAnchor {
        place: Some(anchor.place),
        block: anchor.block,
        item: anchor.item,
        start: Some(anchor.start),
        end: Some(anchor.end),
        exact: Some(anchor.exact),
        prefix: Some(anchor.prefix),
        suffix: Some(anchor.suffix),
        state: Some(anchor.state),
        continued: anchor.continued,
    }
}

fn reference(entity: EntityKey) -> NewReference {
    NewReference {
        id: Some(entity.uuid.to_string()),
        slug: Some(entity.slug),
        name: Some(entity.name),
        ..NewReference::default()
    }
}

/// Empty lists are left out.
pub fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    Some(list).filter(|list| !list.is_empty())
}
