//! Putting an article under its id, as somebody who may or may not change it.
use super::{Outcome, WriteError, Writer};
use crate::articles::draft::ArticleDraft;
use crate::articles::types::ArticleStatus;
use crate::database::{self, Failure, lookup};
use crate::domain::Thing;
use crate::domain::fault::{Fault, Faults};
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::precondition::{Precondition, Unmet};
use crate::rendering::load;
use crate::rendering::records::ArticleRecord;
use crate::statements::types::Origin;

/// On which terms somebody writes.
#[derive(Debug, Clone)]
pub struct Terms {
    pub precondition: Precondition,
    /// Whether it may be something that the public sees.
    pub may_publish: bool,
}

/// Why an article was not put.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    #[error("it was deleted")]
    Deleted(Option<String>),
    #[error("it takes the right to publish")]
    Unpermitted,
    #[error("it has another revision")]
    Unmet(Unmet),
    /// Another thing has what the article would get.
    #[error("it clashes with another")]
    Clash(Vec<Fault>),
    #[error(transparent)]
    Write(WriteError),
}

impl Failure for PutError {
    fn database(&self) -> Option<&database::Error> {
        match self {
            Self::Write(error) => error.database(),
            _ => None,
        }
    }
}

impl From<WriteError> for PutError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Faults(faults) if faults.iter().all(|fault| fault.code == SLUG_TAKEN) => {
                Self::Clash(faults)
            }
            other => Self::Write(other),
        }
    }
}

impl From<diesel::result::Error> for PutError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Write(error.into())
    }
}

impl From<database::Error> for PutError {
    fn from(error: database::Error) -> Self {
        Self::Write(error.into())
    }
}

impl Writer<'_, '_> {
    /// Creates the article of this id, which the draft has, or makes of it what the draft says; gives it as it is then.
    pub fn put_article(
        &mut self,
        id: &Id,
        draft: ArticleDraft,
        terms: &Terms,
    ) -> Result<(Outcome, ArticleRecord), PutError> {
        let row = self.article_by_id(id)?;
        if row.is_none() {
            self.refuse_spent_id(id)?;
        }
        self.refuse_references_of_others(&draft, row)?;
        let before = match row {
            Some(row) => {
                self.go_live_if_due(row)?;
                load::articles(self.conn, &[row])?.pop()
            }
            None => None,
        };
        // What came due meanwhile is the clock's doing, not the writer's.
        let came_due = std::mem::take(&mut self.changed_in_public);
        let put = self.replace_article(before, draft, Origin::Editor, |before, after| {
            if !terms.may_publish && concerns_the_public(before, after) {
                return Err(PutError::Unpermitted);
            }
            let current = before.map(|before| before.row.revision);
            terms.precondition.check(current).map_err(PutError::Unmet)
        })?;
        // Such as that a statement is gone which the public knew of when the article was no draft yet.
        if !terms.may_publish && self.changed_in_public {
            return Err(PutError::Unpermitted);
        }
        self.changed_in_public |= came_due;
        Ok(put)
    }

    /// An id that led to an article once is not given to another.
    fn refuse_spent_id(&mut self, id: &Id) -> Result<(), PutError> {
        if let Some(reason) = self.burial(Thing::Article, id)? {
            return Err(PutError::Deleted(reason));
        }
        if let Some(other) = lookup::former(self.conn, Thing::Article, &Key::Id(id.clone()))? {
            let detail = format!("this id leads to the article {other}; change that one");
            return Err(clash("/id", "id_taken", detail));
        }
        Ok(())
    }

    fn refuse_references_of_others(
        &mut self,
        draft: &ArticleDraft,
        own: Option<i64>,
    ) -> Result<(), PutError> {
        let mut faults = Faults::default();
        for (at, reference) in draft.references.iter().enumerate() {
            let holders = self.articles_by_reference(reference)?;
            if holders.iter().any(|holder| Some(*holder) != own) {
                let detail = "another article has this reference; correct one of the two";
                faults.add(&format!("references/{at}"), "reference_taken", detail);
            }
        }
        faults.into_result(()).map_err(PutError::Clash)
    }
}

/// As `writing/slugs.rs` has it.
const SLUG_TAKEN: &str = "slug_taken";

fn clash(pointer: &str, code: &'static str, detail: String) -> PutError {
    PutError::Clash(vec![Fault {
        pointer: pointer.to_owned(),
        code,
        detail,
    }])
}

/// Whether the public sees something of a change, now or by itself later. Only what is a draft and stays one is nobody's
/// concern: what is published is seen, what is scheduled will be, and of what is withdrawn the reason is told.
fn concerns_the_public(before: Option<&ArticleRecord>, after: &ArticleRecord) -> bool {
    let is_draft = |article: &ArticleRecord| article.row.status == ArticleStatus::Draft;
    !is_draft(after) || before.is_some_and(|before| !is_draft(before))
}
