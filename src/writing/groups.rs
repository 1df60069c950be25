//! Translations of one another: what each shows of the others, and how many there may be.
use diesel::prelude::*;

use super::{WriteError, WriteResult, Writer};
use crate::database::schema::articles;
use crate::domain::bounds;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::on_engine;
use crate::rendering::records::ArticleRecord;

impl Writer<'_, '_> {
    /// Marks the translations that show this article, where what they show of it changes.
    pub(super) fn note_embedding(
        &mut self,
        before: Option<&ArticleRecord>,
        after: Option<&ArticleRecord>,
    ) -> QueryResult<()> {
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
            // What is hidden has no document that would show it.
            let members: Vec<i64> = on_engine!(&mut *self.conn, |conn| articles::table
                .filter(articles::translation_group.eq(group))
                .filter(articles::uuid.ne(&own.row.uuid))
                .filter(articles::visible)
                .select(articles::id)
                .load(conn))?;
            self.embedding.extend(members);
        }
        Ok(())
    }

    /// An article joins a group that has room. Whatever leaves one, or goes live in it, is not asked.
    pub(super) fn hold_group(
        &mut self,
        before: Option<&ArticleRecord>,
        after: &ArticleRecord,
    ) -> WriteResult<()> {
        let group = after.row.translation_group.as_ref();
        let Some(group) = group.filter(|group| {
            before.and_then(|before| before.row.translation_group.as_ref()) != Some(*group)
        }) else {
            return Ok(());
        };
        let others: i64 = on_engine!(&mut *self.conn, |conn| articles::table
            .filter(articles::translation_group.eq(group))
            .filter(articles::uuid.ne(&after.row.uuid))
            .count()
            .get_result(conn))?;
        if usize::try_from(others).is_ok_and(|others| others <= bounds::ENTRIES) {
            return Ok(());
        }
        let bound = bounds::ENTRIES;
        let detail = format!("the group has {others} other articles; the bound is {bound}");
        Err(WriteError::fault("/translation_group", "too_many", detail))
    }
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
