//! What operations that change something may answer with beside what they are for, as the document has it.
use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::{RefOr, Response};

use super::{BUSY, FAILED, NO_KEY, documented};

/// The problems of making a thing, for the document.
pub struct CreateProblems;

/// The problems of making a thing within another, for the document.
pub struct AddProblems;

/// The problems of writing a thing under its id, for the document.
pub struct PutProblems;

/// The problems of going back to a former state of a thing, for the document.
pub struct RestoreProblems;

/// The problems of accepting or rejecting a statement, for the document.
pub struct ReviewProblems;

/// The problems of accepting whatever an article has, for the document.
pub struct AcceptProblems;

/// The problems of changing a thing that is there, for the document.
pub struct ChangeProblems;

/// The problems of making a preview of a thing, for the document.
pub struct PreviewProblems;

/// The problems of extracting statements from a text, for the document.
pub struct ExtractProblems;

/// The problems of revoking one, for the document.
pub struct RevokeProblems;

/// The problems of deleting a thing, for the document.
pub struct DeleteProblems;

/// What every change may meet.
const OF_ALL: [(u16, &str); 5] = [
    (
        400,
        "The request is wrong: `invalid_parameter`, `unknown_parameter`, `repeated_parameter`, `invalid_request`, \
         `invalid_json`",
    ),
    NO_KEY,
    (403, "The key does not reach that far: `missing_scope`"),
    FAILED,
    BUSY,
];

/// What a document that is sent may meet.
const OF_A_BODY: [(u16, &str); 4] = [
    (408, "The body took too long to arrive: `request_timeout`"),
    (413, "The body is too large: `payload_too_large`"),
    (
        415,
        "The body is not JSON by its type: `unsupported_media_type`",
    ),
    (422, "The document cannot be stored: `invalid_document`"),
];

/// What a request that is to be done once may meet.
const ONCE: [(u16, &str); 2] = [
    (
        409,
        "Another thing has an id, slug, name or reference of it, or it is in use: `conflict`; or the same request is being done: `idempotency_conflict`",
    ),
    (
        422,
        "The document cannot be stored: `invalid_document`; or the Idempotency-Key came with another body before: `idempotency_mismatch`",
    ),
];

const PURGED: (u16, &str) = (410, "What the same request made before was purged: `gone`");

const REVIEWED: (u16, &str) = (
    409,
    "The statement was published or retracted before: `conflict`; or the same request is being done: `idempotency_conflict`",
);

const CLASH: (u16, &str) = (
    409,
    "Another thing has an id, slug, name or reference of it, or it is in use: `conflict`",
);

/// What may become of the thing that a path names.
const OF_A_THING: [(u16, &str); 3] = [
    (308, "It is found under its id: see `Location`"),
    (404, "There is no such thing: `not_found`"),
    GONE,
];

const GONE: (u16, &str) = (410, "It was deleted, and is never revived: `gone`");

/// What a change of something may meet, that has a revision.
const OF_A_REVISION: [(u16, &str); 2] = [
    (
        412,
        "It has another revision than the request names: `precondition_failed`",
    ),
    (
        428,
        "It is there, and the request does not say which revision it changes: `precondition_required`",
    ),
];

macro_rules! problems {
    ($($of:ident: $($responses:expr),+;)+) => {
        $(impl IntoResponses for $of {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                let mut responses = BTreeMap::new();
                $(responses.extend(documented(&$responses));)+
                responses
            }
        })+
    };
}

problems! {
    CreateProblems: OF_ALL, OF_A_BODY, ONCE, [PURGED];
    AddProblems: OF_ALL, OF_A_BODY, ONCE, OF_A_THING;
    PutProblems: OF_ALL, OF_A_BODY, [CLASH, GONE], OF_A_REVISION;
    ExtractProblems: OF_ALL, OF_A_BODY;
    PreviewProblems: OF_ALL, OF_A_BODY, OF_A_THING;
    RevokeProblems: OF_ALL, OF_A_THING;
    RestoreProblems: OF_ALL, ONCE, OF_A_THING, OF_A_REVISION;
    ReviewProblems: OF_ALL, OF_A_BODY, ONCE, [REVIEWED], OF_A_THING, OF_A_REVISION;
    AcceptProblems: OF_ALL, ONCE, OF_A_THING, OF_A_REVISION;
    ChangeProblems: OF_ALL, OF_A_BODY, [CLASH], OF_A_THING, OF_A_REVISION;
    DeleteProblems: OF_ALL, [CLASH], OF_A_THING, OF_A_REVISION;
}
