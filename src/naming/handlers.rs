//! Reading speakers, outlets and tags over HTTP: the same for the three, but for what is served.
use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::PartialSchema;

use super::queries::{self, Entity, EntityFilter, EntityOrder};
use crate::domain::Thing;
use crate::domain::key::Key;
use crate::domain::lookup::{Item, Lookup};
use crate::domain::verbatim::Verbatim;
use crate::domain::walk::Walk;
use crate::http::fields::Shown;
use crate::http::parameters::Query;
use crate::http::{ApiError, Home, ItemView, ListRequest, Listing, Paging, Reading};

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
            Ok(Lookup::Found(Listing::unsearched(slice, total)))
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
            queries::find(conn, thing, &key, audience)?.and_then(|entity| {
                let revision = entity.row.revision;
                Ok(Lookup::Found(Item::new(revision, json::<T>(entity)?)))
            })
        })
        .await
}

fn json<T: From<Entity> + Serialize>(entity: Entity) -> Result<Verbatim, ApiError> {
    Ok(Verbatim::of(&T::from(entity))?)
}
