//! Requests: how many, by route and status; how long they take; and how many are being answered.
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::Metrics;

/// A request's method, and the pattern of its path: never the path, of which there is no end.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: &'static str,
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Status {
    status: u16,
}

/// In seconds: most answers take a few milliseconds, and a write may wait for its turn.
const BUCKETS: [f64; 13] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

pub struct Requests {
    answered: Family<(Route, Status), Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
}

impl Default for Requests {
    fn default() -> Self {
        Self {
            answered: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            in_flight: Gauge::default(),
        }
    }
}

impl Requests {
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "http_requests",
            "Requests that were answered, by method, pattern of the path and status",
            self.answered.clone(),
        );
        registry.register_with_unit(
            "http_request_duration",
            "How long it took until the answer began, by method and pattern of the path",
            Unit::Seconds,
            self.seconds.clone(),
        );
        registry.register(
            "http_requests_in_flight",
            "Requests that are being answered",
            self.in_flight.clone(),
        );
    }
}

/// A request that is being answered, until it is dropped: a client may hang up before that.
struct InFlight<'a>(&'a Gauge);

impl<'a> InFlight<'a> {
    fn begin(gauge: &'a Gauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Measures every request, where somebody wants to know. To be wrapped around everything else.
pub async fn measure<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let Some(metrics) = request.app_data::<web::Data<Metrics>>().cloned() else {
        return next.call(request).await;
    };
    let started = Instant::now();
    let _in_flight = InFlight::begin(&metrics.requests.in_flight);
    let route = Route {
        method: name(request.method()),
        route: request
            .match_pattern()
            .unwrap_or_else(|| "unmatched".to_owned()),
    };
    let answer = next.call(request).await;
    let status = match &answer {
        Ok(response) => response.status(),
        Err(error) => error.as_response_error().status_code(),
    };
    let status = Status {
        status: status.as_u16(),
    };
    let answered = (route, status);
    let Requests {
        answered: count,
        seconds,
        ..
    } = &metrics.requests;
    count.get_or_create(&answered).inc();
    let elapsed = started.elapsed().as_secs_f64();
    seconds.get_or_create(&answered.0).observe(elapsed);
    answer
}

/// Clients make up methods, too.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
