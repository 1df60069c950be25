//! The shape in which a key is asked for.
use serde::Deserialize;
use utoipa::ToSchema;

use super::types::{KeyDraft, Scope};
use crate::domain::checked;
use crate::domain::fault::{Fault, Faults};
use crate::domain::moment::Moment;

/// A key as it is asked for. Any other member is refused.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// Who or what uses the key; no two keys share a name, though one be revoked.
    #[schema(
        required = true,
        nullable = false,
        max_length = 300,
        example = "مكتب التحرير"
    )]
    pub name: Option<String>,
    /// How far it reaches.
    #[schema(required = true, nullable = false)]
    pub scope: Option<Scope>,
    /// Until when it is good; until it is revoked, where this is left out.
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
}

impl NewKey {
    /// Checks everything at once.
    pub fn check(self, now: Moment) -> Result<KeyDraft, Vec<Fault>> {
        let mut faults = Faults::default();
        let expires_at = checked::moment(&mut faults, "expires_at", self.expires_at.as_deref());
        if self.scope.is_none() {
            faults.add("scope", "required", "`scope` is missing");
        }
        // Where there is none, nothing is made.
        let scope = self.scope.unwrap_or(Scope::None);
        let draft = KeyDraft::check(self.name.unwrap_or_default(), scope, expires_at, now);
        match (faults.into_result(()), draft) {
            (Ok(()), draft) => draft,
            (Err(faults), Ok(_)) => Err(faults),
            (Err(faults), Err(more)) => Err(faults.into_iter().chain(more).collect()),
        }
    }
}
