//! What a timeline may be asked.
use serde::Deserialize;
use utoipa::IntoParams;

use crate::domain::calendar::BucketLength;
use crate::domain::moment::Moment;

/// Which stretch of a speaker's timeline to show, and how finely.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ShowTimeline {
    /// How long a bucket is, in UTC; the first unless asked for. A week starts on Monday (ISO 8601).
    #[param(inline, value_type = Option<BucketLength>)]
    pub bucket: Option<BucketLength>,
    /// Count only what was said at this moment or later, by default from the first statement on; a bare date is midnight
    /// UTC. Where nobody tells when something was said, its publication counts.
    #[param(inline)]
    pub from: Option<Moment>,
    /// Count only what was said before this moment, by default up to the last statement; a bare date is midnight UTC.
    #[param(inline)]
    pub to: Option<Moment>,
}
