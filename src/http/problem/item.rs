//! One thing wrong, as it is listed in a problem.
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::fault::Fault;

/// One thing wrong with a request.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProblemItem {
    /// The parameter that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000, example = "limit")]
    pub parameter: Option<String>,
    /// Where in the body it is wrong, as a JSON pointer (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000)]
    pub pointer: Option<String>,
    /// What is wrong, for a program.
    #[schema(max_length = 100, example = "invalid_parameter")]
    pub code: String,
    /// What is wrong, and what to do.
    #[schema(max_length = 4000, example = "must be a whole number from 1 to 100")]
    pub detail: String,
}

/// How many errors one problem lists.
const MOST_ERRORS: usize = 1000;

impl ProblemItem {
    /// As many as one answer lists.
    pub fn of_all(faults: &[Fault]) -> Vec<Self> {
        faults.iter().take(MOST_ERRORS).map(Self::of).collect()
    }

    fn of(fault: &Fault) -> Self {
        Self {
            parameter: None,
            pointer: Some(bounded_pointer(&fault.pointer).to_owned()),
            code: fault.code.to_owned(),
            detail: bounded(&fault.detail),
        }
    }
}

/// A pointer within its bound: one that is longer, through a member that the client made up, ends above that.
fn bounded_pointer(pointer: &str) -> &str {
    const BOUND: usize = 1000;
    let mut pointer = pointer;
    while pointer.chars().count() > BOUND {
        pointer = pointer.rsplit_once('/').map_or("", |(above, _)| above);
    }
    pointer
}

pub(super) fn bounded(detail: &str) -> String {
    const BOUND: usize = 4000;
    match detail.char_indices().nth(BOUND - 1) {
        Some((at, _)) => format!("{}…", detail.get(..at).unwrap_or_default()),
        None => detail.to_owned(),
    }
}
