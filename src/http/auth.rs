//! Who asks: the key that a request brings (RFC 6750), judged before anything else of the request is.
use std::collections::HashMap;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header::{self, HeaderMap};
use actix_web::rt::task::spawn_blocking;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::limits::whole_seconds;
use super::problem::{ApiError, ProblemCode};
use super::throttle::Throttle;
use crate::database::{Conn, Database, Error, Written};
use crate::domain::moment::Moment;
use crate::domain::secret::Secret;
use crate::keys::queries;
use crate::keys::types::{ApiKey, Scope};

/// The key that a request brought.
pub fn key_of(request: &HttpRequest) -> Option<ApiKey> {
    request.extensions().get::<ApiKey>().cloned()
}

/// The key, where it reaches as far as `what` takes; says why not.
pub fn demand(key: Option<ApiKey>, needed: Scope, what: &str) -> Result<ApiKey, ApiError> {
    match key {
        None => Err(ApiError::key_required(what)),
        Some(key) if !key.has(needed) => Err(ApiError::MissingScope {
            needed,
            held: key.scope,
        }),
        Some(key) => Ok(key),
    }
}

/// Somebody whose key reaches everything. Let it be the first thing that a handler takes.
pub struct Administrator(pub ApiKey);

impl FromRequest for Administrator {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let key = demand(key_of(request), Scope::Admin, "managing keys");
        ready(key.map(Self))
    }
}

/// What this process knows of the keys that it was shown.
#[derive(Default)]
pub struct Keys {
    throttle: Throttle,
    uses: KeyUses,
}

/// The key that a request brings, where it is good; None where it brings none.
pub async fn judge(
    request: &ServiceRequest,
    client: IpAddr,
    keys: &Keys,
) -> Result<Option<ApiKey>, ApiError> {
    let Some(secret) = secret_of(request.headers())? else {
        return Ok(None);
    };
    let hash = secret.hash();
    if let Some(wait) = keys.throttle.wait(client, &hash, Instant::now()) {
        return Err(throttled(wait));
    }
    let database = request.app_data::<web::Data<Database>>().cloned();
    let database = database.ok_or(ApiError::Internal("the app has no database".to_owned()))?;
    let find = move |conn: &mut Conn<'_>| Ok::<_, ApiError>(queries::find(conn, &secret)?);
    // What was made or revoked a moment ago a replica may not know; while the primary is away it is the best there is.
    let found = match database.read_newest(find.clone()).await {
        Err(ApiError::Database(Error::Busy(_) | Error::Interrupted(_))) => {
            database.read(find).await?
        }
        found => found?,
    };
    let now = Moment::now();
    let wrong = match &found {
        None => Some("is not known".to_owned()),
        Some(key) => key.refusal(now),
    };
    if let Some(why) = wrong {
        keys.throttle.note_wrong(client, &hash, Instant::now());
        return Err(refused(format!("this key {why}; ask for another")));
    }
    keys.throttle.note_good(hash);
    if let Some(key) = &found {
        keys.uses.note(&database, key, now);
    }
    Ok(found)
}

fn throttled(wait: Duration) -> ApiError {
    let seconds = whole_seconds(wait);
    ApiError::TooMany {
        code: ProblemCode::TooManyWrongKeys,
        detail: format!(
            "too many wrong keys came from this address; try again in {seconds} s, with a good one"
        ),
        seconds,
    }
}

/// The secret of the `Authorization` header. Whatever else that header holds is refused rather than passed over.
fn secret_of(headers: &HeaderMap) -> Result<Option<Secret>, ApiError> {
    let mut given = headers.get_all(header::AUTHORIZATION);
    let (Some(value), more) = (given.next(), given.next()) else {
        return Ok(None);
    };
    if more.is_some() {
        return Err(refused("`Authorization` is given twice".to_owned()));
    }
    let bearer = value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    match bearer.map(|(_, token)| token.trim().parse()) {
        Some(Ok(secret)) => Ok(Some(secret)),
        Some(Err(wrong)) => Err(refused(format!("what `Authorization` holds {wrong}"))),
        None => Err(refused(
            "`Authorization` has to be `Bearer isnad_…`; to read without a key, leave it out"
                .to_owned(),
        )),
    }
}

fn refused(detail: String) -> ApiError {
    ApiError::Unauthorized {
        code: ProblemCode::InvalidKey,
        detail,
    }
}

/// When this process last noted of each key that it was used.
#[derive(Default)]
struct KeyUses(Arc<Mutex<HashMap<i64, Moment>>>);

impl KeyUses {
    /// So coarsely is it known when a key was last used: who reads much does not write much by it.
    const GRAIN: i64 = Moment::HOUR;

    /// Notes that a key is used, beside the request: whether that goes well is nothing to the client.
    fn note(&self, database: &Database, key: &ApiKey, now: Moment) {
        let since = Moment(now.0 - Self::GRAIN);
        if key.last_used_at.is_some_and(|at| at > since) {
            return;
        }
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.get(&key.id).is_some_and(|at| *at > since) {
            return;
        }
        noted.insert(key.id, now);
        drop(noted);
        let (database, id, uses) = (database.clone(), key.id, Arc::clone(&self.0));
        drop(spawn_blocking(move || {
            let written = database.write_blocking(|conn| {
                Ok::<_, ApiError>(Written::hidden(queries::note_use(conn, id, now, since)?))
            });
            if let Err(error) = written {
                log::debug!("the use of a key could not be noted: {error}");
                // Another request may have more luck.
                uses.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .remove(&id);
            }
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{AUTHORIZATION, HeaderValue};

    #[test]
    fn only_a_bearer_of_one_secret_is_taken() {
        let secret = Secret::random().unwrap();
        let read = |values: &[String]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
            }
            secret_of(&headers)
        };
        assert_eq!(read(&[]).unwrap(), None);
        for scheme in ["Bearer", "bearer", "BEARER"] {
            let value = format!("{scheme} {}", secret.reveal());
            assert_eq!(read(&[value]).unwrap(), Some(secret.clone()));
        }
        let good = format!("Bearer {}", secret.reveal());
        for wrong in [
            vec![String::new()],
            vec!["Bearer".to_owned()],
            vec![secret.reveal().to_owned()],
            vec![format!("Basic {}", secret.reveal())],
            vec![format!("{good}, {good}")],
            vec![good.clone(), good],
        ] {
            let error = read(&wrong).unwrap_err();
            assert!(
                !error.to_string().contains(secret.reveal()),
                "the secret is not said again: {error}"
            );
        }
    }
}
