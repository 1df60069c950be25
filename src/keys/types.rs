//! Keys as they are kept, judged and served.
use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use crate::database::schema::api_keys;
use crate::domain::fault::{Fault, Faults};
use crate::domain::moment::Moment;
use crate::domain::{bounds, checked, secret, text_enum};

text_enum! {
    /// How far a key reaches; each scope includes those before it.
    pub enum Scope {
        /// Sees what the public sees.
        None = "none",
        /// Reads what is not public, too.
        Read = "read",
        /// Writes what the public does not see.
        Write = "write",
        /// Changes what the public sees.
        Publish = "publish",
        /// Everything.
        Admin = "admin",
    }
}

/// A key, without what its secret could be told from.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Serialize, ToSchema)]
#[diesel(table_name = api_keys)]
pub struct ApiKey {
    // Of the row; to clients a key is its prefix.
    #[serde(skip)]
    pub id: i64,
    /// How its secret begins, and how it is called in addresses.
    #[schema(max_length = 100, example = "isnad_Qm9hdDIx")]
    pub prefix: String,
    /// Who or what uses it.
    #[schema(max_length = 300, example = "مكتب التحرير")]
    pub name: String,
    /// How far it reaches.
    pub scope: Scope,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Moment,
    /// Until when it is good; null where it is until it is revoked.
    #[schema(required = true, value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Moment>,
    /// Since when it is good no more; null where nobody revoked it.
    #[schema(required = true, value_type = Option<String>, format = DateTime)]
    pub revoked_at: Option<Moment>,
    /// When it was last used, to the hour; null where it never was.
    #[schema(required = true, value_type = Option<String>, format = DateTime)]
    pub last_used_at: Option<Moment>,
}

/// All keys, in the order in which they were made.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiKeyList {
    /// The keys.
    pub data: Vec<ApiKey>,
}

/// A key that was made just now, with its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeKey {
    /// How its secret begins, and how it is called in addresses.
    #[schema(max_length = 100, example = "isnad_Qm9hdDIx")]
    pub prefix: String,
    /// Who or what uses it.
    #[schema(max_length = 300, example = "مكتب التحرير")]
    pub name: String,
    /// How far it reaches.
    pub scope: Scope,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Moment,
    /// Until when it is good; null where it is until it is revoked.
    #[schema(required = true, value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Moment>,
    /// What is sent as `Authorization: Bearer isnad_…`. It is shown this once.
    #[schema(max_length = 100)]
    pub secret: String,
}

impl MadeKey {
    pub fn of(key: ApiKey, secret: &str) -> Self {
        Self {
            prefix: key.prefix,
            name: key.name,
            scope: key.scope,
            created_at: key.created_at,
            expires_at: key.expires_at,
            secret: secret.to_owned(),
        }
    }
}

impl ApiKey {
    pub fn has(&self, scope: Scope) -> bool {
        self.scope >= scope
    }

    /// Why the key opens nothing any more, where that is so.
    pub fn refusal(&self, now: Moment) -> Option<String> {
        let expired = self.expires_at.filter(|at| *at <= now);
        match (self.revoked_at, expired) {
            (Some(at), _) => Some(format!("was revoked at {at}")),
            (None, Some(at)) => Some(format!("expired at {at}")),
            (None, None) => None,
        }
    }
}

/// A key that is to be made, checked.
#[derive(Debug, Clone)]
pub struct KeyDraft {
    pub name: String,
    pub scope: Scope,
    pub expires_at: Option<Moment>,
}

impl KeyDraft {
    pub fn check(
        name: String,
        scope: Scope,
        expires_at: Option<Moment>,
        now: Moment,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::default();
        let name = checked::required_text(&mut faults, "name", Some(name), bounds::NAME);
        if name.starts_with(secret::START) {
            let detail = "begins as a secret does; name the key after who uses it";
            faults.add("name", "invalid_value", detail);
        }
        if name.contains(char::is_control) {
            faults.add("name", "invalid_text", "has to be one line of text");
        }
        if expires_at.is_some_and(|at| at <= now) {
            faults.add("expires_at", "invalid_value", "lies in the past");
        }
        faults.into_result(Self {
            name,
            scope,
            expires_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scope_includes_those_before_it() {
        let key = |scope| ApiKey {
            id: 1,
            name: "desk".into(),
            prefix: "isnad_a".into(),
            scope,
            created_at: Moment(0),
            expires_at: None,
            revoked_at: None,
            last_used_at: None,
        };
        for (at, held) in Scope::ALL.iter().enumerate() {
            for (other, asked) in Scope::ALL.iter().enumerate() {
                assert_eq!(key(*held).has(*asked), other <= at, "{held} {asked}");
            }
        }
    }

    #[test]
    fn a_key_ends_at_its_moment_and_when_it_is_revoked() {
        let mut key = ApiKey {
            id: 1,
            name: "desk".into(),
            prefix: "isnad_a".into(),
            scope: Scope::Read,
            created_at: Moment(0),
            expires_at: Some(Moment(10)),
            revoked_at: None,
            last_used_at: None,
        };
        assert_eq!(key.refusal(Moment(9)), None);
        assert!(key.refusal(Moment(10)).unwrap().starts_with("expired"));
        key.revoked_at = Some(Moment(5));
        assert!(key.refusal(Moment(9)).unwrap().starts_with("was revoked"));
    }
}
