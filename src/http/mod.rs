//! What every endpoint shares: parameters, answers, problems, and the envelope around each request.
pub mod answer;
pub mod auth;
pub mod change;
pub mod coding;
pub mod cors;
pub mod elsewhere;
pub mod envelope;
pub mod etag;
pub mod fields;
pub mod gate;
pub mod idempotency;
pub mod limits;
pub mod not_found;
pub mod pages;
pub mod parameters;
pub mod problem;
pub mod responses;
mod throttle;
pub mod values;
pub mod work;

pub use answer::{Home, Reading};
pub use change::Change;
pub use pages::{ListRequest, Listing};
pub use parameters::{ItemView, Paging, Parameters};
pub use problem::{ApiError, Problem};
