//! What operations that read may answer with beside what they are for, as the document has it.
mod changes;
mod keys;

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

pub use changes::{
    AcceptProblems, AddProblems, ChangeProblems, CreateProblems, DeleteProblems, ExtractProblems,
    PreviewProblems, PutProblems, RestoreProblems, ReviewProblems, RevokeProblems,
};

pub use keys::{CreateKeyProblems, KeyListProblems, KeyProblems, RevokeKeyProblems};

use super::problem::MEDIA_TYPE;

/// The problems that every list may answer with, for the document.
pub struct ListProblems;

/// The problems that every single thing may answer with, for the document.
pub struct ItemProblems;

/// The problems that a list below a single thing may answer with, for the document.
pub struct NestedListProblems;

const NOT_MODIFIED: (u16, &str) = (304, "What the client has is what it would be answered");
const FAILED: (u16, &str) = (500, "The server failed: `internal`");
const BUSY: (u16, &str) = (
    503,
    "The database is busy, try again shortly: `database_busy`",
);
const WRONG_KEY: (u16, &str) = (
    401,
    "The key is none that is known, or not good any more: `invalid_key`; or it is missing, where a parameter takes one or the API is closed: `key_required`",
);
const WEAK_KEY: (u16, &str) = (
    403,
    "A parameter takes a key with a scope of at least read: `missing_scope`",
);
/// What may become of the thing that a path names.
const OF_A_THING: [(u16, &str); 3] = [
    (308, "It is found under its id: see `Location`"),
    (
        404,
        "There is no such thing, or it is not public: `not_found`",
    ),
    (
        410,
        "It was public once and is not any more, or was deleted: `gone`",
    ),
];
const WRONG_PARAMETER: (u16, &str) = (
    400,
    "A parameter is wrong: `invalid_parameter`, `unknown_parameter`, `repeated_parameter`",
);
const WRONG_PARAMETER_OR_CURSOR: (u16, &str) = (
    400,
    "A parameter is wrong: `invalid_parameter`, `unknown_parameter`, `repeated_parameter`, \
     `invalid_cursor`, `cursor_mismatch`",
);

impl IntoResponses for ListProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        documented(&[
            NOT_MODIFIED,
            WRONG_PARAMETER_OR_CURSOR,
            WRONG_KEY,
            WEAK_KEY,
            FAILED,
            BUSY,
        ])
    }
}

impl IntoResponses for ItemProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = documented(&OF_A_THING);
        responses.extend(documented(&[
            NOT_MODIFIED,
            WRONG_PARAMETER,
            WRONG_KEY,
            WEAK_KEY,
            FAILED,
            BUSY,
        ]));
        responses
    }
}

/// The problems of a thing that may be read by a preview, for the document.
pub struct PreviewedItemProblems;

impl IntoResponses for PreviewedItemProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = ItemProblems::responses();
        responses.extend(documented(&[(
            403,
            "A parameter takes a key with a scope of at least read: `missing_scope`; or the preview is none that is good for this article: `invalid_preview`",
        )]));
        responses
    }
}

impl IntoResponses for NestedListProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = documented(&OF_A_THING);
        responses.extend(ListProblems::responses());
        responses
    }
}

/// The problems of a list that editors alone may read, for the document.
pub struct EditorListProblems;

/// The problems of a thing that editors alone may read, for the document.
pub struct EditorItemProblems;

const NO_KEY: (u16, &str) = (
    401,
    "There is no key, or none that is good: `key_required`, `invalid_key`",
);
const NO_EDITOR: (u16, &str) = (
    403,
    "It takes a key with a scope of at least read: `missing_scope`",
);

impl IntoResponses for EditorListProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = NestedListProblems::responses();
        responses.extend(documented(&[NO_KEY, NO_EDITOR]));
        responses
    }
}

impl IntoResponses for EditorItemProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = ItemProblems::responses();
        responses.extend(documented(&[NO_KEY, NO_EDITOR]));
        responses
    }
}

/// The problems of the question whether the process lives, for the document.
pub struct LivenessProblems;

impl IntoResponses for LivenessProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        documented(&[WRONG_PARAMETER])
    }
}

/// The problems of the question whether the service is ready, for the document.
pub struct ReadinessProblems;

impl IntoResponses for ReadinessProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        documented(&[WRONG_PARAMETER, FAILED, BUSY])
    }
}

/// Responses by status: from 400 on they are problems.
pub fn documented(responses: &[(u16, &str)]) -> BTreeMap<String, RefOr<Response>> {
    let describe = |(status, description): &(u16, &str)| {
        let mut response = ResponseBuilder::new().description(*description);
        if *status >= 400 {
            let problem = ContentBuilder::new()
                .schema(Some(Ref::from_schema_name("Problem")))
                .build();
            response = response.content(MEDIA_TYPE, problem);
        }
        (status.to_string(), RefOr::T(response.build()))
    };
    responses.iter().map(describe).collect()
}

/// The problems of importing, for the document. What befalls it later, its last line tells.
pub struct ImportProblems;

impl IntoResponses for ImportProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        documented(&[
            WRONG_PARAMETER,
            NO_KEY,
            (403, "The key does not reach that far: `missing_scope`"),
            (
                415,
                "The body is not NDJSON by its type: `unsupported_media_type`",
            ),
            FAILED,
            (
                503,
                "The database is busy, or as many imports run as may; try again shortly: `database_busy`, `too_many_imports`",
            ),
        ])
    }
}
