//! What is measured of a running server, in the text format of Prometheus: requests as they come, and when it is asked, how
//! the database does.
mod queries;
mod requests;
mod scrape;

use prometheus_client::registry::Registry;

pub use requests::measure;
pub use scrape::routes;

use requests::Requests;
use scrape::Asking;

/// What all workers count in.
pub struct Metrics {
    registry: Registry,
    requests: Requests,
    asking: Asking,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("isnad");
        let requests = Requests::default();
        requests.register(&mut registry);
        Self {
            registry,
            requests,
            asking: Asking::default(),
        }
    }
}
