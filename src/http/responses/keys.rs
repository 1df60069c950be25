//! What operations on keys may answer with beside what they are for, as the document has it.
use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::{RefOr, Response};

use super::{BUSY, FAILED, NO_KEY, NOT_MODIFIED, WRONG_PARAMETER, documented};

/// Who may not manage keys.
const NO_ADMIN: (u16, &str) = (
    403,
    "The key does not have the scope admin: `missing_scope`",
);
const NO_SUCH_KEY: (u16, &str) = (404, "There is no such key: `not_found`");

/// The problems of listing keys, for the document.
pub struct KeyListProblems;

impl IntoResponses for KeyListProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = documented(&[NO_KEY, NO_ADMIN]);
        responses.extend(documented(&[NOT_MODIFIED, WRONG_PARAMETER, FAILED, BUSY]));
        responses
    }
}

/// The problems of reading a key, for the document.
pub struct KeyProblems;

impl IntoResponses for KeyProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = KeyListProblems::responses();
        responses.extend(documented(&[NO_SUCH_KEY]));
        responses
    }
}

/// The problems of making a key, for the document.
pub struct CreateKeyProblems;

impl IntoResponses for CreateKeyProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = documented(&[NO_KEY, NO_ADMIN]);
        responses.extend(documented(&[
            (
                400,
                "The request is wrong: `invalid_parameter`, `unknown_parameter`, `repeated_parameter`, \
                 `invalid_request`, `invalid_json`",
            ),
            (408, "The body took too long to arrive: `request_timeout`"),
            (409, "Another key has the name: `conflict`"),
            (413, "The body is too large: `payload_too_large`"),
            (
                415,
                "The body is not JSON by its type: `unsupported_media_type`",
            ),
            (422, "No such key can be made: `invalid_document`"),
            FAILED,
            BUSY,
        ]));
        responses
    }
}

/// The problems of revoking a key, for the document.
pub struct RevokeKeyProblems;

impl IntoResponses for RevokeKeyProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = documented(&[NO_KEY, NO_ADMIN]);
        responses.extend(documented(&[
            WRONG_PARAMETER,
            NO_SUCH_KEY,
            (
                409,
                "It is the last good key with the scope admin: `conflict`",
            ),
            FAILED,
            BUSY,
        ]));
        responses
    }
}
