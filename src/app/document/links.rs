//! The document's links: which answers lead to which requests, for readers and for tools that walk along them.
use serde_json::json;
use utoipa::openapi::Response;
use utoipa::openapi::link::Link;

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
];

/// Adds to the good answer of an operation where it leads.
pub fn add_links(operation: &str, response: &mut Response) {
    for (_, pointer, to, parameter) in LINKS.iter().filter(|(from, ..)| *from == operation) {
        let link = Link::builder()
            .operation_id(*to)
            .parameter(*parameter, json!(format!("$response.body#{pointer}")))
            .build();
        response.links.insert((*to).to_owned(), link.into());
    }
}
