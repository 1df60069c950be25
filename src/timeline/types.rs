//! How timelines look to clients.
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::domain::moment::Moment;
use crate::domain::partial::relaxed_schema;

/// How much a speaker said when.
#[derive(Debug, Serialize, ToSchema)]
pub struct Timeline {
    /// Bucket after bucket without a gap, the earliest first.
    #[schema(value_type = Vec<TimelineBucket>, max_items = 1000)]
    pub data: Vec<Box<RawValue>>,
}

/// What was said in one stretch of time.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TimelineBucket)]
pub struct TimelineBucket<'a> {
    /// When it starts; it ends where the next one starts.
    #[schema(value_type = String, format = DateTime)]
    pub from: Moment,
    /// How many statements the speaker made in it.
    #[schema(minimum = 0, example = 3)]
    pub count: usize,
    /// Whom the articles credit with them, most statements first. Statements that are credited to no outlet are in
    /// `count` alone.
    #[schema(max_items = 100000)]
    pub outlets: Vec<OutletCount<'a>>,
}

/// How many statements are credited to an outlet.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OutletCount)]
pub struct OutletCount<'a> {
    /// The outlet's id.
    #[schema(format = Uuid)]
    pub id: &'a str,
    /// The outlet's slug.
    #[schema(max_length = 1000, example = "قناة-المرفأ-الجديد")]
    pub slug: &'a str,
    /// The outlet's name.
    #[schema(max_length = 300, example = "قناة المرفأ الجديد")]
    pub name: &'a str,
    /// How many statements.
    #[schema(minimum = 1, example = 2)]
    pub count: usize,
}

relaxed_schema!(
    PartialTimelineBucket,
    TimelineBucket<'static>,
    "Those members of a bucket that `fields` asks for.",
    |_| false
);

/// Buckets with those members that `fields` asks for.
#[derive(ToSchema)]
pub struct PartialTimeline {
    /// Bucket after bucket without a gap, the earliest first.
    #[schema(max_items = 1000)]
    pub data: Vec<PartialTimelineBucket>,
}
