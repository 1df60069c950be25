//! Reading speakers, outlets and tags over HTTP: the same for the three, but for what is served.
use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::PartialSchema;

use super::queries::{self, Entity, EntityFilter, EntityOrder, FoundEntity};
use crate::database::Conn;
use crate::domain::Thing;
use crate::domain::audience::Audience;
use crate::domain::key::Key;
use crate::domain::walk::Walk;
use crate::http::fields::Shown;
use crate::http::parameters::Query;
use crate::http::{ApiError, Home, Item, ItemView, ListRequest, Listing, Lookup, Paging, Reading};

/// Answers with a page of records. `sort` is the order's spelling, and which it is.
pub async fn list_of<T: From<Entity> + Serialize + PartialSchema>(
    reading: Reading,
    home: Home,
    query: Query,
    paging: Paging,
    filter: EntityFilter,
    (sort, (order, falling)): (&'static str, (EntityOrder, bool)),
) -> Result<HttpResponse, ApiError> {
    let request = ListRequest {
        query,
        sort,
        size: paging.limit,
        cursor: paging.cursor,
        shown: Shown::of::<T>(paging.fields)?,
    };
    reading
        .since(paging.min_sequence)?
        .beyond_public(filter.hidden.then_some("hidden"))?
        .list(home, request, move |conn, size, cursor| {
            let total = match paging.count {
                true => Some(queries::count(conn, &filter)?),
                false => None,
            };
            let walk = Walk {
                falling,
                size,
                cursor,
            };
            let slice = queries::list(conn, &filter, order, walk)?
                .map(json::<T>)
                .transpose()?;
            Ok(Lookup::Found(Listing { slice, total }))
        })
        .await
}

/// Answers with one record.
pub async fn item_of<T: From<Entity> + Serialize + PartialSchema>(
    reading: Reading,
    home: Home,
    query: Query,
    view: ItemView,
    thing: Thing,
    key: Key,
) -> Result<HttpResponse, ApiError> {
    let shown = Shown::of::<T>(view.fields)?;
    let audience = reading.audience();
    reading
        .since(view.min_sequence)?
        .item(home, query, shown, move |conn| {
            find(conn, thing, &key, audience)?.and_then(|entity| {
                Ok(Lookup::Found(Item {
                    revision: entity.row.revision,
                    json: json::<T>(entity)?,
                }))
            })
        })
        .await
}

/// The record under a key, for itself and for what lies below it.
pub fn find(
    conn: &mut Conn<'_>,
    thing: Thing,
    key: &Key,
    audience: Audience,
) -> Result<Lookup<Entity>, ApiError> {
    Ok(match queries::find(conn, thing, key, audience)? {
        FoundEntity::Found(entity) => Lookup::Found(*entity),
        FoundEntity::Moved(id) => Lookup::Moved(id),
        FoundEntity::Gone(reason) => Lookup::Gone(reason),
        FoundEntity::Missing => Lookup::Missing,
    })
}

fn json<T: From<Entity> + Serialize>(entity: Entity) -> Result<String, ApiError> {
    serde_json::to_string(&T::from(entity))
        .map_err(|error| ApiError::Internal(format!("a record cannot be rendered: {error}")))
}
