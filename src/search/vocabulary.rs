//! The words that things have, for whoever has typed but the beginning of one.
use diesel::prelude::*;
use serde::{Serialize, Serializer};

use super::matching::Matching;
use crate::database::prepared::{Prepared, Value};
use crate::database::schema::search_words;
use crate::database::{Conn, unserializable};
use crate::domain::audience::Audience;
use crate::on_engine;

/// Puts in words with the terms that find them, of things that the public sees or of hidden ones; most are there already.
pub fn add(conn: &mut Conn<'_>, words: &[(String, String)], seen: bool) -> QueryResult<()> {
    if words.is_empty() {
        return Ok(());
    }
    let json = serde_json::to_string(&Members(words)).map_err(unserializable)?;
    let values = [Value::Number(seen.into()), Value::Text(&json)];
    let put = |sql| Prepared {
        sql,
        values: &values,
    };
    match conn {
        // `OR IGNORE`, which never has to be taken back by itself: before what may have to, FTS5 writes out what it holds.
        Conn::Sqlite(conn) => put(
            "INSERT OR IGNORE INTO search_words (seen, word, term) SELECT ?, key, value FROM json_each(?)",
        )
        .execute(&mut **conn)?,
        #[cfg(feature = "postgres")]
        Conn::Postgres(conn) => put(
            "INSERT INTO search_words (seen, word, term) SELECT ? = 1, key, value FROM json_each_text(?::json) \
             ON CONFLICT DO NOTHING",
        )
        .execute(&mut **conn)?,
    };
    Ok(())
}

/// An object of words and terms; a word that several terms find is there several times.
struct Members<'a>(&'a [(String, String)]);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(word, term)| (word, term)))
    }
}

/// How many words of those that begin alike are looked at.
const BEGUN_ALIKE: i64 = 500;

/// The query, with what begins as its unfinished words do.
pub fn completed(
    conn: &mut Conn<'_>,
    mut matching: Matching,
    audience: Audience,
) -> QueryResult<Matching> {
    matching.complete(|prefix| begun(conn, prefix, audience))?;
    Ok(matching)
}

/// The terms of words that begin so, of things that the public sees or of any.
fn begun(conn: &mut Conn<'_>, prefix: &str, audience: Audience) -> QueryResult<Vec<String>> {
    let words = words(conn, prefix, audience, BEGUN_ALIKE)?.into_iter();
    let mut terms: Vec<String> = words.map(|(_, term)| term).collect();
    terms.sort_unstable();
    terms.dedup();
    Ok(terms)
}

/// Words that begin so, of things that the public has seen or of any, each with its term; in their order, up to so many.
pub(super) fn words(
    conn: &mut Conn<'_>,
    prefix: &str,
    audience: Audience,
    most: i64,
) -> QueryResult<Vec<(String, String)>> {
    use search_words as w;
    // No character comes after it.
    let beyond = format!("{prefix}{}", char::MAX);
    on_engine!(conn, |conn| {
        let mut query = w::table
            .filter(w::word.ge(prefix))
            .filter(w::word.lt(beyond))
            .order((w::word, w::term))
            .select((w::word, w::term))
            .limit(most)
            .into_boxed();
        if audience == Audience::Public {
            query = query.filter(w::seen);
        }
        query.load(conn)
    })
}
