//! Times the first and the last page of every list, in each order, without a filter and with each single one, in process:
//! `cargo bench --bench pages -- STORE.db [STORE.db …]`.
//!
//! A store is made by `cargo bench --bench generate -- ARTICLES > articles.ndjson` and
//! `isnad import --database STORE.db articles.ndjson`. The two pages have twenty rows at most and are asked for in turn,
//! so that whatever else the machine does falls on both. A figure is the median of the rounds, in microseconds.
#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "the figures are what it is run for; and a JSON value has null where there is nothing"
)]

mod asking;

use std::process::ExitCode;

use actix_web::rt::System;
use actix_web::test::{TestRequest, init_service};
use asking::{Failure, time_both};
use isnad::app::{State, app};
use isnad::database::{Database, Use};
use isnad::domain::id::IdBytes;
use isnad::domain::page::{Cursor, ListIdentity, Place, Side, SortKey};
use isnad::http::parameters::Query;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

fn main() -> ExitCode {
    asking::each_store("pages", measure)
}

fn measure(store: &str) -> Result<(), Failure> {
    let database = Database::open(store, Use::EXISTING)?;
    System::new().block_on(async {
        let service = init_service(app(&State::new(database).with_cache(0))).await;
        let ask = async |uri: &str| {
            let request = TestRequest::get().uri(uri).to_request();
            asking::ask(&service, (uri, request)).await
        };
        println!("\n{store}: {}", ask("/v1/meta").await?["counts"]);
        println!("    first      last  ratio  list");
        let mut ratios = Vec::new();
        for list in lists(&ask).await? {
            if let Some((first, last)) = list.time(&ask).await? {
                let ratio = last / first;
                println!("{first:>9.0} {last:>9.0} {ratio:>6.2}  {}", list.spelled());
                ratios.push(ratio);
            }
        }
        ratios.sort_by(f64::total_cmp);
        let (middle, most) = (ratios.get(ratios.len() / 2), ratios.last());
        println!(
            "{} lists; the last page takes {:.2} times as long as the first in the middle, {:.2} at most",
            ratios.len(),
            middle.unwrap_or(&f64::NAN),
            most.unwrap_or(&f64::NAN),
        );
        Ok(())
    })
}

/// A list in one order, with one filter at most.
struct List {
    path: String,
    sort: &'static str,
    filter: Option<(&'static str, String)>,
}

/// Every list there is, in every order, with every filter: by name with what most things have and with what few have.
async fn lists(ask: &impl AsyncFn(&str) -> Result<Value, Failure>) -> Result<Vec<List>, Failure> {
    let named = async |uri: &str| -> Result<Vec<String>, Failure> {
        let most = ask(&format!("{uri}?limit=1")).await?;
        // Those that a few pages of things have: ranked far down, and not at the very end.
        let ranked = ask(&format!("{uri}?limit=100")).await?;
        let rare = ranked["data"].as_array().and_then(|rows| rows.last());
        let slug = |row: &Value| row["slug"].as_str().map(str::to_owned);
        Ok([Some(&most["data"][0]), rare]
            .into_iter()
            .flatten()
            .filter_map(slug)
            .collect())
    };
    let (tags, outlets, speakers) = (
        named("/v1/tags").await?,
        named("/v1/outlets").await?,
        named("/v1/speakers").await?,
    );
    let text = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    // The second year of the store and its last one begin then.
    let ends = async |sort: &str| -> Result<i32, Failure> {
        let article = ask(&format!("/v1/articles?limit=1&sort={sort}")).await?;
        let published = article["data"][0]["published_at"].as_str();
        let year = published.and_then(|at| at.get(..4)).ok_or("no articles")?;
        Ok(year.parse()?)
    };
    let (first, last) = (ends("published_at").await?, ends("-published_at").await?);
    let moments = vec![format!("{}-01-01", first + 1), format!("{last}-01-01")];
    let of_articles: Vec<(&'static str, Vec<String>)> = vec![
        ("tag", tags.clone()),
        ("tag_any", tags.clone()),
        ("tag_not", tags.clone()),
        ("outlet", outlets.clone()),
        ("speaker", speakers.clone()),
        ("via", speakers.clone()),
        ("language", text(&["ar", "fr"])),
        ("published_from", moments.clone()),
        ("published_to", moments.clone()),
        ("updated_since", moments.clone()),
        ("has_statements", text(&["true", "false"])),
    ];
    let of_statements: Vec<(&'static str, Vec<String>)> = vec![
        ("speaker", speakers.clone()),
        ("outlet", outlets.clone()),
        ("publisher", outlets),
        ("via", speakers.clone()),
        ("tag", tags),
        ("form", text(&["direct", "mixed"])),
        ("anonymous", text(&["true", "false"])),
        ("language", text(&["ar", "fr"])),
        ("said_from", moments.clone()),
        ("said_to", moments.clone()),
        ("published_from", moments.clone()),
        ("published_to", moments),
    ];
    let newest = ask("/v1/articles?limit=1").await?;
    let newest = newest["data"][0]["id"].as_str().ok_or("no articles")?;
    let of_names = |kind: &str| vec![("kind", text(&[kind])), ("q", text(&["a", "ال"]))];
    let every = [
        (
            "/v1/articles".to_owned(),
            vec!["-published_at", "published_at", "-updated_at"],
            of_articles,
        ),
        (
            "/v1/statements".to_owned(),
            vec!["-published_at", "-said_at", "said_at"],
            of_statements,
        ),
        (
            format!("/v1/articles/{newest}/statements"),
            vec!["position"],
            vec![("form", text(&["direct"]))],
        ),
        (
            format!("/v1/articles/{newest}/related"),
            vec!["-score"],
            vec![("language", text(&["ar", "fr"]))],
        ),
        (
            "/v1/speakers".to_owned(),
            vec!["-statement_count", "name"],
            of_names("person"),
        ),
        (
            "/v1/outlets".to_owned(),
            vec!["-article_count", "name"],
            vec![("language", text(&["ar"])), ("q", text(&["a", "ال"]))],
        ),
        (
            "/v1/tags".to_owned(),
            vec!["-article_count", "name"],
            of_names("topic"),
        ),
    ];
    let mut lists = Vec::new();
    for (path, sorts, filters) in every {
        for sort in sorts {
            let one = |filter| List {
                path: path.clone(),
                sort,
                filter,
            };
            lists.push(one(None));
            for (name, values) in &filters {
                let values = values.iter().cloned();
                lists.extend(values.map(|value| one(Some((*name, value)))));
            }
        }
    }
    Ok(lists)
}

impl List {
    fn pairs(&self) -> Vec<(String, String)> {
        let filter = self.filter.iter();
        let filter = filter.map(|(name, value)| ((*name).to_owned(), value.clone()));
        filter.collect()
    }

    /// The list's address, at a cursor.
    fn at(&self, cursor: Option<&str>) -> String {
        let mut pairs = self.pairs();
        if !["position", "-score"].contains(&self.sort) {
            pairs.push(("sort".to_owned(), self.sort.to_owned()));
        }
        pairs.extend(cursor.map(|cursor| ("cursor".to_owned(), cursor.to_owned())));
        let pair = |(name, value): &(String, String)| {
            format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC))
        };
        let query: Vec<String> = pairs.iter().map(pair).collect();
        format!("{}?{}", self.path, query.join("&"))
    }

    fn spelled(&self) -> String {
        let filter = self.filter.as_ref();
        let filter = filter.map(|(name, value)| format!(" {name}={value}"));
        format!("{} {}{}", self.path, self.sort, filter.unwrap_or_default())
    }

    /// The address of the last page, as reading on would come to it; None where the first is the last.
    async fn last(
        &self,
        ask: &impl AsyncFn(&str) -> Result<Value, Failure>,
    ) -> Result<Option<String>, Failure> {
        // From a place beyond the end: one page back, another, and on by one.
        let falls = self.sort.starts_with('-');
        let key = match (self.sort, falls) {
            ("name", _) => SortKey::Text(char::MAX.to_string()),
            (_, true) => SortKey::Number(i64::MIN),
            (_, false) => SortKey::Number(i64::MAX),
        };
        let id = IdBytes([if falls { 0 } else { 0xff }; 16]).into();
        let beyond = Cursor {
            side: Side::Before,
            place: Place { key, id },
        };
        let query = Query {
            path: self.path.clone(),
            pairs: self.pairs(),
        };
        let beyond = beyond.encode(ListIdentity::of(&query.list(self.sort)));
        let end = ask(&self.at(Some(&beyond))).await?;
        let Some(before) = end["page"]["prev"].as_str() else {
            return Ok(None);
        };
        let before = ask(&self.at(Some(before))).await?;
        let next = before["page"]["next"].as_str().ok_or("no way on")?;
        let last = self.at(Some(next));
        let page = ask(&last).await?;
        if page["data"] != end["data"] || !page["page"]["next"].is_null() {
            return Err(format!("{last} is not the last page").into());
        }
        Ok(Some(last))
    }

    /// How long the first and the last page take.
    async fn time(
        &self,
        ask: &impl AsyncFn(&str) -> Result<Value, Failure>,
    ) -> Result<Option<(f64, f64)>, Failure> {
        let first = self.at(None);
        let Some(last) = self.last(ask).await? else {
            return Ok(None);
        };
        Ok(Some(time_both(ask, &first, &last).await?))
    }
}
