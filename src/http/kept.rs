//! What needs nobody further in: an answer that is kept, for who may read without a key and brings none.
use std::net::IpAddr;
use std::time::Instant;

use actix_web::dev::ServiceRequest;
use actix_web::http::{Method, header};
use actix_web::{HttpResponse, web};

use super::gate::Gate;
use super::query::key_of_target;
use super::response_cache::ResponseCache;
use super::work::Wanted;
use crate::database::Database;

/// The answer to a request, where it is kept and still holds. It is found by what was asked, so that nothing else of the
/// request is looked at: whatever would be refused was never kept.
pub fn kept(
    request: &ServiceRequest,
    gate: &Gate,
    client: IpAddr,
    now: Instant,
) -> Option<HttpResponse> {
    let headers = request.headers();
    if request.method() != Method::GET || headers.contains_key(header::AUTHORIZATION) {
        return None;
    }
    let cache = request.app_data::<web::Data<ResponseCache>>()?;
    let database = request.app_data::<web::Data<Database>>()?;
    let target = request.uri().path_and_query()?.as_str();
    let key = key_of_target(target, request.path(), request.query_string())?;
    let wanted = Wanted::of(headers);
    let mut response = match cache.get(&key, database, now) {
        Some(kept) => kept.respond(&wanted)?,
        None => cache.not_modified(&key, &wanted, database, now)?,
    };
    gate.admit(client, response.headers_mut())?;
    cache.count_hit();
    Some(response)
}
