//! Forgetting what is kept for a time: former states past their retention, and answers past their day.
use diesel::prelude::*;

use crate::database::schema::{article_revisions, stored_answers};
use crate::database::{Conn, Database, Error, Written};
use crate::domain::bounds;
use crate::domain::moment::Moment;
use crate::on_engine;

/// How many rows one transaction takes out.
const BATCH: i64 = 500;

/// Takes out what is too old; says how much that was. Former states are kept for so many days, or for ever.
pub fn sweep(database: &Database, now: Moment, revision_days: Option<u32>) -> Result<usize, Error> {
    let answers_until = Moment(now.0 - bounds::ANSWER_KEPT);
    let revisions_until = revision_days.map(|days| Moment(now.0 - i64::from(days) * Moment::DAY));
    let mut total = 0;
    loop {
        let old = |conn: &mut Conn<'_>| -> Result<_, Error> {
            let answers = old_answers(conn, answers_until)?;
            let revisions = match revisions_until {
                Some(until) => old_revisions(conn, until)?,
                None => Vec::new(),
            };
            Ok((answers, revisions))
        };
        // Asked on a reader first: who has nothing to take out never takes the writer.
        let (answers, revisions) = database.read_newest_blocking(old)?;
        if answers.is_empty() && revisions.is_empty() {
            return Ok(total);
        }
        database.write_blocking(|conn| -> Result<_, Error> {
            on_engine!(&mut *conn, |conn| {
                for (key, token, request) in &answers {
                    diesel::delete(stored_answers::table.find((key, token, request)))
                        .execute(conn)?;
                }
                for (article, revision) in &revisions {
                    diesel::delete(article_revisions::table.find((article, revision)))
                        .execute(conn)?;
                }
                QueryResult::Ok(())
            })?;
            Ok(Written::hidden(()))
        })?;
        total += answers.len() + revisions.len();
    }
}

fn old_answers(conn: &mut Conn<'_>, until: Moment) -> QueryResult<Vec<(i64, String, String)>> {
    use stored_answers as s;
    on_engine!(conn, |conn| s::table
        .filter(s::created_at.le(until))
        .order(s::created_at)
        .limit(BATCH)
        .select((s::key_id, s::token, s::request))
        .load(conn))
}

fn old_revisions(conn: &mut Conn<'_>, until: Moment) -> QueryResult<Vec<(String, i64)>> {
    use article_revisions as r;
    on_engine!(conn, |conn| r::table
        .filter(r::replaced_at.le(until))
        .order(r::replaced_at)
        .limit(BATCH)
        .select((r::article_uuid, r::revision))
        .load(conn))
}
