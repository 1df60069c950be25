//! Writing articles whole, with their statements.
use diesel::prelude::*;

use super::statements::Merged;
use super::{Outcome, WriteError, WriteResult, Writer};
use crate::articles::draft::ArticleDraft;
use crate::articles::types::ArticleStatus;
use crate::database::Json;
use crate::database::schema::articles;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::{Thing, bounds};
use crate::on_engine;
use crate::rendering::load;
use crate::rendering::records::{ArticleRecord, ArticleRow, EntityKey, StatementRecord};
use crate::statements::types::Origin;

/// What became of an article, and whether anyone may see it.
#[derive(Debug, Clone, Copy)]
pub struct SavedArticle {
    pub outcome: Outcome,
    pub status: ArticleStatus,
    /// Whether the line named the article by a key that a second import will find again.
    pub has_key: bool,
}

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
    /// Creates or replaces the article that the draft's keys point at; a draft without keys is always new.
    pub fn save_article(
        &mut self,
        draft: ArticleDraft,
        origin: Origin,
    ) -> WriteResult<SavedArticle> {
        let has_key = draft.id.is_some() || draft.slug.is_some() || !draft.references.is_empty();
        let status = draft.status;
        let before = match self.find_article(&draft)? {
            Some(id) => {
                self.go_live_if_due(id)?;
                load::articles(self.conn, &[id])?.pop()
            }
            None => None,
        };
        let (outcome, _) =
            self.replace_article(before, draft, origin, |_, _| WriteResult::Ok(()))?;
        Ok(SavedArticle {
            outcome,
            status,
            has_key,
        })
    }

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
        let mut after = self.record(before.as_ref(), draft, outlet, tags)?;
        let Merged { kept, dropped } =
            self.merge_statements(before.as_ref(), statements, &after, origin)?;
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
        if row.visible || known {
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

    /// Marks the translations that show this article, where what they show of it changes.
    pub(super) fn note_embedding(
        &mut self,
        before: Option<&ArticleRecord>,
        after: Option<&ArticleRecord>,
    ) -> WriteResult<()> {
        let Some(own) = before.or(after) else {
            return Ok(());
        };
        let shown = before.and_then(shown_in_translations);
        let shows = after.and_then(shown_in_translations);
        if shown == shows {
            return Ok(());
        }
        let mut groups: Vec<&Id> = [shown, shows]
            .into_iter()
            .flatten()
            .map(|s| s.group)
            .collect();
        groups.dedup();
        for group in groups {
            let members: Vec<i64> = on_engine!(&mut *self.conn, |conn| articles::table
                .filter(articles::translation_group.eq(group))
                .filter(articles::uuid.ne(&own.row.uuid))
                .select(articles::id)
                .load(conn))?;
            if members.len() > bounds::ENTRIES {
                let detail = format!(
                    "the group has {} other articles; the bound is {}",
                    members.len(),
                    bounds::ENTRIES
                );
                return Err(WriteError::fault("/translation_group", "too_many", detail));
            }
            self.embedding.extend(members);
        }
        Ok(())
    }
}

pub(super) fn visible_statements(visible: impl Iterator<Item = bool>) -> i64 {
    visible.map(i64::from).sum()
}

/// What a statement shows of its article.
pub(super) fn shown_in_statements(
    article: &ArticleRecord,
) -> (&str, &str, Option<Moment>, &EntityKey) {
    let row = &article.row;
    (&row.slug, &row.title, row.published_at, &article.outlet)
}

/// What a translation shows of an article; None where it shows nothing.
#[derive(PartialEq)]
struct Shown<'a> {
    group: &'a Id,
    slug: &'a str,
    title: &'a str,
    published_at: Option<Moment>,
    language: &'a crate::domain::language::Language,
}

fn shown_in_translations(article: &ArticleRecord) -> Option<Shown<'_>> {
    let row = &article.row;
    let group = row.translation_group.as_ref().filter(|_| row.visible)?;
    Some(Shown {
        group,
        slug: &row.slug,
        title: &row.title,
        published_at: row.published_at,
        language: &row.language,
    })
}
