//! The statements of an article that is written: matched with those it has, anchored, put in order.
use std::collections::HashMap;

use diesel::prelude::*;

use super::{WriteError, WriteResult, Writer};
use crate::database::Json;
use crate::database::schema::{statement_hops, statements};
use crate::domain::Thing;
use crate::domain::moment::Moment;
use crate::naming::draft::EntityDraft;
use crate::on_engine;
use crate::rendering::records::{
    ArticleRecord, EntityKey, HopRecord, Party, StatementRecord, StatementRow,
};
use crate::statements::anchor::ArticleText;
use crate::statements::draft::{HopDraft, PartyDraft, StatementDraft};
use crate::statements::types::{Anchor, AnchorState, Origin, StatementStatus};

/// The statements as they are to be, and those that go.
pub(super) struct Merged {
    pub kept: Vec<StatementRecord>,
    pub dropped: Vec<StatementRecord>,
}

impl Writer<'_, '_> {
    /// Makes the statements of `article` what the drafts say. Without drafts they stay, but are anchored anew.
    pub(super) fn merge_statements(
        &mut self,
        before: Option<&ArticleRecord>,
        drafts: Option<Vec<StatementDraft>>,
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
        let mut merged = Merged {
            kept: Vec::new(),
            dropped: Vec::new(),
        };
        let mut matched = vec![false; old.len()];
        if let Some(drafts) = drafts {
            for (at, draft) in drafts.into_iter().enumerate() {
                let twin = self.find_twin(old, &matched, &draft, at)?;
                if let Some(taken) = twin.and_then(|twin| matched.get_mut(twin)) {
                    *taken = true;
                }
                let twin = twin.and_then(|twin| old.get(twin));
                let known = twin.and_then(again).map(|anchor| anchor.0);
                let hops = self.resolve_hops(&draft, at)?;
                merged
                    .kept
                    .push(self.statement(twin, draft, hops, known, article, origin));
            }
            for (statement, _) in old.iter().zip(matched).filter(|(_, matched)| !matched) {
                if statement.row.origin == Origin::Extracted {
                    merged.kept.push(statement.clone());
                } else {
                    merged.dropped.push(statement.clone());
                }
            }
        } else {
            merged.kept = old.to_vec();
        }
        for statement in &mut merged.kept {
            // Those that nobody listed: their place in the new text.
            if old.contains(statement) {
                statement.row.anchor = again(statement);
            }
        }
        self.settle(&mut merged.kept, old, article);
        Ok(merged)
    }

    /// Which of the article's statements a draft means: the one with its id, else one with the same quote and, where it
    /// gives one, the same anchor; of several alike the first that is not yet matched.
    fn find_twin(
        &mut self,
        old: &[StatementRecord],
        matched: &[bool],
        draft: &StatementDraft,
        at: usize,
    ) -> WriteResult<Option<usize>> {
        let Some(id) = &draft.id else {
            let alike = |statement: &StatementRecord| {
                statement.row.quote == draft.quote
                    && (!draft.anchor_given
                        || statement.row.anchor.as_ref().map(|anchor| anchor.0.order())
                            == draft.anchor.as_ref().map(Anchor::order))
            };
            return Ok(old
                .iter()
                .zip(matched)
                .position(|(statement, matched)| !matched && alike(statement)));
        };
        if let Some(twin) = old.iter().position(|statement| statement.row.uuid == *id) {
            return Ok(Some(twin));
        }
        let pointer = format!("/statements/{at}/id");
        let elsewhere: Option<i64> = on_engine!(&mut *self.conn, |conn| statements::table
            .filter(statements::uuid.eq(id))
            .select(statements::id)
            .first(conn)
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

    fn resolve_hops(&mut self, draft: &StatementDraft, at: usize) -> WriteResult<Vec<HopRecord>> {
        let mut hops = Vec::with_capacity(draft.hops.len());
        for (hop, link) in draft.hops.iter().enumerate() {
            let HopDraft {
                role,
                party,
                as_named,
                cue,
                source_url,
            } = link.clone();
            let party = match party {
                PartyDraft::Named(entity) => {
                    let pointer = format!("/statements/{at}/attribution/{hop}/{}", entity.thing);
                    Party::Named(self.resolve(&entity, &pointer)?)
                }
                PartyDraft::Anonymous(source) => Party::Anonymous(source),
                PartyDraft::Unresolved(name) => Party::Unresolved(name),
            };
            hops.push(HopRecord {
                role,
                party,
                as_named,
                cue,
                source_url,
            });
        }
        self.hold_claims(draft, &hops, at)?;
        Ok(hops)
    }

    /// Shortcuts beside a chain must name the parties that the chain names.
    fn hold_claims(
        &mut self,
        draft: &StatementDraft,
        hops: &[HopRecord],
        at: usize,
    ) -> WriteResult<()> {
        let differs = |member: &str| {
            WriteError::fault(
                &format!("/statements/{at}/{member}"),
                "shortcut_mismatch",
                format!("`{member}` names another party than `attribution`; leave one of them out"),
            )
        };
        let mouth = hops.first();
        let credited = hops
            .iter()
            .rev()
            .find(|hop| hop.role == crate::statements::types::Role::Outlet);
        let mut same = |claim: &EntityDraft, member: &str, party: Option<EntityKey>| {
            let claimed = self.resolve(claim, &format!("/statements/{at}/{member}"))?;
            match party {
                Some(party) if party.id == claimed.id => Ok(()),
                _ => Err(differs(member)),
            }
        };
        if let Some(claim) = &draft.claimed.speaker {
            same(claim, "speaker", mouth.and_then(HopRecord::named).cloned())?;
        }
        if let Some(claim) = &draft.claimed.outlet {
            same(
                claim,
                "outlet",
                credited.and_then(HopRecord::named).cloned(),
            )?;
        }
        match (&draft.claimed.anonymous, mouth.map(|hop| &hop.party)) {
            (None, _) => Ok(()),
            (Some(claim), Some(Party::Anonymous(source))) if claim == source => Ok(()),
            (Some(_), _) => Err(differs("anonymous")),
        }
    }

    fn statement(
        &mut self,
        twin: Option<&StatementRecord>,
        draft: StatementDraft,
        hops: Vec<HopRecord>,
        known_anchor: Option<Anchor>,
        article: &ArticleRecord,
        origin: Origin,
    ) -> StatementRecord {
        // An anchor that a person placed is not moved by a line that gives none.
        let keeps = |known: &Anchor| !draft.anchor_given && known.state != AnchorState::Orphaned;
        let anchor = known_anchor.filter(keeps).or(draft.anchor).map(Json);
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
            row,
            hops,
        };
        if draft.was_public && record.row.public_sequence.is_none() {
            record.row.public_sequence = Some(self.public_sequence());
        }
        record
    }

    /// Puts statements in text order, decides who may see them, and raises the revision of those that changed.
    fn settle(
        &mut self,
        kept: &mut [StatementRecord],
        old: &[StatementRecord],
        article: &ArticleRecord,
    ) {
        kept.sort_by_key(|statement| {
            let order = statement.row.anchor.as_ref().map(|anchor| anchor.0.order());
            (order.is_none(), order)
        });
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

    pub(super) fn insert_statement(
        &mut self,
        statement: &mut StatementRecord,
        json: Option<&str>,
    ) -> QueryResult<()> {
        statement.id = on_engine!(&mut *self.conn, |conn| diesel::insert_into(
            statements::table
        )
        .values((&statement.row, statements::item_json.eq(json)))
        .returning(statements::id)
        .get_result(conn))?;
        self.insert_hops(statement)
    }

    pub(super) fn update_statement(
        &mut self,
        statement: &StatementRecord,
        json: Option<&str>,
    ) -> QueryResult<()> {
        on_engine!(&mut *self.conn, |conn| {
            diesel::update(statements::table.find(statement.id))
                .set((&statement.row, statements::item_json.eq(json)))
                .execute(conn)?;
            diesel::delete(
                statement_hops::table.filter(statement_hops::statement_id.eq(statement.id)),
            )
            .execute(conn)
        })?;
        self.insert_hops(statement)
    }

    fn insert_hops(&mut self, statement: &StatementRecord) -> QueryResult<()> {
        for (hop, link) in (0..).zip(&statement.hops) {
            on_engine!(&mut *self.conn, |conn| diesel::insert_into(
                statement_hops::table
            )
            .values(link.to_row(statement.id, hop))
            .execute(conn))?;
        }
        Ok(())
    }

    pub(super) fn delete_statement(&mut self, statement: &StatementRecord) -> QueryResult<()> {
        on_engine!(&mut *self.conn, |conn| {
            diesel::delete(
                statement_hops::table.filter(statement_hops::statement_id.eq(statement.id)),
            )
            .execute(conn)?;
            diesel::delete(statements::table.find(statement.id)).execute(conn)
        })?;
        let was_public = statement.row.public_sequence.is_some();
        self.bury(
            Thing::Statement,
            &statement.row.uuid,
            None,
            self.now,
            was_public,
        )
    }
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
