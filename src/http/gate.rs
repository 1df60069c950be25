//! The gate to everything under /v1: who asks, whether they may ask so much, and whether anybody may ask without a key.
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::HeaderMap;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, ResponseError, web};

use super::auth::{Keys, judge};
use super::limits::{Asker, RateLimits, Standing};
use super::problem::{ApiError, ProblemCode};
use crate::domain::network::{Networks, neighbourhood};
use crate::domain::rate::Rate;
use crate::keys::types::ApiKey;

/// What of requests has to be known beyond one of them.
pub struct Gate {
    /// Whether the public is let in.
    public: bool,
    limits: Option<RateLimits>,
    proxies: Networks,
    keys: Keys,
}

impl Gate {
    pub fn new(public: bool, rate: Option<Rate>, proxies: Networks) -> Self {
        Self {
            public,
            limits: rate.map(RateLimits::new),
            proxies,
            keys: Keys::default(),
        }
    }

    /// The address that a request came from, through proxies that are trusted.
    pub fn client(&self, request: &ServiceRequest) -> IpAddr {
        let unknown = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        let peer = request.peer_addr().map_or(unknown, |peer| peer.ip());
        // A client may send anything before what the proxy adds.
        let forwarded: Vec<Cow<'_, str>> = request
            .headers()
            .get_all("x-forwarded-for")
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .collect();
        self.proxies
            .client(peer, forwarded.iter().map(|value| &**value))
    }

    /// Lets somebody without a key read what is kept, and tells him what he may still send; None where the request has to come
    /// to the gate itself.
    pub fn admit(&self, client: IpAddr, headers: &mut HeaderMap) -> Option<()> {
        if !self.public {
            return None;
        }
        if let Some(limits) = &self.limits {
            let standing = limits.take(Asker::Address(neighbourhood(client)));
            if standing.is_over {
                return None;
            }
            limits.tell(headers, &standing);
        }
        Some(())
    }

    /// The key, where the request goes through.
    fn verdict(
        &self,
        request: &ServiceRequest,
        judged: Result<Option<ApiKey>, ApiError>,
        standing: Option<&Standing>,
    ) -> Result<Option<ApiKey>, ApiError> {
        if let (Some(limits), Some(standing)) = (&self.limits, standing)
            && standing.is_over
        {
            return Err(over(limits.rate, standing));
        }
        let key = judged?;
        if key.is_none() && !self.public && !brings_preview(request) {
            return Err(ApiError::key_required("this API"));
        }
        Ok(key)
    }
}

fn over(rate: Rate, standing: &Standing) -> ApiError {
    let seconds = standing.seconds_until_more();
    let Rate { requests, window } = rate;
    ApiError::TooMany {
        code: ProblemCode::RateLimited,
        detail: format!(
            "these are more than {requests} requests in {window} s; try again in {seconds} s, and spread them out"
        ),
        seconds,
    }
}

/// Whether a request brings leave of its own to see one article. Whether that is good is said where the article is read.
fn brings_preview(request: &ServiceRequest) -> bool {
    let article = request.path().strip_prefix("/v1/articles/");
    let names = form_urlencoded::parse(request.query_string().as_bytes()).map(|(name, _)| name);
    request.method() == Method::GET
        && article.is_some_and(|article| !article.contains('/'))
        && names.into_iter().any(|name| name == "preview")
}

/// Refuses who may not ask; what comes through has a good key or none.
pub async fn guard(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(gate) = request.app_data::<web::Data<Gate>>().cloned() else {
        return Err(ApiError::Internal("the app has no gate".to_owned()).into());
    };
    let client = gate.client(&request);
    let judged = judge(&request, client, &gate.keys).await;
    let standing = gate.limits.as_ref().map(|limits| {
        limits.take(match &judged {
            Ok(Some(key)) => Asker::Key(key.id),
            _ => Asker::Address(neighbourhood(client)),
        })
    });
    let mut response = match gate.verdict(&request, judged, standing.as_ref()) {
        Ok(key) => {
            if let Some(key) = key {
                request.extensions_mut().insert(key);
            }
            next.call(request).await?.map_into_boxed_body()
        }
        Err(error) => request.into_response(error.error_response()),
    };
    if let (Some(limits), Some(standing)) = (&gate.limits, &standing) {
        limits.tell(response.headers_mut(), standing);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn only_who_reads_one_article_brings_leave_of_his_own() {
        let brings = |method: Method, uri: &str| {
            let request = TestRequest::with_uri(uri).method(method);
            brings_preview(&request.to_srv_request())
        };
        assert!(brings(Method::GET, "/v1/articles/one?preview=x"));
        assert!(brings(Method::GET, "/v1/articles/one?fields=id&preview=x"));
        assert!(!brings(Method::GET, "/v1/articles/one"));
        assert!(!brings(Method::GET, "/v1/articles/one?fields=preview"));
        assert!(!brings(Method::GET, "/v1/articles?preview=x"));
        assert!(!brings(Method::GET, "/v1/articles/one/related?preview=x"));
        assert!(!brings(Method::GET, "/v1/speakers/one?preview=x"));
        assert!(!brings(Method::PATCH, "/v1/articles/one?preview=x"));
    }
}
