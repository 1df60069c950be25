//! Times searches in a store, in process: `cargo bench --bench search -- STORE.db [STORE.db …]`; a store is made as for `pages`.
//!
//! Words are taken out of the store's own articles by how many of them have each: of medium frequency are those that 0.1 to 1 % have,
//! common the one that most have. A figure is the median of the rounds, in milliseconds: of the first page, and of the fiftieth
//! by cursor. At the end the best twenty by SQLite's own bm25 on the same index, without their documents, beside the first page.
#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "the figures are what it is run for; and a JSON value has null where there is nothing"
)]

mod asking;

use std::collections::HashMap;
use std::process::ExitCode;
use std::time::Instant;

use actix_web::rt::System;
use actix_web::test::{TestRequest, init_service};
use asking::{Failure, time_both};
use isnad::app::{State, app};
use isnad::database::{Database, Use};
use isnad::search::Kind;
use isnad::search::analysis::{Language, analyse};
use isnad::search::matching::Matching;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// So many of the newest articles are read for their words.
const READ: usize = 100;
/// So many words of medium frequency are asked for.
const WORDS: usize = 5;
/// Rounds in which bm25 is measured beside a search.
const BESIDE: usize = 21;
/// The page that is read beside the first.
const PAGE: usize = 50;

fn main() -> ExitCode {
    asking::each_store("search", measure)
}

fn measure(store: &str) -> Result<(), Failure> {
    let database = Database::open(store, Use::EXISTING)?;
    System::new().block_on(async {
        let service = init_service(app(&State::new(database).with_cache(0))).await;
        let ask = async |uri: &str| {
            let request = TestRequest::get().uri(uri).to_request();
            asking::ask(&service, (uri, request)).await
        };
        let counts = ask("/v1/meta").await?["counts"].clone();
        println!("\n{store}: {counts}");
        let texts = texts(&ask).await?;
        println!("analyser: {:.1} million words a second", rate(&texts));
        let articles = counts["articles"].as_u64().ok_or("no articles")?;
        let words = Words::of(&texts, articles, &ask).await?;
        println!("    first       50th  hits  search");
        for (named, uri) in words.searches() {
            let total = ask(&format!("{uri}&count=true&limit=1")).await?["page"]["total"].clone();
            let far = far(&uri, &ask).await?;
            let (first, last) = time_both(&ask, &uri, far.as_ref().unwrap_or(&uri)).await?;
            let last = far.map_or_else(|| "-".to_owned(), |_| format!("{:.2}", last / 1e3));
            println!("{:>9.2} {last:>10} {total:>5}  {named}", first / 1e3);
        }
        for (named, uri) in words.others() {
            let (time, _) = time_both(&ask, &uri, &uri).await?;
            println!("{:>9.2} {:>10} {:>5}  {named}", time / 1e3, "", "");
        }
        let bare = rusqlite::Connection::open(store)?;
        bare.pragma_update(None, "mmap_size", 1_i64 << 34)?;
        println!("    first       bm25  to it  search");
        for word in words.medium.iter().chain([&words.common]) {
            let (ours, its) = beside_bm25(&bare, word, &ask).await?;
            println!("{ours:>9.2} {its:>10.2} {:>6.2}  `{word}`", ours / its);
        }
        Ok(())
    })
}

/// How long the first page of a search takes, and how long the best twenty by bm25, in milliseconds.
async fn beside_bm25(
    bare: &rusqlite::Connection,
    word: &str,
    ask: &impl AsyncFn(&str) -> Result<Value, Failure>,
) -> Result<(f64, f64), Failure> {
    let uri = articles_with(word);
    let terms = Matching::of(word, false).to_fts5(Kind::Article, None);
    let mut best = bare.prepare(
        "SELECT rowid FROM article_terms WHERE article_terms MATCH ? ORDER BY bm25(article_terms) LIMIT 20",
    )?;
    let (mut ours, mut its) = (Vec::new(), Vec::new());
    for _ in 0..BESIDE {
        let started = Instant::now();
        ask(&uri).await?;
        ours.push(started.elapsed().as_secs_f64() * 1e3);
        let started = Instant::now();
        let found: Vec<i64> = best
            .query_map([&terms], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        its.push(started.elapsed().as_secs_f64() * 1e3);
        if found.is_empty() {
            return Err(format!("bm25 finds nothing for {terms}").into());
        }
    }
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times.get(BESIDE / 2).copied().unwrap_or(f64::NAN)
    };
    Ok((median(ours), median(its)))
}

/// The paragraphs of the newest articles.
async fn texts(ask: &impl AsyncFn(&str) -> Result<Value, Failure>) -> Result<Vec<String>, Failure> {
    let page = ask(&format!(
        "/v1/articles?limit={READ}&include=body&language=ar"
    ))
    .await?;
    let articles = page["data"].as_array().ok_or("no articles")?;
    let text = |article: &Value| {
        let blocks = article["body"].as_array().into_iter().flatten();
        let texts: Vec<&str> = blocks.filter_map(|block| block["text"].as_str()).collect();
        texts.join("\n")
    };
    Ok(articles.iter().map(text).collect())
}

/// How many million words of some texts are analysed in a second; the most of several runs.
fn rate(texts: &[String]) -> f64 {
    let run = || {
        let started = Instant::now();
        let mut words: u32 = 0;
        for text in texts {
            analyse(text, Language::Other, |_| words += 1);
        }
        f64::from(words) / started.elapsed().as_secs_f64() / 1e6
    };
    (0..20).map(|_| run()).fold(0.0, f64::max)
}

/// Words of a store by how many articles have them.
struct Words {
    medium: Vec<String>,
    common: String,
    /// Two words side by side.
    phrase: String,
}

impl Words {
    async fn of(
        texts: &[String],
        articles: u64,
        ask: &impl AsyncFn(&str) -> Result<Value, Failure>,
    ) -> Result<Self, Failure> {
        let mut having: HashMap<&str, usize> = HashMap::new();
        for text in texts {
            let mut words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
            words.sort_unstable();
            words.dedup();
            for word in words.into_iter().filter(|word| word.chars().count() > 2) {
                *having.entry(word).or_default() += 1;
            }
        }
        let mut words: Vec<(usize, &str)> = having.into_iter().map(|(w, n)| (n, w)).collect();
        words.sort_unstable();
        let common = words.last().ok_or("no words")?.1.to_owned();
        let mut medium = Vec::new();
        for (_, word) in &words {
            let page = ask(&format!("{}&count=true&limit=1", articles_with(word))).await?;
            let hits = page["page"]["total"].as_u64().unwrap_or_default();
            if (articles / 1_000..=articles / 100).contains(&hits) {
                medium.push((*word).to_owned());
            }
            if medium.len() == WORDS {
                break;
            }
        }
        let phrase = |text: &String| {
            let sentence = text.split(['.', '،', ',']).next()?;
            let mut words = sentence.split_whitespace();
            Some(format!("\"{} {}\"", words.next()?, words.next()?))
        };
        let phrase = texts.iter().find_map(phrase).ok_or("no phrase")?;
        Ok(Self {
            medium,
            common,
            phrase,
        })
    }

    /// Searches of which pages are read.
    fn searches(&self) -> Vec<(String, String)> {
        let mut searches = Vec::new();
        let mut add = |what: &str, uri: String| {
            searches.push((format!("{what}, articles"), uri.clone()));
            let of_statements = uri.replacen("/articles", "/statements", 1);
            searches.push((format!("{what}, statements"), of_statements));
        };
        for word in &self.medium {
            add("a word of medium frequency", articles_with(word));
        }
        let medium = self.medium.first().unwrap_or(&self.common);
        let both = format!("{medium} {}", self.common);
        add("a common word", articles_with(&self.common));
        add(
            "a common word, newest first",
            articles_with(&self.common) + "&sort=-published_at",
        );
        add(
            "a word of medium frequency and a common one",
            articles_with(&both),
        );
        add("a phrase", articles_with(&self.phrase));
        add(
            "a common word, in French",
            articles_with(&self.common) + "&language=fr",
        );
        add(
            "a common word, highlighted",
            articles_with(&self.common) + "&highlight=true",
        );
        searches
    }

    fn others(&self) -> Vec<(&'static str, String)> {
        let medium = self.medium.first().unwrap_or(&self.common);
        let beginning: String = medium.chars().take(3).collect();
        let slip: String = medium.chars().chain(['ظ']).collect();
        let encoded = utf8_percent_encode(&beginning, NON_ALPHANUMERIC);
        vec![
            (
                "counted, common",
                articles_with(&self.common) + "&count=true",
            ),
            (
                "facets of a medium word: tag",
                articles_with(medium) + "&facet=tag",
            ),
            (
                "facets of a common word: tag",
                articles_with(&self.common) + "&facet=tag",
            ),
            (
                "facets of a common word: all",
                articles_with(&self.common) + "&facet=tag,speaker,outlet,language,month",
            ),
            (
                "three letters, unfinished",
                articles_with(&beginning) + "&prefix=true",
            ),
            (
                "three letters, suggestions",
                format!("/v1/suggest?q={encoded}"),
            ),
            ("nothing found: what was meant", articles_with(&slip)),
        ]
    }
}

fn articles_with(words: &str) -> String {
    format!(
        "/v1/articles?q={}",
        utf8_percent_encode(words, NON_ALPHANUMERIC)
    )
}

/// The address of a page far behind the first; None where there are not so many.
async fn far(
    first: &str,
    ask: &impl AsyncFn(&str) -> Result<Value, Failure>,
) -> Result<Option<String>, Failure> {
    let mut uri = first.to_owned();
    for _ in 1..PAGE {
        let page = ask(&uri).await?;
        let Some(next) = page["page"]["next"].as_str() else {
            return Ok(None);
        };
        uri = format!("{first}&cursor={next}");
    }
    Ok(Some(uri))
}
