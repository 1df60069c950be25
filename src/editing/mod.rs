//! Every write over HTTP: on its sender's terms, in one transaction, once for each `Idempotency-Key`, and what it is answered.
mod answer;
pub mod queries;
mod refusal;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

pub use answer::Answer;
pub use refusal::refusal;

use crate::database::Written;
use crate::domain::moment::Moment;
use crate::http::problem::ProblemCode;
use crate::http::{ApiError, Change};
use crate::keys::types::Scope;
use crate::writing::Writer;
use crate::writing::terms::{ChangeResult, Terms};
use queries::Done;

/// What a request changes, and what it is answered. Boxed, so that what is done with it is compiled once, and not for every
/// handler.
type Task = Box<dyn Fn(&mut Writer<'_, '_>, &Terms) -> ChangeResult<Answer> + Send>;

/// Does what a request asks for, all of it or nothing. The work may be begun anew.
pub fn write(
    change: Change,
    work: impl Fn(&mut Writer<'_, '_>, &Terms) -> ChangeResult<Answer> + Send + 'static,
) -> impl Future<Output = Result<HttpResponse, ApiError>> {
    perform(change, Box::new(work))
}

async fn perform(change: Change, work: Task) -> Result<HttpResponse, ApiError> {
    let terms = Terms {
        precondition: change.precondition()?,
        may_publish: change.key.has(Scope::Publish),
    };
    let asked = change.idempotency()?;
    let (held, author, uri) = (change.key.scope, change.key.name, change.uri);
    let done = change
        .database
        .write(move |conn| {
            let now = Moment::now();
            if let Some(asked) = &asked
                && let Some((fingerprint, done)) = queries::find(conn, asked, now)?
            {
                let same = fingerprint == asked.fingerprint || done.is_purged();
                return Ok(Written::hidden(same.then_some(done)));
            }
            let mut writer = Writer::begin_as(conn, now, &author)?;
            let answer = work(&mut writer, &terms)?;
            let written = writer.finish()?;
            let written = written.map(|sequence| Done { sequence, answer });
            if let Some(asked) = &asked {
                queries::store(conn, asked, &written.value, now)?;
            }
            Ok(written.map(Some))
        })
        .await
        .map_err(|error| refusal(error, held, &uri))?;
    match done {
        Some(done) if done.is_purged() => Err(ApiError::Gone(
            "what this request made was deleted, and is never revived".to_owned(),
        )),
        Some(done) => Ok(done.answer.respond(done.sequence)),
        None => Err(ApiError::Refused {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            code: ProblemCode::IdempotencyMismatch,
            detail:
                "`Idempotency-Key` was sent with another body before; a new request takes a new one"
                    .to_owned(),
        }),
    }
}

/// Deletes what a request asks for. What is purged is in no log either, once that is answered.
pub async fn delete(
    change: Change,
    purge: bool,
    work: impl Fn(&mut Writer<'_, '_>, &Terms) -> ChangeResult<()> + Send + 'static,
) -> Result<HttpResponse, ApiError> {
    let database = change.database.clone();
    let deleted = write(change, move |writer, terms| {
        work(writer, terms)?;
        Ok(Answer::deleted())
    })
    .await?;
    if purge {
        database.empty_log().await;
    }
    Ok(deleted)
}
