//! The HTTP endpoint for timelines.
use std::cmp::Reverse;

use actix_web::{HttpResponse, get, web};

use super::parameters::ShowTimeline;
use super::queries::{BucketCount, Counts, Stretch, TooMany};
use super::types::{OutletCount, PartialTimeline, Timeline, TimelineBucket};
use crate::domain::calendar::BucketLength;
use crate::domain::key::Key;
use crate::domain::lookup::Lookup;
use crate::domain::verbatim::Verbatim;
use crate::domain::{Thing, bounds};
use crate::http::fields::Shown;
use crate::http::responses::ItemProblems;
use crate::http::{ApiError, Home, ItemView, Parameters, Reading};
use crate::naming::queries::find;

const HOME: Home = Home {
    path: "/v1/speakers",
    tail: "/timeline",
    noun: "speaker",
};

/// Show how much a speaker said when
///
/// Statements counted by month, week or day, and by the outlets that the articles credit with them. Buckets in which nothing
/// was said are there too; the first and the last count what is within `from` and `to`. More than a thousand buckets are refused.
#[utoipa::path(
    tag = "speakers",
    params(
        ("speaker" = String, Path, description = "The speaker's id or slug", min_length = 1, max_length = 1000, example = "نادرة-السلهبي"),
        ShowTimeline,
        ItemView,
    ),
    responses(
        (status = 200, description = "The timeline", content(
            (Timeline = "application/json"),
            (PartialTimeline = "application/vnd.isnad.partial+json"),
        )),
        ItemProblems,
    ),
)]
#[get("/speakers/{speaker}/timeline")]
pub async fn get_speaker_timeline(
    reading: Reading,
    speaker: web::Path<Key>,
    parameters: Parameters<(ShowTimeline, ItemView)>,
) -> Result<HttpResponse, ApiError> {
    let (wanted, view) = parameters.values;
    if let (Some(from), Some(to)) = (wanted.from, wanted.to)
        && from >= to
    {
        return Err(ApiError::parameter("to", "must be later than `from`"));
    }
    let stretch = Stretch {
        bucket: wanted.bucket.unwrap_or(BucketLength::Month),
        from: wanted.from,
        to: wanted.to,
    };
    let shown = Shown::of::<TimelineBucket<'_>>(view.fields)?;
    let audience = reading.audience();
    reading
        .at_length()
        .since(view.min_sequence)?
        .series(HOME, parameters.query, shown, move |conn| {
            find(conn, Thing::Speaker, &speaker, audience)?.and_then(|speaker| {
                let counts = stretch
                    .count(conn, speaker.id)?
                    .map_err(|count| too_many(stretch.bucket, count))?;
                let rows = counts.buckets.iter().map(|bucket| json(bucket, &counts));
                Ok(Lookup::Found(rows.collect::<Result<_, _>>()?))
            })
        })
        .await
}

fn too_many(bucket: BucketLength, TooMany(count): TooMany) -> ApiError {
    let most = bounds::TIMELINE;
    let longer = match bucket {
        BucketLength::Month => "",
        BucketLength::Week | BucketLength::Day => "take longer ones, or ",
    };
    ApiError::parameter(
        "bucket",
        format!(
            "would take {count} buckets; the bound is {most}: {longer}set `from` and `to` closer together"
        ),
    )
}

fn json(bucket: &BucketCount, counts: &Counts) -> Result<Verbatim, ApiError> {
    let credited = bucket.credited.iter();
    let mut outlets: Vec<OutletCount<'_>> = credited
        .filter_map(|(outlet, count)| {
            let key = counts.outlets.get(outlet)?;
            Some(OutletCount {
                id: key.uuid.as_str(),
                slug: &key.slug,
                name: &key.name,
                count: *count,
            })
        })
        .collect();
    outlets.sort_by_key(|outlet| (Reverse(outlet.count), outlet.id));
    let bucket = TimelineBucket {
        from: bucket.from,
        count: bucket.count,
        outlets,
    };
    Ok(Verbatim::of(&bucket)?)
}
