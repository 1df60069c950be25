//! What every endpoint shares: parameters, answers, problems, and the envelope around each request.
pub mod answer;
pub mod auth;
pub mod change;
pub mod coding;
pub mod elsewhere;
pub mod envelope;
pub mod etag;
pub mod fields;
pub mod idempotency;
pub mod not_found;
pub mod pages;
pub mod parameters;
pub mod problem;
pub mod responses;
pub mod values;
pub mod work;

pub use answer::{Home, Item, Lookup, Reading};
pub use change::Change;
pub use pages::{ListRequest, Listing};
pub use parameters::{ItemView, Paging, Parameters};
pub use problem::{ApiError, Problem};
