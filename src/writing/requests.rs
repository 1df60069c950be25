//! What requests do to articles: make, put, patch and delete them, on somebody's terms.
use super::patches::patched_article;
use super::terms::{ChangeError, ChangeResult, Terms};
use super::{Outcome, Writer};
use crate::articles::draft::ArticleDraft;
use crate::database::lookup;
use crate::domain::Thing;
use crate::domain::fault::Faults;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::merge_patch::Patch;
use crate::domain::precondition::Precondition;
use crate::rendering::records::ArticleRecord;
use crate::rendering::source;
use crate::statements::types::Origin;

impl Writer<'_, '_> {
    /// Makes a new article, whatever there is.
    pub fn create_article(
        &mut self,
        draft: ArticleDraft,
        terms: &Terms,
    ) -> ChangeResult<(Outcome, ArticleRecord)> {
        if let Some(id) = &draft.id {
            self.refuse_taken_id(Thing::Article, id)?;
        }
        self.refuse_references_of_others(&draft, None)?;
        // Of what is new, no revision can be meant.
        let terms = Terms {
            precondition: Precondition::Absent,
            ..terms.clone()
        };
        self.write_article(None, draft, &terms)
    }

    /// Makes the article of this id, which the draft has, or makes of it what the draft says.
    pub fn put_article(
        &mut self,
        id: &Id,
        draft: ArticleDraft,
        terms: &Terms,
    ) -> ChangeResult<(Outcome, ArticleRecord)> {
        let row = self.article_by_id(id)?;
        if row.is_none() {
            self.refuse_spent_id(Thing::Article, id)?;
        }
        self.refuse_references_of_others(&draft, row)?;
        let before = match row {
            Some(row) => Some(self.load_current(row, Thing::Article)?),
            None => None,
        };
        self.write_article(before, draft, terms)
    }

    /// Changes what a merge patch names of an article.
    pub fn patch_article(
        &mut self,
        key: &Key,
        patch: &Patch,
        terms: &Terms,
    ) -> ChangeResult<(Outcome, ArticleRecord)> {
        let before = self.article(key)?;
        terms.hold(Thing::Article, Some(before.row.revision))?;
        let draft = patched_article(source::article(before.clone()), patch)?;
        let of_another = draft.id.as_ref().filter(|id| **id != before.row.uuid);
        if let Some(id) = of_another {
            let detail = format!(
                "is {id}, and the article has {}; leave it out",
                before.row.uuid
            );
            return Err(super::WriteError::fault("/id", "id_mismatch", detail).into());
        }
        self.refuse_references_of_others(&draft, Some(before.id))?;
        self.write_article(Some(before), draft, terms)
    }

    fn write_article(
        &mut self,
        before: Option<ArticleRecord>,
        draft: ArticleDraft,
        terms: &Terms,
    ) -> ChangeResult<(Outcome, ArticleRecord)> {
        self.within(terms, |writer| {
            writer.replace_article(before, draft, Origin::Editor, |before, after| {
                terms.permit(before, Some(after))?;
                terms.hold(Thing::Article, before.map(|before| before.row.revision))
            })
        })
    }

    /// An id that led to a thing once is not given to another.
    pub(super) fn refuse_spent_id(&mut self, thing: Thing, id: &Id) -> ChangeResult<()> {
        if let Some(reason) = self.burial(thing, id)? {
            return Err(ChangeError::Deleted(thing, reason));
        }
        if let Some(other) = lookup::former(self.conn, thing, id.as_str())? {
            let detail = format!("this id leads to the {thing} {other}; change that one");
            return Err(ChangeError::clash("/id", "id_taken", detail));
        }
        Ok(())
    }

    /// A new thing has an id that nothing has or had.
    pub(super) fn refuse_taken_id(&mut self, thing: Thing, id: &Id) -> ChangeResult<()> {
        if self.is_alive(thing, id)? || self.is_spent(thing, id)? {
            let detail =
                format!("another {thing} has or had this id; leave it out, or make one up");
            return Err(ChangeError::clash("/id", "id_taken", detail));
        }
        Ok(())
    }

    /// Whether an id was a thing's once. Speakers, outlets and tags have their ids in common.
    pub(super) fn is_spent(&mut self, thing: Thing, id: &Id) -> ChangeResult<bool> {
        let records = [Thing::Speaker, Thing::Outlet, Thing::Tag];
        let alike = match records.contains(&thing) {
            true => records.as_slice(),
            false => std::slice::from_ref(&thing),
        };
        for thing in alike {
            let former = lookup::former(self.conn, *thing, id.as_str())?;
            if former.is_some() || self.is_buried(*thing, id)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub(super) fn refuse_references_of_others(
        &mut self,
        draft: &ArticleDraft,
        own: Option<i64>,
    ) -> ChangeResult<()> {
        let mut faults = Faults::default();
        for (at, reference) in draft.references.iter().enumerate() {
            let holders = self.articles_by_reference(reference)?;
            if holders.iter().any(|holder| Some(*holder) != own) {
                let detail = "another article has this reference; correct one of the two";
                faults.add(&format!("references/{at}"), "reference_taken", detail);
            }
        }
        faults.into_result(()).map_err(ChangeError::Clash)
    }
}
