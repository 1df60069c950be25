//! Copying a store as it is, row by row, to another engine or the same: keys, ids and sequences are kept.
use diesel::prelude::*;

use super::{Conn, Error, schema, store};
use crate::on_engine;

/// How far a copy has come.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    pub rows: u64,
    pub of: u64,
}

/// How many rows are written at once.
const ROWS: usize = 200;

/// Goes through all rows of a query without holding them in memory, as many at a time.
macro_rules! in_batches {
    ($conn:expr, $query:expr, $row:ty, |$batch:ident| $body:expr) => {
        match $conn {
            Conn::Sqlite(conn) => {
                let rows = $query
                    .load_iter::<$row, diesel::connection::DefaultLoadingMode>(&mut **conn)?;
                in_batches!(rows, $row, |$batch| $body)
            }
            #[cfg(feature = "postgres")]
            Conn::Postgres(conn) => {
                let rows =
                    $query.load_iter::<$row, diesel::pg::PgRowByRowLoadingMode>(&mut **conn)?;
                in_batches!(rows, $row, |$batch| $body)
            }
        }
    };
    ($rows:ident, $row:ty, |$batch:ident| $body:expr) => {{
        // SQLite would begin anew when asked for more after the last row.
        let mut rows = $rows.fuse().peekable();
        while rows.peek().is_some() {
            let $batch: Vec<$row> = rows.by_ref().take(ROWS).collect::<QueryResult<_>>()?;
            $body
        }
    }};
}

/// The tables and what is copied of them: everything. What a row refers to stands in a table before its own.
macro_rules! tables {
    ($($table:ident { $($column:ident: $type:ty),+ $(,)? })+) => {
        $(
            mod $table {
                use diesel::prelude::*;

                #[derive(Debug, Queryable, Selectable, Insertable)]
                #[diesel(table_name = super::schema::$table, treat_none_as_default_value = false)]
                pub struct Row {
                    $(pub $column: $type,)+
                }
            }
        )+

        pub fn count_rows(conn: &mut Conn<'_>) -> QueryResult<u64> {
            let mut rows = 0;
            $(
                rows += on_engine!(&mut *conn, |conn| schema::$table::table.count().get_result::<i64>(conn))?;
            )+
            Ok(u64::try_from(rows).unwrap_or(0))
        }

        fn copy_rows(
            from: &mut Conn<'_>,
            to: &mut Conn<'_>,
            mut told: impl FnMut(u64),
        ) -> QueryResult<()> {
            $(in_batches!(&mut *from, schema::$table::table.select($table::Row::as_select()), $table::Row, |rows| {
                on_engine!(&mut *to, |conn| diesel::insert_into(schema::$table::table)
                    .values(&rows)
                    .execute(conn))?;
                told(u64::try_from(rows.len()).unwrap_or(0));
            });)+
            Ok(())
        }
    };
}

tables! {
    entities {
        id: i64, uuid: String, thing: String, slug: String, name: String, fold: String, names: String, aliases: String,
        kind: Option<String>, description: Option<String>, references: String, url: Option<String>,
        country: Option<String>, language: Option<String>, article_count: i64, statement_count: i64, mention_count: i64,
        visible: bool, created_at: i64, updated_at: i64, revision: i64, sequence: i64, public_sequence: Option<i64>,
    }
    entity_spellings { thing: String, fold: String, entity_id: i64 }
    entity_words { entity_id: i64, word: String }
    articles {
        id: i64, uuid: String, slug: String, language: String, title: String, summary: Option<String>,
        image: Option<String>, body: String, authors: String, dateline: Option<String>, outlet_id: i64,
        source_url: Option<String>, status: String, reason: Option<String>, published_at: Option<i64>,
        published_key: i64, corrections: String, translation_group: Option<String>, created_at: i64, updated_at: i64,
        updated_by: Option<String>, revised_at: Option<i64>, revision: i64, sequence: i64, public_sequence: Option<i64>, visible: bool, statement_count: i64,
        list_json: Option<String>, item_json: Option<String>,
    }
    article_tags { article_id: i64, position: i64, tag_id: i64 }
    article_references { article_id: i64, position: i64, type_: String, value: String }
    statements {
        id: i64, uuid: String, article_id: i64, position: i64, form: String, quote: String, anonymous: bool,
        anchor: Option<String>, said_at: Option<i64>, said_precision: Option<String>, said_key: i64,
        published_key: i64, language: String, status: String, origin: String, confidence: Option<f64>,
        rule: Option<String>, note: Option<String>, created_at: i64, updated_at: i64, revision: i64, sequence: i64,
        public_sequence: Option<i64>, visible: bool, item_json: Option<String>,
    }
    statement_hops {
        statement_id: i64, hop: i64, role: String, entity_id: Option<i64>, anonymous_label: Option<String>,
        anonymous_count: Option<i64>, unresolved_name: Option<String>, unresolved_kind: Option<String>,
        as_named: Option<String>, cue: Option<String>, source_url: Option<String>,
    }
    article_postings { facet: i32, value: i64, sort_key: i64, uuid: Vec<u8>, article_id: i64 }
    statement_postings { facet: i32, value: i64, sort_key: i64, uuid: Vec<u8>, statement_id: i64 }
    former_keys { thing: String, key: String, uuid: String }
    tombstones {
        thing: String, uuid: String, reason: Option<String>, deleted_at: i64, sequence: i64,
        public_sequence: Option<i64>,
    }
    stale_documents { article_id: i64 }
    article_revisions {
        article_uuid: String, revision: i64, changed_at: i64, changed_by: Option<String>, replaced_at: i64, state: String,
    }
    stored_answers {
        key_id: i64, token: String, request: String, fingerprint: String, status: i64, location: Option<String>,
        etag: Option<String>, body: Option<String>, sequence: i64, article_uuid: Option<String>, created_at: i64,
    }
    previews {
        id: i64, uuid: String, article: String, hash: String, created_at: i64, created_by: String, expires_at: i64,
    }
    api_keys {
        id: i64, name: String, prefix: String, hash: String, scope: String, created_at: i64, expires_at: Option<i64>,
        revoked_at: Option<i64>, last_used_at: Option<i64>,
    }
}

/// Whether a store has nothing, keys included, and never had content.
pub fn is_empty(conn: &mut Conn<'_>) -> QueryResult<bool> {
    Ok(store::state(conn)?.sequence == 0 && count_rows(conn)? == 0)
}

/// Copies all the rows that one store holds into an empty one; says how many there were.
pub fn copy(
    from: &mut Conn<'_>,
    of: u64,
    to: &mut Conn<'_>,
    told: &mut dyn FnMut(Progress),
) -> Result<u64, Error> {
    let mut rows = 0;
    copy_rows(from, to, |more| {
        rows += more;
        told(Progress { rows, of });
    })?;
    let state = store::StoreState {
        // The engines keep what things are found by each in its own way: it is made anew.
        search_version: 0,
        search_progress: 0,
        ..store::state(from)?
    };
    store::set_state(to, &state)?;
    to.continue_ids()?;
    Ok(rows)
}
