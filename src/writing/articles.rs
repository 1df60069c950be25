//! Writing articles whole, with their statements.
use super::statements::Merged;
use super::{Outcome, WriteError, WriteResult, Writer};
use crate::articles::draft::ArticleDraft;
use crate::articles::types::ArticleStatus;
use crate::database::Json;
use crate::domain::Thing;
use crate::domain::moment::Moment;
use crate::rendering::records::{ArticleRecord, ArticleRow, EntityKey, StatementRecord};
use crate::statements::types::Origin;

/// An article as it was and as it is to be.
pub(super) struct ArticleChange {
    pub before: Option<ArticleRecord>,
    pub after: ArticleRecord,
    /// Those of its statements that go, and why, where that is said.
    pub dropped: Vec<StatementRecord>,
    pub why_dropped: Option<String>,
    /// Keys that it had in another store.
    pub former_keys: Vec<String>,
    /// The revision and the moment of the change that another store gave it.
    pub given: (Option<i64>, Option<Moment>),
}

impl Writer<'_, '_> {
    /// Makes of an article what the draft says, or a new one; gives it as it is then. `permit` is asked before anything
    /// is changed, with the article as it was and as it is to be.
    pub(super) fn replace_article<E: From<WriteError> + From<diesel::result::Error>>(
        &mut self,
        before: Option<ArticleRecord>,
        mut draft: ArticleDraft,
        origin: Origin,
        permit: impl FnOnce(Option<&ArticleRecord>, &ArticleRecord) -> Result<(), E>,
    ) -> Result<(Outcome, ArticleRecord), E> {
        let outlet = self.resolve(&draft.outlet, "/outlet")?;
        let mut tags: Vec<EntityKey> = Vec::with_capacity(draft.tags.len());
        for (at, tag) in draft.tags.iter().enumerate() {
            let tag = self.resolve(tag, &format!("/tags/{at}"))?;
            // Two spellings of one tag are one tag.
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        let statements = draft.statements.take();
        let former_keys = std::mem::take(&mut draft.former_keys);
        let given = (draft.revision, draft.updated_at);
        let keeps_review = draft.keeps_review;
        let mut after = self.record(before.as_ref(), draft, outlet, tags)?;
        let Merged { kept, dropped } =
            self.merge_statements(before.as_ref(), statements, keeps_review, &after, origin)?;
        after.statements = kept;
        let change = ArticleChange {
            before,
            after,
            dropped,
            why_dropped: None,
            former_keys,
            given,
        };
        self.commit_article(change, permit)
    }

    /// Writes a change of an article, unless it changes nothing; gives the article as it is then.
    pub(super) fn commit_article<E: From<WriteError> + From<diesel::result::Error>>(
        &mut self,
        change: ArticleChange,
        permit: impl FnOnce(Option<&ArticleRecord>, &ArticleRecord) -> Result<(), E>,
    ) -> Result<(Outcome, ArticleRecord), E> {
        let ArticleChange {
            before,
            mut after,
            dropped,
            why_dropped,
            former_keys,
            given,
        } = change;
        after.row.statement_count =
            visible_statements(after.statements.iter().map(|s| s.row.visible));
        let (uuid, visible) = (after.row.uuid.clone(), after.row.visible);
        let keep_keys = |writer: &mut Self| {
            writer.keep_former_keys(Thing::Article, &former_keys, &uuid, visible)
        };
        if before.as_ref() == Some(&after) && dropped.is_empty() {
            return Ok(match keep_keys(self)? {
                true => (Outcome::Updated, after),
                false => (Outcome::Unchanged, after),
            });
        }
        permit(before.as_ref(), &after)?;
        self.hold_group(before.as_ref(), &after)?;
        self.number(before.as_ref(), &mut after, given);
        self.settle_slug(before.as_ref(), &mut after)?;
        keep_keys(self)?;
        self.note_embedding(before.as_ref(), Some(&after))?;
        match &before {
            None => self.insert_article(&mut after)?,
            Some(before) => {
                self.keep_revision(before)?;
                self.update_article(before, &mut after)?;
            }
        }
        for statement in &dropped {
            self.delete_statement(statement, why_dropped.as_deref())?;
        }
        self.note_postings(before.as_ref(), Some(&after));
        let outcome = match before {
            None => Outcome::Created,
            Some(_) => Outcome::Updated,
        };
        Ok((outcome, after))
    }

    /// The article as the draft wants it, before it is numbered.
    fn record(
        &mut self,
        before: Option<&ArticleRecord>,
        draft: ArticleDraft,
        outlet: EntityKey,
        tags: Vec<EntityKey>,
    ) -> WriteResult<ArticleRecord> {
        let old = before.map(|before| &before.row);
        let kept_date = old.and_then(|row| row.published_at);
        let published_at = draft
            .published_at
            .or(kept_date.filter(|_| draft.keeps_date))
            .or((draft.status == ArticleStatus::Published).then_some(self.now));
        let created_at = match old {
            Some(row) => row.created_at,
            None => draft.created_at.unwrap_or(self.now),
        };
        let due = published_at.is_some_and(|at| at <= self.now);
        let row = ArticleRow {
            uuid: match old {
                Some(row) => row.uuid.clone(),
                None => draft.id.unwrap_or_default(),
            },
            slug: draft
                .slug
                .or(old.map(|row| row.slug.clone()))
                .unwrap_or_default(),
            language: draft.language,
            title: draft.title,
            summary: draft.summary,
            image: draft.image.map(Json),
            body: Json(draft.body),
            authors: Json(draft.authors),
            dateline: draft.dateline,
            outlet_id: outlet.id,
            source_url: draft.source_url,
            status: draft.status,
            reason: draft.reason,
            published_at,
            published_key: published_at.unwrap_or(created_at),
            corrections: Json(draft.corrections),
            translation_group: draft.translation_group,
            created_at,
            updated_at: match old {
                Some(row) => row.updated_at,
                None => draft.updated_at.unwrap_or(created_at),
            },
            revision: match old {
                Some(row) => row.revision,
                None => draft.revision.unwrap_or(1),
            },
            updated_by: old.and_then(|row| row.updated_by.clone()),
            revised_at: old.and_then(|row| row.revised_at),
            sequence: old.map_or(0, |row| row.sequence),
            public_sequence: match old.and_then(|row| row.public_sequence) {
                None if draft.was_public => Some(self.public_sequence()),
                known => known,
            },
            visible: draft.status == ArticleStatus::Published && due,
            statement_count: 0,
        };
        Ok(ArticleRecord {
            id: before.map_or(0, |before| before.id),
            row,
            outlet,
            tags,
            references: draft.references,
            statements: Vec::new(),
        })
    }

    /// Gives a changed article its revision and the numbers of this change.
    fn number(
        &mut self,
        before: Option<&ArticleRecord>,
        after: &mut ArticleRecord,
        given: (Option<i64>, Option<Moment>),
    ) {
        let row = &mut after.row;
        if let Some(before) = before {
            let (revision, updated_at) = given;
            row.revision = revision
                .filter(|revision| *revision > before.row.revision)
                .unwrap_or(before.row.revision + 1);
            row.updated_at = updated_at
                .filter(|at| *at > before.row.updated_at)
                .unwrap_or(self.now);
        }
        row.updated_by.clone_from(&self.author);
        row.revised_at = None;
        row.sequence = self.sequence();
        let known = before.is_some_and(|before| before.row.visible);
        // Who knew it is told otherwise of it.
        let told = row.public_sequence.is_some()
            && before.is_some_and(|before| told_of(&before.row) != told_of(row));
        if row.visible || known || told {
            row.public_sequence = Some(self.public_sequence());
        }
        // Statements show their article's title, slug, date and outlet.
        if before.is_some_and(|before| shown_in_statements(before) != shown_in_statements(after)) {
            let (sequence, public) = (self.sequence(), after.row.visible);
            for statement in &mut after.statements {
                statement.row.sequence = sequence;
                if public && statement.row.visible {
                    statement.row.public_sequence = Some(self.public_sequence());
                }
            }
        }
    }

    fn settle_slug(
        &mut self,
        before: Option<&ArticleRecord>,
        after: &mut ArticleRecord,
    ) -> WriteResult<()> {
        let row = &mut after.row;
        match before {
            None => {
                let given = Some(row.slug.as_str()).filter(|slug| !slug.is_empty());
                row.slug = self.new_slug(Thing::Article, given, &row.title, "")?;
            }
            Some(before) if before.row.slug != row.slug => {
                self.claim_slug(Thing::Article, &row.slug, Some(&row.uuid), "")?;
                self.keep_former_key(Thing::Article, &before.row.slug, &row.uuid)?;
            }
            Some(_) => {}
        }
        Ok(())
    }
}

pub(super) fn visible_statements(visible: impl Iterator<Item = bool>) -> i64 {
    visible.map(i64::from).sum()
}

/// What is told of an article that is not public any more.
fn told_of(row: &ArticleRow) -> Option<Option<&str>> {
    (row.status == ArticleStatus::Withdrawn).then_some(row.reason.as_deref())
}

/// What a statement shows of its article.
pub(super) fn shown_in_statements(
    article: &ArticleRecord,
) -> (&str, &str, Option<Moment>, &EntityKey) {
    let row = &article.row;
    (&row.slug, &row.title, row.published_at, &article.outlet)
}
