//! The lists of the API, and what the battery of tests must know of each.
use isnad::domain::name_fold::fold;
use serde_json::Value;

use super::article::Article;

pub struct List {
    pub path: &'static str,
    /// The default first; none where there is one order only.
    pub sorts: &'static [&'static str],
    /// One that leaves some rows of the newsroom and takes some away.
    pub filter: &'static str,
    /// A mistyped filter, and what was meant.
    pub mistyped: (&'static str, &'static str),
    /// The member by which a row is told from others: its id, or the thing that it is about.
    pub key_member: &'static str,
    /// A field, mistyped and meant.
    pub field: (&'static str, &'static str),
    /// What must be stored for the list to be there and empty.
    pub empty: fn() -> Vec<Value>,
}

pub const ARTICLES: List = List {
    path: "/v1/articles",
    sorts: &["-published_at", "published_at", "-updated_at"],
    filter: "language=en",
    mistyped: ("langauge=en", "language"),
    key_member: "id",
    field: ("titel", "title"),
    empty: Vec::new,
};

pub const ARTICLE_STATEMENTS: List = List {
    path: "/v1/articles/piece-2/statements",
    sorts: &[],
    filter: "form=direct",
    mistyped: ("speakr=mayor", "speaker"),
    key_member: "id",
    field: ("qoute", "quote"),
    empty: || vec![Article::new("piece-2").line()],
};

pub const RELATED: List = List {
    path: "/v1/articles/piece-0/related",
    sorts: &[],
    filter: "language=en",
    mistyped: ("langage=en", "language"),
    key_member: "article",
    field: ("scor", "score"),
    empty: || vec![Article::new("piece-0").line()],
};

pub const STATEMENTS: List = List {
    path: "/v1/statements",
    sorts: &["-published_at", "-said_at", "said_at"],
    filter: "form=direct",
    mistyped: ("publishr=lantern", "publisher"),
    key_member: "id",
    field: ("anker", "anchor"),
    empty: Vec::new,
};

pub const SPEAKERS: List = List {
    path: "/v1/speakers",
    sorts: &["-statement_count", "name"],
    filter: "kind=person",
    mistyped: ("knd=person", "kind"),
    key_member: "id",
    field: ("nmae", "name"),
    empty: Vec::new,
};

pub const OUTLETS: List = List {
    path: "/v1/outlets",
    sorts: &["-article_count", "name"],
    filter: "language=en",
    mistyped: ("contry=XS", "country"),
    key_member: "id",
    field: ("countri", "country"),
    empty: Vec::new,
};

pub const TAGS: List = List {
    path: "/v1/tags",
    sorts: &["-article_count", "name"],
    filter: "kind=topic",
    mistyped: ("srot=name", "sort"),
    key_member: "id",
    field: ("kinds", "kind"),
    empty: Vec::new,
};

/// The lists that are there whatever is stored.
pub const EVERY: [&List; 7] = [
    &ARTICLES,
    &ARTICLE_STATEMENTS,
    &RELATED,
    &STATEMENTS,
    &SPEAKERS,
    &OUTLETS,
    &TAGS,
];

impl List {
    /// The list's address with some parameters.
    pub fn with(&self, parameters: &str) -> String {
        format!("{}?{parameters}", self.path)
    }

    /// Parameters for each order: none where there is but one.
    pub fn orders(&self) -> Vec<String> {
        match self.sorts {
            [] => vec![String::new()],
            sorts => sorts.iter().map(|sort| format!("sort={sort}&")).collect(),
        }
    }

    /// The path as the document has it.
    pub fn template(&self) -> String {
        let mut segments: Vec<&str> = self.path.split('/').collect();
        // Below a thing: `/v1/articles/piece-2/statements`.
        if let [_, _, _, key, _] = segments.as_mut_slice() {
            *key = "{article}";
        }
        segments.join("/")
    }

    /// By what rows of one sort key are in order.
    pub fn id<'a>(&self, row: &'a Value) -> &'a str {
        let key = &row[self.key_member];
        key.as_str().unwrap_or_else(|| key["id"].as_str().unwrap())
    }

    /// Whether the order falls, and what it goes by in a row, as text that sorts as it does.
    pub fn key(&self, order: &str, row: &Value) -> (bool, String) {
        let sort = order.trim_start_matches("sort=").trim_end_matches('&');
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let number = |value: &Value| format!("{:020}", value.as_i64().unwrap());
        let published = match &row["article"] {
            Value::Null => &row["published_at"],
            article => &article["published_at"],
        };
        let by = match sort.trim_start_matches('-') {
            "" if self.key_member == "article" => {
                return (true, format!("{:010.4}", row["score"].as_f64().unwrap()));
            }
            "" => number(&row["position"]),
            "published_at" => text(published),
            "updated_at" => text(&row["updated_at"]),
            "said_at" => match &row["said_at"] {
                Value::Null => text(published),
                said_at => text(said_at),
            },
            "name" => fold(&text(&row["name"])),
            count => number(&row[count]),
        };
        (sort.starts_with('-'), by)
    }
}

/// Runs each of these behaviours, functions of a list, as a test of every list.
macro_rules! on_every_list {
    ($($behaviour:ident),+ $(,)?) => { $(
        mod $behaviour {
            use crate::support::lists;
            #[test]
            fn of_articles() { super::$behaviour(&lists::ARTICLES) }
            #[test]
            fn of_an_article_s_statements() { super::$behaviour(&lists::ARTICLE_STATEMENTS) }
            #[test]
            fn of_related_articles() { super::$behaviour(&lists::RELATED) }
            #[test]
            fn of_statements() { super::$behaviour(&lists::STATEMENTS) }
            #[test]
            fn of_speakers() { super::$behaviour(&lists::SPEAKERS) }
            #[test]
            fn of_outlets() { super::$behaviour(&lists::OUTLETS) }
            #[test]
            fn of_tags() { super::$behaviour(&lists::TAGS) }
        }
    )+ };
}

pub(crate) use on_every_list;
