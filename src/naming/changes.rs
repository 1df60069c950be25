//! Changing speakers, outlets and tags over HTTP: the same for the three, but for what is sent and served.
use actix_web::HttpResponse;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::draft::RecordDraft;
use super::queries::{self, Entity};
use super::write_shape::NewRecord;
use crate::domain::fault::Faults;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::{Thing, checked};
use crate::editing::{self, Answer};
use crate::http::change::wrong_document;
use crate::http::etag::EntityTag;
use crate::http::{ApiError, Change, Home};
use crate::rendering::records::EntityKey;
use crate::writing::Outcome;
use crate::writing::Writer;
use crate::writing::terms::ChangeResult;

/// A kind of record: what it is, where it is found.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    pub thing: Thing,
    pub home: Home,
}

/// Which record another is merged into.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The id or slug of the record that is left.
    #[schema(min_length = 1, max_length = 1000, example = "نادرة-السلهبي")]
    pub into: String,
}

/// Makes a record of what is sent.
pub async fn create<N, T>(mut change: Change, kind: Kind) -> Result<HttpResponse, ApiError>
where
    N: DeserializeOwned + Into<NewRecord>,
    T: From<Entity> + Serialize,
{
    let new: N = change.document().await?;
    let draft = check(kind, new.into())?;
    editing::write(change, move |writer, terms| {
        let (outcome, made) = writer.create_record(&draft, terms)?;
        answer::<T>(writer, kind, outcome, &made)
    })
    .await
}

/// Makes the record of this id what is sent.
pub async fn put<N, T>(mut change: Change, kind: Kind, id: &str) -> Result<HttpResponse, ApiError>
where
    N: DeserializeOwned + Into<NewRecord>,
    T: From<Entity> + Serialize,
{
    let noun = kind.thing;
    let wrong = |wrong| {
        let detail = format!("{wrong}; {} is written under its id", noun.one());
        ApiError::parameter(noun.as_str(), detail)
    };
    let id: Id = id.parse().map_err(wrong)?;
    let new: NewRecord = change.document::<N>().await?.into();
    let mut faults = Faults::default();
    checked::same_id(&mut faults, "id", new.id.as_deref(), &id);
    faults.into_result(()).map_err(wrong_document)?;
    let draft = check(
        kind,
        NewRecord {
            id: Some(id.to_string()),
            ..new
        },
    )?;
    editing::write(change, move |writer, terms| {
        let (outcome, record) = writer.put_record(&id, &draft, terms)?;
        answer::<T>(writer, kind, outcome, &record)
    })
    .await
}

/// Changes of a record what a merge patch names.
pub async fn patch<T>(mut change: Change, kind: Kind, key: Key) -> Result<HttpResponse, ApiError>
where
    T: From<Entity> + Serialize,
{
    let patch = change.patch().await?;
    editing::write(change, move |writer, terms| {
        let (outcome, record) = writer.patch_record(kind.thing, &key, &patch, terms)?;
        answer::<T>(writer, kind, outcome, &record)
    })
    .await
}

/// Deletes a record.
pub async fn delete(
    change: Change,
    kind: Kind,
    key: Key,
    reason: Option<String>,
    detach: bool,
) -> Result<HttpResponse, ApiError> {
    editing::delete(change, false, move |writer, terms| {
        writer.delete_record(kind.thing, &key, detach, reason.as_deref(), terms)
    })
    .await
}

/// Merges a record into another.
pub async fn merge<T>(mut change: Change, kind: Kind, key: Key) -> Result<HttpResponse, ApiError>
where
    T: From<Entity> + Serialize,
{
    let Merge { into } = change.document().await?;
    // Every text is a key: one that no record can have finds none.
    let Ok(into) = into.parse::<Key>();
    editing::write(change, move |writer, terms| {
        let left = writer.merge_record(kind.thing, &key, &into, terms)?;
        answer::<T>(writer, kind, Outcome::Updated, &left)
    })
    .await
}

fn check(kind: Kind, new: NewRecord) -> Result<RecordDraft, ApiError> {
    RecordDraft::check(kind.thing, new.without_owned()).map_err(wrong_document)
}

/// The record as it is then.
fn answer<T: From<Entity> + Serialize>(
    writer: &mut Writer<'_, '_>,
    kind: Kind,
    outcome: Outcome,
    record: &EntityKey,
) -> ChangeResult<Answer> {
    let entity = writer.read(|conn| queries::by_row(conn, record.id))?;
    let revision = entity.row.revision;
    let body = serde_json::to_string(&T::from(entity))?;
    let tag = EntityTag::of_item(revision, body.as_bytes()).plain();
    let home = (kind.home.path, &record.uuid);
    Ok(Answer::of(outcome, body, home, tag))
}
