//! On which terms somebody writes, and why a change was not made.
use super::{WriteError, Writer};
use crate::articles::types::ArticleStatus;
use crate::database::{self, Failure, unserializable};
use crate::domain::Thing;
use crate::domain::fault::Fault;
use crate::domain::id::Id;
use crate::domain::precondition::{Precondition, Unmet};
use crate::rendering::records::ArticleRecord;

/// On which terms somebody writes.
#[derive(Debug, Clone)]
pub struct Terms {
    pub precondition: Precondition,
    /// Whether it may be something that the public sees.
    pub may_publish: bool,
}

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    #[error("there is no such {0}")]
    Missing(Thing),
    /// It is found under this id.
    #[error("it has moved")]
    Moved(Id),
    #[error("it was deleted")]
    Deleted(Thing, Option<String>),
    #[error("it takes the right to publish")]
    Unpermitted,
    #[error("it has another revision")]
    Unmet(Thing, Unmet),
    /// Another thing has what this one would get, or needs it.
    #[error("it clashes with another")]
    Clash(Vec<Fault>),
    /// There is no former state of this revision.
    #[error("there is no such revision")]
    NoRevision(i64),
    #[error(transparent)]
    Write(WriteError),
}

pub type ChangeResult<T> = Result<T, ChangeError>;

impl ChangeError {
    pub(super) fn clash(pointer: &str, code: &'static str, detail: impl Into<String>) -> Self {
        Self::Clash(vec![Fault {
            pointer: pointer.to_owned(),
            code,
            detail: detail.into(),
        }])
    }
}

impl Failure for ChangeError {
    fn database(&self) -> Option<&database::Error> {
        match self {
            Self::Write(error) => error.database(),
            _ => None,
        }
    }
}

impl From<WriteError> for ChangeError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Faults(faults) if faults.iter().all(|fault| fault.code == SLUG_TAKEN) => {
                Self::Clash(faults)
            }
            other => Self::Write(other),
        }
    }
}

impl From<serde_json::Error> for ChangeError {
    fn from(error: serde_json::Error) -> Self {
        unserializable(error).into()
    }
}

impl From<diesel::result::Error> for ChangeError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Write(error.into())
    }
}

impl From<database::Error> for ChangeError {
    fn from(error: database::Error) -> Self {
        Self::Write(error.into())
    }
}

/// The code of a fault that is a clash: another thing has the slug.
pub(super) const SLUG_TAKEN: &str = "slug_taken";

impl Terms {
    /// Those of who changes whatever revision there is.
    pub fn unconditional(may_publish: bool) -> Self {
        Self {
            precondition: Precondition::Any,
            may_publish,
        }
    }

    /// Whether a thing of this revision may be changed; None where there is none yet.
    pub(super) fn hold(&self, thing: Thing, current: Option<i64>) -> ChangeResult<()> {
        let unmet = |unmet| ChangeError::Unmet(thing, unmet);
        self.precondition.check(current).map_err(unmet)
    }

    /// Whether an article may be made of another.
    pub(super) fn permit(
        &self,
        before: Option<&ArticleRecord>,
        after: Option<&ArticleRecord>,
    ) -> ChangeResult<()> {
        // What is published is seen, what is scheduled will be, and of what is withdrawn the reason is told.
        let is_draft = |article: &ArticleRecord| article.row.status == ArticleStatus::Draft;
        let concerns_the_public = !before.is_none_or(is_draft) || !after.is_none_or(is_draft);
        match concerns_the_public && !self.may_publish {
            true => Err(ChangeError::Unpermitted),
            false => Ok(()),
        }
    }
}

impl Writer<'_, '_> {
    /// Does what somebody may do: not what the public would see, if they may not publish, whatever it is that it sees of it.
    pub(super) fn within<T>(
        &mut self,
        terms: &Terms,
        work: impl FnOnce(&mut Self) -> ChangeResult<T>,
    ) -> ChangeResult<T> {
        let known = std::mem::take(&mut self.changed_in_public);
        let done = work(self)?;
        if self.changed_in_public && !terms.may_publish {
            return Err(ChangeError::Unpermitted);
        }
        self.changed_in_public |= known;
        Ok(done)
    }
}
