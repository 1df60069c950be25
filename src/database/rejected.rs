//! What was extracted and rejected: extraction does not propose it again where the same words stand between the same.
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::{Conn, unserializable};

/// A quote, with the text before and after it as an anchor keeps them, where it stands in a text.
pub type Surrounded<'a> = (&'a str, Option<(&'a str, &'a str)>);

// Each quote is a probe of the index `statements_rejected`, which is spelled as there; a scalar query is not made a join.
const ON_SQLITE: &str = "SELECT json_each.key AS place FROM json_each(?) WHERE (SELECT 1 FROM statements \
     WHERE status = 'rejected' AND origin = 'extracted' \
     AND substr(quote, 1, 64) = substr(json_extract(json_each.value, '$[0]'), 1, 64) \
     AND coalesce(json_extract(anchor, '$.prefix') || char(10) || json_extract(anchor, '$.suffix'), '') \
         = json_extract(json_each.value, '$[1]') \
     AND quote = json_extract(json_each.value, '$[0]') LIMIT 1) = 1";
#[cfg(feature = "postgres")]
const ON_POSTGRES: &str = "SELECT place - 1 AS place \
     FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS given (words, place) WHERE (SELECT 1 FROM statements \
     WHERE status = 'rejected' AND origin = 'extracted' \
     AND substr(quote, 1, 64) = substr(words ->> 0, 1, 64) COLLATE \"C\" \
     AND coalesce((anchor::jsonb ->> 'prefix') || chr(10) || (anchor::jsonb ->> 'suffix'), '') \
         = (words ->> 1) COLLATE \"C\" \
     AND quote = (words ->> 0) COLLATE \"C\" LIMIT 1) = 1";

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    place: i64,
}

/// Which of some quotes were extracted and rejected in the same surroundings, in whatever article.
pub fn rejected(conn: &mut Conn<'_>, quotes: &[Surrounded<'_>]) -> QueryResult<Vec<bool>> {
    let asked: Vec<(&str, String)> = quotes
        .iter()
        .map(|(quote, around)| {
            let around = around.map(|(prefix, suffix)| format!("{prefix}\n{suffix}"));
            (*quote, around.unwrap_or_default())
        })
        .collect();
    let asked = serde_json::to_string(&asked).map_err(unserializable)?;
    let found: Vec<Found> = match conn {
        Conn::Sqlite(conn) => sql_query(ON_SQLITE)
            .bind::<Text, _>(&asked)
            .load(&mut **conn)?,
        #[cfg(feature = "postgres")]
        Conn::Postgres(conn) => sql_query(ON_POSTGRES)
            .bind::<Text, _>(&asked)
            .load(&mut **conn)?,
    };
    let mut rejected = vec![false; quotes.len()];
    for Found { place } in found {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        if let Some(one) = rejected.get_mut(place) {
            *one = true;
        }
    }
    Ok(rejected)
}
