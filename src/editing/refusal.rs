//! Why a change was not made, as clients are told. Whoever gets here may read everything: nothing has to be kept from them.
use actix_web::http::StatusCode;

use crate::domain::precondition::Unmet;
use crate::http::ApiError;
use crate::http::change::wrong_document;
use crate::http::elsewhere::elsewhere;
use crate::http::problem::ProblemCode;
use crate::keys::types::Scope;
use crate::writing::WriteError;
use crate::writing::terms::ChangeError;

/// The problem, for somebody who holds this scope and asked for this path, with its query.
pub fn refusal(error: ChangeError, held: Scope, uri: &str) -> ApiError {
    match error {
        ChangeError::Missing(thing) => ApiError::NotFound(thing.as_str()),
        ChangeError::Moved(to) => ApiError::Moved(elsewhere(uri, &to)),
        ChangeError::Deleted(thing, reason) => {
            ApiError::gone(thing.as_str(), "was deleted", reason)
        }
        ChangeError::Unpermitted => ApiError::MissingScope {
            needed: Scope::Publish,
            held,
        },
        ChangeError::Unmet(thing, Unmet::Required { current }) => ApiError::Precondition {
            code: ProblemCode::PreconditionRequired,
            detail: format!(
                "the {thing} is there: send `If-Match: \"{current}\"` to change its revision {current}"
            ),
            current: Some(current),
        },
        ChangeError::Unmet(thing, Unmet::Failed { current }) => ApiError::Precondition {
            code: ProblemCode::PreconditionFailed,
            detail: match current {
                Some(current) => format!(
                    "the {thing} has the revision {current} by now: read it again, and change that"
                ),
                None => format!("there is no such {thing} yet: leave `If-Match` out to make it"),
            },
            current,
        },
        ChangeError::Clash(faults) => ApiError::Document {
            status: StatusCode::CONFLICT,
            code: ProblemCode::Conflict,
            faults,
        },
        ChangeError::NoRevision(_) => ApiError::NotFound("revision"),
        ChangeError::Write(WriteError::Faults(faults)) => wrong_document(faults),
        ChangeError::Write(WriteError::Database(error)) => error.into(),
    }
}
