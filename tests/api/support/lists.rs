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
    field: ("titel", "title"),
    empty: Vec::new,
};

pub const ARTICLE_STATEMENTS: List = List {
    path: "/v1/articles/piece-2/statements",
    sorts: &[],
    filter: "form=direct",
    mistyped: ("speakr=mayor", "speaker"),
    field: ("qoute", "quote"),
    empty: || vec![Article::new("piece-2").line()],
};

pub const STATEMENTS: List = List {
    path: "/v1/statements",
    sorts: &["-published_at", "-said_at", "said_at"],
    filter: "form=direct",
    mistyped: ("publishr=lantern", "publisher"),
    field: ("anker", "anchor"),
    empty: Vec::new,
};

pub const SPEAKERS: List = List {
    path: "/v1/speakers",
    sorts: &["-statement_count", "name"],
    filter: "kind=person",
    mistyped: ("knd=person", "kind"),
    field: ("nmae", "name"),
    empty: Vec::new,
};

pub const OUTLETS: List = List {
    path: "/v1/outlets",
    sorts: &["-article_count", "name"],
    filter: "language=en",
    mistyped: ("contry=XS", "country"),
    field: ("countri", "country"),
    empty: Vec::new,
};

pub const TAGS: List = List {
    path: "/v1/tags",
    sorts: &["-article_count", "name"],
    filter: "kind=topic",
    mistyped: ("srot=name", "sort"),
    field: ("kinds", "kind"),
    empty: Vec::new,
};

/// The lists that are there whatever is stored.
pub const EVERY: [&List; 6] = [
    &ARTICLES,
    &ARTICLE_STATEMENTS,
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
