//! Every query on stored answers: what requests with an `Idempotency-Key` were answered. They are no content.
use diesel::prelude::*;

use super::Answer;
use crate::database::Conn;
use crate::database::schema::stored_answers;
use crate::domain::bounds;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::http::idempotency::Asked;
use crate::on_engine;
use crate::writing::revisions::PURGED;

/// What a write came to.
#[derive(Debug, Clone)]
pub struct Done {
    /// The number of the write.
    pub sequence: i64,
    pub answer: Answer,
}

impl Done {
    /// Whether it told of something that was purged since.
    pub fn is_purged(&self) -> bool {
        i64::from(self.answer.status) == PURGED
    }
}

type Row = (
    String,
    i64,
    i64,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<Id>,
);

/// What the same request was answered, if it was; with the fingerprint of the body that was sent.
pub fn find(
    conn: &mut Conn<'_>,
    asked: &Asked,
    now: Moment,
) -> QueryResult<Option<(String, Done)>> {
    use stored_answers as s;
    let row: Option<Row> = on_engine!(conn, |conn| s::table
        .find((asked.key, &asked.token, &asked.request))
        .filter(s::created_at.gt(now.0 - bounds::ANSWER_KEPT))
        .select((
            s::fingerprint,
            s::sequence,
            s::status,
            s::location,
            s::etag,
            s::body,
            s::article_uuid,
        ))
        .get_result(conn)
        .optional())?;
    Ok(row.map(
        |(fingerprint, sequence, status, location, etag, body, article)| {
            let answer = Answer {
                status: u16::try_from(status).unwrap_or_default(),
                location,
                etag,
                body,
                article,
            };
            (fingerprint, Done { sequence, answer })
        },
    ))
}

/// Keeps what a request is answered.
pub fn store(conn: &mut Conn<'_>, asked: &Asked, done: &Done, now: Moment) -> QueryResult<()> {
    use stored_answers as s;
    let Answer {
        status,
        location,
        etag,
        body,
        article,
    } = &done.answer;
    on_engine!(conn, |conn| {
        // One that is too old.
        diesel::delete(s::table.find((asked.key, &asked.token, &asked.request))).execute(conn)?;
        diesel::insert_into(s::table)
            .values((
                s::key_id.eq(asked.key),
                s::token.eq(&asked.token),
                s::request.eq(&asked.request),
                s::fingerprint.eq(&asked.fingerprint),
                s::status.eq(i64::from(*status)),
                s::location.eq(location.as_deref()),
                s::etag.eq(etag.as_deref()),
                s::body.eq(body.as_deref()),
                s::sequence.eq(done.sequence),
                s::article_uuid.eq(article.as_ref()),
                s::created_at.eq(now),
            ))
            .execute(conn)
    })?;
    Ok(())
}
