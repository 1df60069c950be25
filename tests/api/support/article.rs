//! Articles, statements and records in the write shape, invented for the tests.
use serde_json::{Map, Value, json};

/// An article that is being put together.
#[derive(Debug, Clone)]
pub struct Article(Map<String, Value>);

impl Article {
    /// A published article of a slug, about nothing much.
    pub fn new(slug: &str) -> Self {
        let Value::Object(members) = json!({
            "slug": slug,
            "language": "en",
            "title": format!("Title of {slug}"),
            "text": "The ferry left the island of Sarmila at dawn, with two goats aboard.",
            "outlet": {"name": "The Sarmila Lantern"},
            "status": "published",
            "published_at": "2026-03-01T08:00:00Z",
            "statements": [],
        }) else {
            unreachable!()
        };
        Self(members)
    }

    /// With a member, whatever stood there.
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.0.insert(member.to_owned(), value.into());
        self
    }

    pub fn without(mut self, member: &str) -> Self {
        self.0.remove(member);
        self
    }

    /// With paragraphs for a body.
    pub fn paragraphs(self, paragraphs: &[&str]) -> Self {
        let block = |text: &&str| json!({"type": "paragraph", "text": text});
        let body: Vec<Value> = paragraphs.iter().map(block).collect();
        self.without("text").with("body", body)
    }

    pub fn tags(self, names: &[&str]) -> Self {
        let tags: Vec<Value> = names.iter().map(|name| json!({"name": name})).collect();
        self.with("tags", tags)
    }

    pub fn published(self, at: &str) -> Self {
        self.with("published_at", at)
    }

    pub fn draft(self) -> Self {
        self.with("status", "draft").without("published_at")
    }

    /// With one statement more.
    pub fn statement(mut self, statement: Value) -> Self {
        let statements = self.0.entry("statements").or_insert(json!([]));
        statements.as_array_mut().unwrap().push(statement);
        self
    }

    pub fn line(self) -> Value {
        Value::Object(self.0)
    }
}

impl From<Article> for Value {
    fn from(article: Article) -> Self {
        article.line()
    }
}

/// A statement in somebody's own words.
pub fn quote(words: &str, by: &str) -> Value {
    json!({"quote": words, "form": "direct", "speaker": {"name": by}})
}

/// A statement of a source without a name.
pub fn anonymous(words: &str, label: &str) -> Value {
    json!({"quote": words, "form": "indirect", "anonymous": {"label": label}})
}

pub fn speaker(slug: &str, name: &str) -> Value {
    json!({"type": "speaker", "slug": slug, "name": name})
}

pub fn outlet(slug: &str, name: &str) -> Value {
    json!({"type": "outlet", "slug": slug, "name": name})
}

pub fn tag(slug: &str, name: &str) -> Value {
    json!({"type": "tag", "slug": slug, "name": name})
}

/// The `number`-th id of the tests.
pub fn id(number: u32) -> String {
    format!("0198c1a0-5b7e-7c3a-9d51-{number:012}")
}

/// An object with one member more or another value in it.
pub fn and(object: &Value, member: &str, value: impl Into<Value>) -> Value {
    let mut object = object.clone();
    object[member] = value.into();
    object
}
