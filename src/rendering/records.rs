//! Articles whole, as their rows hold them: the truth that everything served is rendered from.
use std::collections::HashMap;

use diesel::prelude::*;

use crate::articles::types::{ArticleStatus, Author, Block, Correction, ExternalReference, Image};
use crate::database::Json;
use crate::database::schema::{articles, entities, statement_hops, statements};
use crate::domain::id::Id;
use crate::domain::language::Language;
use crate::domain::moment::Moment;
use crate::naming::types::{Names, Reference};
use crate::statements::types::{
    Anchor, Anonymous, Form, Origin, Precision, Role, StatementStatus, Unresolved,
};

/// The columns of an article, without what was rendered from them.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = articles, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct ArticleRow {
    pub uuid: Id,
    pub slug: String,
    pub language: Language,
    pub title: String,
    pub summary: Option<String>,
    pub image: Option<Json<Image>>,
    pub body: Json<Vec<Block>>,
    pub authors: Json<Vec<Author>>,
    pub dateline: Option<String>,
    pub outlet_id: i64,
    pub source_url: Option<String>,
    pub status: ArticleStatus,
    pub reason: Option<String>,
    pub published_at: Option<Moment>,
    pub published_key: Moment,
    pub corrections: Json<Vec<Correction>>,
    pub translation_group: Option<Id>,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub updated_by: Option<String>,
    pub revised_at: Option<Moment>,
    pub revision: i64,
    pub sequence: i64,
    pub public_sequence: Option<i64>,
    pub visible: bool,
    pub statement_count: i64,
}

/// The columns of a statement, without what was rendered from them.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = statements, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct StatementRow {
    pub uuid: Id,
    pub article_id: i64,
    pub position: i64,
    pub form: Form,
    pub quote: String,
    pub anonymous: bool,
    pub anchor: Option<Json<Anchor>>,
    pub said_at: Option<Moment>,
    pub said_precision: Option<Precision>,
    pub said_key: Moment,
    pub published_key: Moment,
    pub language: Language,
    pub status: StatementStatus,
    pub origin: Origin,
    pub confidence: Option<f64>,
    pub rule: Option<String>,
    pub note: Option<String>,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub revision: i64,
    pub sequence: i64,
    pub public_sequence: Option<i64>,
    pub visible: bool,
}

/// A link of a chain as its row holds it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = statement_hops, treat_none_as_default_value = false)]
pub struct HopRow {
    pub statement_id: i64,
    pub hop: i64,
    pub role: Role,
    pub entity_id: Option<i64>,
    pub anonymous_label: Option<String>,
    pub anonymous_count: Option<i64>,
    pub unresolved_name: Option<String>,
    pub unresolved_kind: Option<String>,
    pub as_named: Option<String>,
    pub cue: Option<String>,
    pub source_url: Option<String>,
}

/// The columns of a speaker, outlet or tag that a writer may change.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = entities, treat_none_as_null = true)]
pub struct EntityRow {
    pub slug: String,
    pub name: String,
    pub fold: String,
    pub names: Json<Names>,
    pub aliases: Json<Vec<String>>,
    pub kind: Option<String>,
    pub description: Option<String>,
    pub references: Json<Vec<ExternalReference>>,
    pub url: Option<String>,
    pub country: Option<String>,
    pub language: Option<String>,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub revision: i64,
    pub sequence: i64,
    pub public_sequence: Option<i64>,
}

impl EntityRow {
    /// Every spelling that finds the record.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let names = [&self.name].into_iter().chain(self.names.0.values());
        names.chain(&self.aliases.0).map(String::as_str)
    }
}

/// A speaker, outlet or tag as other things refer to it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = entities)]
pub struct EntityKey {
    pub id: i64,
    pub uuid: Id,
    pub slug: String,
    pub name: String,
}

impl EntityKey {
    pub fn reference(&self) -> Reference<'_> {
        Reference {
            id: self.uuid.as_str(),
            slug: &self.slug,
            name: &self.name,
        }
    }
}

/// Who stands at a hop.
#[derive(Debug, Clone, PartialEq)]
pub enum Party {
    Named(EntityKey),
    Anonymous(Anonymous),
    Unresolved(Unresolved),
}

/// A link of a chain.
#[derive(Debug, Clone, PartialEq)]
pub struct HopRecord {
    pub role: Role,
    pub party: Party,
    pub as_named: Option<String>,
    pub cue: Option<String>,
    pub source_url: Option<String>,
}

/// A statement whole.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementRecord {
    /// The row's key; 0 until it is stored.
    pub id: i64,
    /// Its position as it is served; see [`StatementRecord::place`].
    pub place: i64,
    pub row: StatementRow,
    pub hops: Vec<HopRecord>,
}

/// An article whole, its statements in text order.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleRecord {
    /// The row's key; 0 until it is stored.
    pub id: i64,
    pub row: ArticleRow,
    pub outlet: EntityKey,
    pub tags: Vec<EntityKey>,
    pub references: Vec<ExternalReference>,
    pub statements: Vec<StatementRecord>,
}

impl ArticleRecord {
    /// The article as it would be if the public saw it from this moment on.
    pub fn published(mut self, now: Moment) -> Self {
        let row = &mut self.row;
        if row.visible {
            return self;
        }
        if row.status == ArticleStatus::Withdrawn {
            row.reason = None;
        }
        row.status = ArticleStatus::Published;
        row.published_at = row.published_at.or(Some(now));
        row.visible = true;
        for statement in &mut self.statements {
            statement.row.visible = statement.row.status == StatementStatus::Published;
        }
        let seen = self.statements.iter().filter(|s| s.row.visible).count();
        row.statement_count = i64::try_from(seen).unwrap_or(i64::MAX);
        self
    }
}

impl StatementRecord {
    /// Tells statements in text order their places: how many published ones stand before each. Those that are not published do
    /// not count, so that nobody learns of them by the places of the others.
    pub fn place(statements: &mut [Self]) {
        let mut published = 0;
        for statement in statements {
            statement.place = published;
            published += i64::from(statement.row.status == StatementStatus::Published);
        }
    }

    pub fn speaker(&self) -> Option<&EntityKey> {
        self.hops.first().and_then(HopRecord::named)
    }

    /// The outlet that the article credits: the outermost of the chain.
    pub fn credited_outlet(&self) -> Option<&EntityKey> {
        self.hops
            .iter()
            .rev()
            .find(|hop| hop.role == Role::Outlet)
            .and_then(HopRecord::named)
    }
}

impl HopRecord {
    pub fn named(&self) -> Option<&EntityKey> {
        match &self.party {
            Party::Named(entity) => Some(entity),
            Party::Anonymous(_) | Party::Unresolved(_) => None,
        }
    }

    pub fn to_row(&self, statement_id: i64, hop: i64) -> HopRow {
        let mut row = HopRow {
            statement_id,
            hop,
            role: self.role,
            entity_id: None,
            anonymous_label: None,
            anonymous_count: None,
            unresolved_name: None,
            unresolved_kind: None,
            as_named: self.as_named.clone(),
            cue: self.cue.clone(),
            source_url: self.source_url.clone(),
        };
        match &self.party {
            Party::Named(entity) => row.entity_id = Some(entity.id),
            Party::Anonymous(source) => {
                row.anonymous_label = Some(source.label.clone());
                row.anonymous_count = source.count.map(i64::from);
            }
            Party::Unresolved(name) => {
                row.unresolved_name = Some(name.name.clone());
                row.unresolved_kind = Some(name.kind.clone());
            }
        }
        row
    }

    pub fn from_row(row: HopRow, entities: &HashMap<i64, EntityKey>) -> Option<Self> {
        let party = if let Some(id) = row.entity_id {
            Party::Named(entities.get(&id)?.clone())
        } else if let Some(label) = row.anonymous_label {
            Party::Anonymous(Anonymous {
                label,
                count: row.anonymous_count.and_then(|count| count.try_into().ok()),
            })
        } else {
            Party::Unresolved(Unresolved {
                name: row.unresolved_name?,
                kind: row.unresolved_kind?,
            })
        };
        Some(Self {
            role: row.role,
            party,
            as_named: row.as_named,
            cue: row.cue,
            source_url: row.source_url,
        })
    }
}
