//! The statements of an article that is written: matched with those it has, anchored, put in order.
use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::{WriteError, WriteResult, Writer};
use crate::database::Json;
use crate::database::schema::statements;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::{Thing, bounds};
use crate::on_engine;
use crate::rendering::records::{ArticleRecord, HopRecord, StatementRecord, StatementRow};
use crate::statements::anchor::ArticleText;
use crate::statements::draft::StatementDraft;
use crate::statements::types::{Anchor, AnchorState, Origin, StatementStatus};

/// The statements as they are to be, and those that go.
pub(super) struct Merged {
    pub kept: Vec<StatementRecord>,
    pub dropped: Vec<StatementRecord>,
}

impl Writer<'_, '_> {
    /// Makes the statements of `article` what the drafts say. Without drafts they stay, but are anchored anew. Where reviews are
    /// kept, what was reviewed is not open again because somebody proposes it again.
    pub(super) fn merge_statements(
        &mut self,
        before: Option<&ArticleRecord>,
        drafts: Option<Vec<StatementDraft>>,
        keeps_review: bool,
        article: &ArticleRecord,
        origin: Origin,
    ) -> WriteResult<Merged> {
        let old: &[StatementRecord] = before.map_or(&[], |before| &before.statements);
        let texts = texts_of(article);
        let text_changed = before.is_some_and(|before| texts_differ(before, article));
        let again = |statement: &StatementRecord| match &statement.row.anchor {
            Some(anchor) if text_changed => Some(Json(texts.find_again(&anchor.0))),
            anchor => anchor.clone(),
        };
        let anchored = |statement: &StatementRecord| {
            let mut statement = statement.clone();
            statement.row.anchor = again(&statement);
            statement
        };
        let mut merged = Merged {
            kept: Vec::new(),
            dropped: Vec::new(),
        };
        if let Some(drafts) = drafts {
            let twins = self.find_twins(old, &drafts)?;
            let matched: HashSet<usize> = twins.iter().flatten().copied().collect();
            let matched: Vec<bool> = (0..old.len()).map(|at| matched.contains(&at)).collect();
            for (at, (draft, twin)) in drafts.into_iter().zip(twins).enumerate() {
                let twin = twin.and_then(|twin| old.get(twin));
                if let Some(twin) = twin.filter(|twin| keeps_review && is_settled(twin, &draft)) {
                    merged.kept.push(anchored(twin));
                    continue;
                }
                let known = twin
                    .filter(|twin| twin.row.quote == draft.quote)
                    .and_then(again)
                    .map(|anchor| anchor.0);
                let hops = self.resolve_hops(&draft, &format!("/statements/{at}"))?;
                let statement = self.statement(twin, draft, hops, known, article, origin);
                merged.kept.push(statement);
            }
            for (statement, _) in old.iter().zip(matched).filter(|(_, matched)| !matched) {
                if statement.row.origin == Origin::Extracted {
                    merged.kept.push(anchored(statement));
                } else {
                    merged.dropped.push(statement.clone());
                }
            }
            hold_bounds(&merged.kept)?;
        } else {
            merged.kept = old.iter().map(anchored).collect();
        }
        if text_changed || !merged.dropped.is_empty() {
            find_unanchored(&mut merged.kept, &texts);
        }
        self.settle(&mut merged.kept, old, article);
        Ok(merged)
    }

    /// Which of the article's statements each draft means: the one with its id, else the first that is left with the same
    /// quote and, where the draft gives one, the same anchor.
    fn find_twins(
        &mut self,
        old: &[StatementRecord],
        drafts: &[StatementDraft],
    ) -> WriteResult<Vec<Option<usize>>> {
        let mut twins = Vec::with_capacity(drafts.len());
        for (at, draft) in drafts.iter().enumerate() {
            let twin = match &draft.id {
                Some(id) => self.find_by_id(old, id, at)?,
                None => None,
            };
            twins.push(twin);
        }
        // Ids first: what one draft names by its id, another does not take by its words.
        let mut taken: HashSet<usize> = twins.iter().flatten().copied().collect();
        for (at, draft) in drafts
            .iter()
            .enumerate()
            .filter(|(_, draft)| draft.id.is_none())
        {
            let twin = (0..old.len())
                .filter(|twin| !taken.contains(twin))
                .find(|twin| old.get(*twin).is_some_and(|old| says_the_same(old, draft)));
            taken.extend(twin);
            if let Some(place) = twins.get_mut(at) {
                *place = twin;
            }
        }
        Ok(twins)
    }

    fn find_by_id(
        &mut self,
        old: &[StatementRecord],
        id: &Id,
        at: usize,
    ) -> WriteResult<Option<usize>> {
        if let Some(twin) = old.iter().position(|statement| statement.row.uuid == *id) {
            return Ok(Some(twin));
        }
        let pointer = format!("/statements/{at}/id");
        let elsewhere: Option<i64> = on_engine!(&mut *self.conn, |conn| statements::table
            .filter(statements::uuid.eq(id))
            .select(statements::id)
            .get_result(conn)
            .optional())?;
        if elsewhere.is_some() {
            let detail = "another article has the statement with this id; leave the id out";
            return Err(WriteError::fault(&pointer, "id_taken", detail));
        }
        if self.is_buried(Thing::Statement, id)? {
            let detail = "this statement was deleted, and is never revived; leave the id out";
            return Err(WriteError::fault(&pointer, "deleted", detail));
        }
        Ok(None)
    }

    pub(super) fn statement(
        &mut self,
        twin: Option<&StatementRecord>,
        draft: StatementDraft,
        hops: Vec<HopRecord>,
        known_anchor: Option<Anchor>,
        article: &ArticleRecord,
        origin: Origin,
    ) -> StatementRecord {
        // An anchor that a person placed is not moved by a line that gives none, and an orphan stays one until its words
        // are found.
        let known = known_anchor.filter(|_| !draft.anchor_given);
        let anchor = match known {
            Some(known) if known.state == AnchorState::Orphaned => draft.anchor.or(Some(known)),
            known => known.or(draft.anchor),
        };
        let anchor = anchor.map(Json);
        let created_at = match twin {
            Some(twin) => twin.row.created_at,
            None => draft.created_at.unwrap_or(self.now),
        };
        let row = StatementRow {
            uuid: match twin {
                Some(twin) => twin.row.uuid.clone(),
                None => draft.id.unwrap_or_default(),
            },
            article_id: article.id,
            position: 0,
            form: draft.form,
            quote: draft.quote,
            anonymous: hops.first().is_some_and(|hop| hop.named().is_none()),
            anchor,
            said_at: draft.said_at,
            said_precision: draft.said_precision,
            said_key: Moment(0),
            published_key: article.row.published_key,
            language: draft
                .language
                .unwrap_or_else(|| article.row.language.clone()),
            status: draft.status,
            origin: draft
                .origin
                .or(twin.map(|twin| twin.row.origin))
                .unwrap_or(origin),
            confidence: draft.confidence,
            rule: draft.rule,
            note: draft.note,
            created_at,
            updated_at: draft.updated_at.unwrap_or(created_at),
            revision: draft.revision.unwrap_or(1),
            sequence: 0,
            public_sequence: twin.and_then(|twin| twin.row.public_sequence),
            visible: false,
        };
        let mut record = StatementRecord {
            id: twin.map_or(0, |twin| twin.id),
            place: 0,
            row,
            hops,
        };
        if draft.was_public && record.row.public_sequence.is_none() {
            record.row.public_sequence = Some(self.public_sequence());
        }
        record
    }

    /// Puts statements in text order, decides who may see them, and raises the revision of those that changed.
    pub(super) fn settle(
        &mut self,
        kept: &mut [StatementRecord],
        old: &[StatementRecord],
        article: &ArticleRecord,
    ) {
        kept.sort_by_key(|statement| {
            let order = statement.row.anchor.as_ref().map(|anchor| anchor.0.order());
            (order.is_none(), order)
        });
        StatementRecord::place(kept);
        let old: HashMap<i64, &StatementRecord> = old.iter().map(|s| (s.id, s)).collect();
        for (position, statement) in kept.iter_mut().enumerate() {
            let row = &mut statement.row;
            row.position = i64::try_from(position).unwrap_or(i64::MAX);
            row.published_key = article.row.published_key;
            row.said_key = row.said_at.unwrap_or(row.published_key);
            row.visible = article.row.visible && row.status == StatementStatus::Published;
            let before = old.get(&statement.id).copied();
            if let Some(before) = before {
                if is_same(before, statement) {
                    statement.row.revision = before.row.revision;
                    statement.row.updated_at = before.row.updated_at;
                } else {
                    raise(&mut statement.row, &before.row, self.now);
                }
                statement.row.sequence = before.row.sequence;
            }
            if before != Some(&*statement) {
                statement.row.sequence = self.sequence();
                if statement.row.visible || before.is_some_and(|before| before.row.visible) {
                    statement.row.public_sequence = Some(self.public_sequence());
                }
            }
        }
    }
}

/// Statements that stay though nobody listed them count, too.
fn hold_bounds(statements: &[StatementRecord]) -> WriteResult<()> {
    let quoted: usize = statements
        .iter()
        .map(|one| one.row.quote.chars().count())
        .sum();
    let (count, what) = match statements.len() > bounds::STATEMENTS {
        true => (statements.len(), "statements"),
        false if quoted > bounds::QUOTES => (quoted, "characters of quotes"),
        false => return Ok(()),
    };
    let detail = format!(
        "with the extracted ones, which stay, the article would have {count} {what}; the bounds are {} and {}",
        bounds::STATEMENTS,
        bounds::QUOTES
    );
    Err(WriteError::fault("/statements", "too_many", detail))
}

/// Looks for quotes that stood nowhere in the text before, or where another statement stood.
pub(super) fn find_unanchored(statements: &mut [StatementRecord], texts: &ArticleText<'_>) {
    let anchor_of = |statement: &StatementRecord| statement.row.anchor.clone().map(|json| json.0);
    let mut taken: Vec<Anchor> = statements.iter().filter_map(anchor_of).collect();
    for statement in statements
        .iter_mut()
        .filter(|statement| statement.row.anchor.is_none())
    {
        let found = texts.find(&statement.row.quote, &taken);
        taken.extend(found.clone());
        statement.row.anchor = found.map(Json);
    }
}

fn says_the_same(statement: &StatementRecord, draft: &StatementDraft) -> bool {
    let place = statement.row.anchor.as_ref().map(|anchor| anchor.0.order());
    statement.row.quote == draft.quote
        && (!draft.anchor_given || place == draft.anchor.as_ref().map(Anchor::order))
}

/// Whether a draft proposes what an editor has decided on, or written.
fn is_settled(statement: &StatementRecord, draft: &StatementDraft) -> bool {
    statement.row.status != StatementStatus::Proposed
        && draft.status == StatementStatus::Proposed
        && draft.origin == Some(Origin::Extracted)
}

pub(super) fn texts_of(article: &ArticleRecord) -> ArticleText<'_> {
    ArticleText {
        title: &article.row.title,
        summary: article.row.summary.as_deref(),
        body: &article.row.body.0,
    }
}

fn texts_differ(one: &ArticleRecord, other: &ArticleRecord) -> bool {
    one.row.title != other.row.title
        || one.row.summary != other.row.summary
        || one.row.body != other.row.body
}

/// Whether a statement's own fields are what they were: not its place, nor what it has from its article.
fn is_same(before: &StatementRecord, after: &StatementRecord) -> bool {
    let aligned = StatementRow {
        position: before.row.position,
        published_key: before.row.published_key,
        said_key: before.row.said_key,
        visible: before.row.visible,
        revision: before.row.revision,
        updated_at: before.row.updated_at,
        sequence: before.row.sequence,
        public_sequence: before.row.public_sequence,
        ..after.row.clone()
    };
    before.row == aligned && before.hops == after.hops
}

/// A changed statement has a higher revision than before, and was updated later.
fn raise(row: &mut StatementRow, before: &StatementRow, now: Moment) {
    if row.revision <= before.revision {
        row.revision = before.revision + 1;
    }
    if row.updated_at <= before.updated_at {
        row.updated_at = now;
    }
}
