//! An article as a request brings it: under an id, and without what the server owns.
use super::ArticleDraft;
use crate::articles::write_shape::NewArticle;
use crate::domain::fault::Fault;
use crate::domain::id::Id;

impl ArticleDraft {
    /// Checks what is sent to be the article of this id.
    pub fn check_request(new: NewArticle, id: &Id) -> Result<Self, Vec<Fault>> {
        let given = new.id.as_deref().and_then(|given| given.parse::<Id>().ok());
        let checked = Self::check(new.without_owned());
        let mismatch = given.filter(|given| given != id).map(|given| Fault {
            pointer: "/id".to_owned(),
            code: "id_mismatch",
            detail: format!(
                "is {given}, and the path has {id}; leave it out, or correct one of them"
            ),
        });
        match (checked, mismatch) {
            (Ok(draft), None) => Ok(Self {
                id: Some(id.clone()),
                ..draft
            }),
            (Ok(_), Some(mismatch)) => Err(vec![mismatch]),
            (Err(faults), mismatch) => Err(mismatch.into_iter().chain(faults).collect()),
        }
    }
}
