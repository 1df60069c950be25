//! Counts a speaker's statements by time and by the outlet that is credited: a walk along what it said.
use std::collections::HashMap;
use std::ops::Range;

use diesel::prelude::*;

use crate::database::Conn;
use crate::database::any_of::any_of;
use crate::database::schema::{entities, statement_hops as hops, statement_postings as postings};
use crate::domain::bounds;
use crate::domain::calendar::BucketLength;
use crate::domain::moment::Moment;
use crate::on_engine;
use crate::rendering::postings::StatementFacet;
use crate::rendering::records::EntityKey;
use crate::statements::types::Role;

/// Which statements to count: those said from one moment on and before another, the first and last where None.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    pub bucket: BucketLength,
    pub from: Option<Moment>,
    pub to: Option<Moment>,
}

/// The counts of a stretch of time, bucket after bucket.
pub struct Counts {
    pub buckets: Vec<BucketCount>,
    pub outlets: HashMap<i64, EntityKey>,
}

/// The count of one bucket.
pub struct BucketCount {
    pub from: Moment,
    pub count: usize,
    /// By outlet.
    pub credited: HashMap<i64, usize>,
}

/// Why a stretch is not counted: it would take so many buckets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany(pub i64);

impl Stretch {
    /// Counts what a speaker said.
    pub fn count(&self, conn: &mut Conn<'_>, speaker: i64) -> QueryResult<Result<Counts, TooMany>> {
        if let Err(too_many) = self.buckets(None) {
            return Ok(Err(too_many));
        }
        let said = self.said(conn, speaker)?;
        let span = said.first().zip(said.last());
        let numbers = match self.buckets(span.map(|((first, _), (last, _))| (*first, *last))) {
            Ok(numbers) => numbers,
            Err(too_many) => return Ok(Err(too_many)),
        };
        let mut buckets: Vec<BucketCount> = numbers
            .clone()
            .map(|number| BucketCount {
                from: self.bucket.start(number),
                count: 0,
                credited: HashMap::new(),
            })
            .collect();
        for (moment, outlet) in said {
            let at = usize::try_from(self.bucket.number(moment) - numbers.start);
            let Some(bucket) = at.ok().and_then(|at| buckets.get_mut(at)) else {
                continue;
            };
            bucket.count += 1;
            if let Some(outlet) = outlet {
                *bucket.credited.entry(outlet).or_default() += 1;
            }
        }
        let outlets = named(conn, &buckets)?;
        Ok(Ok(Counts { buckets, outlets }))
    }

    /// The numbers of its buckets, where the first and last statement are those of `span`; none without statements
    /// unless both ends are given.
    fn buckets(&self, span: Option<(Moment, Moment)>) -> Result<Range<i64>, TooMany> {
        let from = self.from.or(span.map(|(first, _)| first));
        // The end is exclusive, the last statement is not.
        let to = self.to.or(span.map(|(_, last)| Moment(last.0 + 1)));
        let (Some(from), Some(to)) = (from, to) else {
            return Ok(0..0);
        };
        let numbers = self.bucket.number(from)..self.bucket.number(Moment(to.0 - 1)) + 1;
        let count = numbers.end - numbers.start;
        if count > bounds::TIMELINE {
            return Err(TooMany(count));
        }
        Ok(numbers)
    }

    /// When each statement was said, the earliest first, and the outlet that it is credited to: the outermost of its chain.
    fn said(&self, conn: &mut Conn<'_>, speaker: i64) -> QueryResult<Vec<(Moment, Option<i64>)>> {
        on_engine!(conn, |conn| {
            let credited = hops::table
                .filter(hops::statement_id.eq(postings::statement_id))
                .filter(hops::role.eq(Role::Outlet))
                .order(hops::hop.desc())
                .select(hops::entity_id)
                .limit(1)
                .single_value();
            let mut query = postings::table
                .filter(postings::facet.eq(StatementFacet::SpeakerSaid as i32))
                .filter(postings::value.eq(speaker))
                .order((postings::sort_key, postings::uuid))
                .select((postings::sort_key, credited))
                .into_boxed();
            if let Some(from) = self.from {
                query = query.filter(postings::sort_key.ge(from.0));
            }
            if let Some(to) = self.to {
                query = query.filter(postings::sort_key.lt(to.0));
            }
            query.load(conn)
        })
    }
}

/// The outlets that buckets name.
fn named(conn: &mut Conn<'_>, buckets: &[BucketCount]) -> QueryResult<HashMap<i64, EntityKey>> {
    let mut rows: Vec<i64> = buckets
        .iter()
        .flat_map(|bucket| bucket.credited.keys().copied())
        .collect();
    rows.sort_unstable();
    rows.dedup();
    let keys: Vec<EntityKey> = on_engine!(conn, |conn| entities::table
        .filter(any_of(entities::id, &rows))
        .select(EntityKey::as_select())
        .load(conn))?;
    Ok(keys.into_iter().map(|key| (key.id, key)).collect())
}
