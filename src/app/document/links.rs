//! The document's links: which answers lead to which requests, for readers and for tools that walk along them.
use serde_json::{Value, json};
use utoipa::openapi::Response;
use utoipa::openapi::link::{Link, LinkBuilder};

/// An answer of the first operation names a thing under a JSON pointer; the second operation takes it as its parameter.
const LINKS: &[(&str, &str, &str, &str)] = &[
    ("list_articles", "/data/0/id", "get_article", "article"),
    (
        "list_articles",
        "/data/0/id",
        "list_article_statements",
        "article",
    ),
    (
        "list_articles",
        "/data/0/id",
        "list_related_articles",
        "article",
    ),
    ("get_article", "/id", "list_article_statements", "article"),
    ("get_article", "/id", "list_related_articles", "article"),
    ("get_article", "/outlet/id", "get_outlet", "outlet"),
    (
        "list_article_statements",
        "/data/0/id",
        "get_statement",
        "statement",
    ),
    (
        "list_related_articles",
        "/data/0/article/id",
        "get_article",
        "article",
    ),
    (
        "list_statements",
        "/data/0/id",
        "get_statement",
        "statement",
    ),
    ("get_statement", "/article/id", "get_article", "article"),
    ("get_statement", "/publisher/id", "get_outlet", "outlet"),
    ("list_speakers", "/data/0/id", "get_speaker", "speaker"),
    (
        "list_speakers",
        "/data/0/id",
        "get_speaker_timeline",
        "speaker",
    ),
    ("get_speaker", "/id", "get_speaker_timeline", "speaker"),
    ("list_outlets", "/data/0/id", "get_outlet", "outlet"),
    ("list_tags", "/data/0/id", "get_tag", "tag"),
    (
        "get_suggestions",
        "/speakers/0/id",
        "get_speaker",
        "speaker",
    ),
    ("get_suggestions", "/outlets/0/id", "get_outlet", "outlet"),
    ("get_suggestions", "/tags/0/id", "get_tag", "tag"),
    (
        "get_suggestions",
        "/articles/0/id",
        "get_article",
        "article",
    ),
    ("list_keys", "/data/0/prefix", "get_key", "key"),
    ("create_key", "/prefix", "get_key", "key"),
    ("create_key", "/prefix", "revoke_key", "key"),
];

/// What was written names itself under `/id`, and its `ETag` lets it be changed.
const WRITTEN: &[(&[&str], &str, &[&str])] = &[
    (
        &["create_article", "put_article", "patch_article"],
        "article",
        &[
            "get_article",
            "patch_article",
            "delete_article",
            "create_statement",
            "accept_article_statements",
            "create_preview",
            "list_revisions",
            "get_revision",
            "restore_article",
        ],
    ),
    (
        &["create_statement", "patch_statement", "accept_statement"],
        "statement",
        &["get_statement", "patch_statement", "delete_statement"],
    ),
    // As in the examples: of what was sent back to be reviewed.
    (
        &["patch_statement"],
        "statement",
        &["accept_statement", "reject_statement"],
    ),
    (
        &["reject_statement"],
        "statement",
        &["get_statement", "accept_statement", "delete_statement"],
    ),
    (
        &["create_speaker", "put_speaker", "patch_speaker"],
        "speaker",
        &[
            "get_speaker",
            "patch_speaker",
            "delete_speaker",
            "merge_speaker",
        ],
    ),
    (
        &["create_outlet", "put_outlet", "patch_outlet"],
        "outlet",
        &[
            "get_outlet",
            "patch_outlet",
            "delete_outlet",
            "merge_outlet",
        ],
    ),
    (
        &["create_tag", "put_tag", "patch_tag"],
        "tag",
        &["get_tag", "patch_tag", "delete_tag", "merge_tag"],
    ),
];

/// A preview is read by its token and taken back by its id, both at its article.
const PREVIEWED: &[(&str, &str, &str)] = &[
    ("get_article", "preview", "/token"),
    ("delete_preview", "preview", "/id"),
];

/// Adds to the good answer of an operation where it leads.
pub fn add_links(operation: &str, response: &mut Response) {
    for (_, pointer, to, parameter) in LINKS.iter().filter(|(from, ..)| *from == operation) {
        add(response, to, taking(to, parameter, pointer));
    }
    let written = WRITTEN
        .iter()
        .filter(|(from, ..)| from.contains(&operation));
    for (_, parameter, targets) in written {
        for to in *targets {
            add(
                response,
                to,
                after_a_write(to, taking(to, parameter, "/id")),
            );
        }
    }
    if operation == "create_preview" {
        for (to, parameter, pointer) in PREVIEWED {
            let at_its_article = taking(to, "article", "/article/id");
            add(
                response,
                to,
                at_its_article.parameter(*parameter, body(pointer)),
            );
        }
    }
}

fn add(response: &mut Response, to: &str, link: LinkBuilder) {
    response.links.insert(to.to_owned(), link.build().into());
}

/// A link to an operation that takes from the answer's body what one of its parameters is.
fn taking(to: &str, parameter: &str, pointer: &str) -> LinkBuilder {
    let link = Link::builder().operation_id(to);
    link.parameter(parameter, body(pointer))
}

fn body(pointer: &str) -> Value {
    json!(format!("$response.body#{pointer}"))
}

/// What else an operation takes of what was just written.
fn after_a_write(to: &str, link: LinkBuilder) -> LinkBuilder {
    let link = if to.ends_with("_revision") || to == "restore_article" {
        link.parameter("revision", body("/revision"))
    } else {
        link
    };
    let (verb, _) = to.split_once('_').unwrap_or_default();
    if ["patch", "delete", "restore", "accept", "reject"].contains(&verb) {
        link.parameter("If-Match", json!("$response.header.ETag"))
    } else {
        link
    }
}
