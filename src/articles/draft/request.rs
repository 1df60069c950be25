//! An article as a request brings it: under an id, and without what the server owns.
use super::ArticleDraft;
use crate::articles::write_shape::NewArticle;
use crate::domain::checked;
use crate::domain::fault::{Fault, Faults};
use crate::domain::id::Id;

impl ArticleDraft {
    /// Checks what is sent to be the article of this id.
    pub fn check_request(new: NewArticle, id: &Id) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::default();
        checked::same_id(&mut faults, "id", new.id.as_deref(), id);
        match (faults.into_result(()), Self::check(new.without_owned())) {
            (Ok(()), Ok(draft)) => Ok(Self {
                id: Some(id.clone()),
                ..draft
            }),
            (same, checked) => {
                let faults = [same.err(), checked.err()];
                Err(faults.into_iter().flatten().flatten().collect())
            }
        }
    }
}
