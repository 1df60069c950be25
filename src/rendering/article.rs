//! An article and its statements as the JSON that is served: the public's, which is stored, and an editor's.
use serde_json::value::RawValue;

use super::records::{ArticleRecord, HopRecord, Party, StatementRecord};
use crate::articles::types::{Article, ArticleReference, Translation};
use crate::domain::audience::Audience;
use crate::statements::types::{Hop, Role, Statement};

/// Raised when the same rows begin to be rendered otherwise: a server then renders everything anew.
pub const RENDER_VERSION: i64 = 2;

/// The documents of one article.
#[derive(Debug, PartialEq, Eq)]
pub struct Rendered {
    /// In lists: without body, statements and translations.
    pub list: String,
    /// Alone: with everything.
    pub item: String,
    /// One a statement, in the record's order; None for those that the audience may not see.
    pub statements: Vec<Option<String>>,
}

impl Rendered {
    /// The document of the record's statement at this place.
    pub fn statement(&self, at: usize) -> Option<&str> {
        self.statements.get(at)?.as_deref()
    }
}

/// Renders an article as an audience sees it that may see the article itself.
pub fn render(
    record: &ArticleRecord,
    translations: &[Translation],
    audience: Audience,
) -> serde_json::Result<Rendered> {
    let mut raw = Vec::with_capacity(record.statements.len());
    let mut statements = Vec::with_capacity(record.statements.len());
    for statement in &record.statements {
        if audience.sees(statement.row.visible) {
            let json = render_statement(record, statement)?;
            statements.push(Some(json.clone()));
            raw.push(RawValue::from_string(json)?);
        } else {
            statements.push(None);
        }
    }
    let mut view = article_view(record, audience);
    let list = serde_json::to_string(&view)?;
    view.body = Some(&record.row.body.0);
    view.statements = Some(&raw);
    view.translations = Some(translations);
    let item = serde_json::to_string(&view)?;
    Ok(Rendered {
        list,
        item,
        statements,
    })
}

/// Renders one statement of an article. Every audience that may see it sees the same.
pub fn render_statement(
    article: &ArticleRecord,
    statement: &StatementRecord,
) -> serde_json::Result<String> {
    serde_json::to_string(&statement_view(article, statement))
}

/// An article as lists have it.
fn article_view(record: &ArticleRecord, audience: Audience) -> Article<'_> {
    let row = &record.row;
    let statement_count = match audience {
        Audience::Public => row.statement_count,
        Audience::Editor => i64::try_from(record.statements.len()).unwrap_or(i64::MAX),
    };
    Article {
        id: row.uuid.as_str(),
        slug: &row.slug,
        language: &row.language,
        direction: row.language.direction(),
        title: &row.title,
        summary: row.summary.as_deref(),
        image: row.image.as_ref().map(|image| &image.0),
        body: None,
        authors: &row.authors.0,
        dateline: row.dateline.as_deref(),
        outlet: record.outlet.reference(),
        source_url: row.source_url.as_deref(),
        references: &record.references,
        status: row.status,
        reason: row.reason.as_deref(),
        published_at: row.published_at,
        tags: record.tags.iter().map(|tag| tag.reference()).collect(),
        statement_count,
        statements: None,
        corrections: &row.corrections.0,
        translation_group: row.translation_group.as_ref().map(|group| group.as_str()),
        translations: None,
        created_at: row.created_at,
        updated_at: row.updated_at,
        revision: row.revision,
    }
}

fn statement_view<'a>(article: &'a ArticleRecord, statement: &'a StatementRecord) -> Statement<'a> {
    let row = &statement.row;
    let mouth = statement.hops.first();
    Statement {
        id: row.uuid.as_str(),
        article: ArticleReference {
            id: article.row.uuid.as_str(),
            slug: &article.row.slug,
            title: &article.row.title,
            published_at: article.row.published_at,
        },
        publisher: article.outlet.reference(),
        position: statement.place,
        form: row.form,
        quote: &row.quote,
        speaker: statement.speaker().map(|entity| entity.reference()),
        speaker_label: mouth.map(HopRecord::label).unwrap_or_default(),
        anonymous: mouth.and_then(|hop| match &hop.party {
            Party::Anonymous(source) => Some(source),
            Party::Named(_) | Party::Unresolved(_) => None,
        }),
        outlet: statement.credited_outlet().map(|entity| entity.reference()),
        attribution: statement.hops.iter().enumerate().map(hop_view).collect(),
        anchor: row.anchor.as_ref().map(|anchor| &anchor.0),
        said_at: row.said_at,
        said_precision: row.said_precision,
        language: &row.language,
        direction: row.language.direction(),
        status: row.status,
        origin: row.origin,
        confidence: row.confidence,
        rule: row.rule.as_deref(),
        note: row.note.as_deref(),
        created_at: row.created_at,
        updated_at: row.updated_at,
        revision: row.revision,
    }
}

fn hop_view((place, hop): (usize, &HopRecord)) -> Hop<'_> {
    let mut view = Hop {
        hop: place,
        role: hop.role,
        speaker: None,
        outlet: None,
        anonymous: None,
        unresolved: None,
        as_named: hop.as_named.as_deref(),
        cue: hop.cue.as_deref(),
        source_url: hop.source_url.as_deref(),
    };
    match (&hop.party, hop.role) {
        (Party::Named(entity), Role::Outlet) => view.outlet = Some(entity.reference()),
        (Party::Named(entity), Role::Speaker | Role::Relay) => {
            view.speaker = Some(entity.reference());
        }
        (Party::Anonymous(source), _) => view.anonymous = Some(source),
        (Party::Unresolved(name), _) => view.unresolved = Some(name),
    }
    view
}

impl HopRecord {
    /// What to print for the party: as named there, else its label or name.
    fn label(&self) -> &str {
        self.as_named.as_deref().unwrap_or(match &self.party {
            Party::Named(entity) => &entity.name,
            Party::Anonymous(source) => &source.label,
            Party::Unresolved(name) => &name.name,
        })
    }
}
