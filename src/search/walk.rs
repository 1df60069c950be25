//! Reading hits in order: along the index, as far as a page goes, or by looking at what other filters left.
use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use diesel::QueryResult;

use super::index::Index;
use super::matching::{Level, Matching};
use super::place;
use super::ranking::{of_ranked_key, ranked_key};
use crate::database::Conn;
use crate::domain::lag::Range;
use crate::domain::moment::Moment;
use crate::domain::page::{Cursor, PageSize, Side};
use crate::domain::walk::{Hit, Walk};

/// A search of what the public sees, or of what it does not.
#[derive(Clone, Copy)]
pub struct Search<'a> {
    pub index: Index,
    pub matching: &'a Matching,
    pub visible: bool,
    /// Whether what matches better comes first, see [`Level`]; else the list's own order is meant.
    pub ranked: bool,
}

/// A list of which what matches is wanted.
pub trait Listed {
    /// The range of moments of publication that it is of.
    fn published(&self) -> Range;

    /// Whether it is in the order of publication, but for how well things match.
    fn is_by_publication(&self) -> bool;

    /// All of it, if that is little enough to be looked at one by one and is known to be.
    fn few(&self, conn: &mut Conn<'_>) -> QueryResult<Option<Vec<Hit<()>>>>;

    /// Of some rows those that are of it, each with the moment of publication.
    fn left(&self, conn: &mut Conn<'_>, rows: &[i64]) -> QueryResult<Vec<(Moment, Hit<()>)>>;

    /// What is read of it from a place on.
    fn read(&self, conn: &mut Conn<'_>, walk: Walk<'_>) -> QueryResult<Vec<Hit<()>>>;
}

/// As many hits are looked at first as are wanted, within these bounds; then ever more, as the other filters seem to leave few.
const FEW: i64 = 16;
const MOST: i64 = 2_048;

/// So many things of a list are looked at in one step.
const STEP: u8 = 100;

/// Of no more hits than these all are put in order.
const MANY: i64 = 10_000;

impl Search<'_> {
    /// What matches of a list, from the walk's place on or all of it.
    pub fn hits(
        &self,
        conn: &mut Conn<'_>,
        list: &impl Listed,
        walk: Walk<'_>,
    ) -> QueryResult<Vec<Hit<()>>> {
        if let Some(few) = list.few(conn)? {
            return self.among(conn, few);
        }
        if !self.matching.only_excludes() {
            if list.is_by_publication() {
                let from = walk.from_number().map(|(key, _)| key);
                // What lies before the walk's place in its second is read again, but does not fill the page.
                let counts = |hit: &Hit<()>| walk.is_ahead(hit);
                return self.along(
                    conn,
                    list,
                    from,
                    walk.descends(),
                    walk.size.rows() + 1,
                    counts,
                );
            }
            if let Some(rows) = self.all(conn)? {
                let left = list.left(conn, &rows)?.into_iter();
                return Ok(left.map(|(_, hit)| hit).collect());
            }
        }
        let wanted = walk.size.rows() + 1;
        self.beside(conn, list, walk.falling, walk.cursor.cloned(), wanted)
    }

    /// What matches of a list by publication: the newest, so many or more where there are more.
    pub fn newest(
        &self,
        conn: &mut Conn<'_>,
        list: &impl Listed,
        most: i64,
    ) -> QueryResult<Vec<Hit<()>>> {
        let wanted = usize::try_from(most).unwrap_or(usize::MAX);
        match list.few(conn)? {
            Some(few) => self.among(conn, few),
            None if self.matching.only_excludes() => self.beside(conn, list, true, None, wanted),
            None => self.along(conn, list, None, true, wanted, |_| true),
        }
    }

    /// Hits along the index, from a sort key on; ranked ones level by level. It ends once so many of those that count are met.
    fn along(
        &self,
        conn: &mut Conn<'_>,
        list: &impl Listed,
        from: Option<i64>,
        descends: bool,
        mut wanted: usize,
        counts: impl Fn(&Hit<()>) -> bool,
    ) -> QueryResult<Vec<Hit<()>>> {
        let range = list.published();
        let mut hits = Vec::new();
        for (level, start) in self.levels(from, descends) {
            let mut span = self.span(range);
            if let Some(start) = start {
                let second = place::second(self.visible, start);
                span = match descends {
                    true => *span.start()..=*second.end().min(span.end()),
                    false => *second.start().max(span.start())..=*span.end(),
                };
            }
            let mut most = i64::try_from(wanted).unwrap_or(MOST).clamp(FEW, MOST);
            while wanted > 0 && !span.is_empty() {
                let places = self.whole_seconds(conn, level, &span, descends, most)?;
                let Some(last) = places.last() else { break };
                let second = place::second_of(*last);
                span = match descends {
                    true => *span.start()..=second.start().saturating_sub(1),
                    false => second.end().saturating_add(1)..=*span.end(),
                };
                let met = self.hits_at(conn, list, places, level)?;
                wanted = wanted.saturating_sub(met.iter().filter(|hit| counts(hit)).count());
                hits.extend(met);
                most = (most * 2).min(MOST);
            }
        }
        Ok(hits)
    }

    /// Of the things of a list, read step by step from a place on, those that match. It ends once there are so many.
    fn beside(
        &self,
        conn: &mut Conn<'_>,
        list: &impl Listed,
        falling: bool,
        mut cursor: Option<Cursor>,
        wanted: usize,
    ) -> QueryResult<Vec<Hit<()>>> {
        let backwards = cursor
            .as_ref()
            .is_some_and(|cursor| cursor.side == Side::Before);
        let mut hits = Vec::new();
        loop {
            let step = Walk {
                falling,
                size: PageSize(STEP),
                cursor: cursor.as_ref(),
            };
            let met = list.read(conn, step)?;
            let slice = step.slice(met);
            let further = if backwards { slice.prev } else { slice.next };
            hits.extend(self.among(conn, slice.rows)?);
            // Beyond an end of the list only the way back is left.
            match further {
                Some(further)
                    if hits.len() < wanted && (further.side == Side::Before) == backwards =>
                {
                    cursor = Some(further);
                }
                _ => return Ok(hits),
            }
        }
    }

    /// Those of some things that match.
    fn among(&self, conn: &mut Conn<'_>, mut things: Vec<Hit<()>>) -> QueryResult<Vec<Hit<()>>> {
        // What several values of a filter have is met once for each.
        let mut met = HashSet::new();
        things.retain(|thing| met.insert(thing.row_id));
        let rows: Vec<i64> = things.iter().map(|thing| thing.row_id).collect();
        let places: HashMap<i64, i64> = self.index.of_rows(conn, &rows)?;
        let mut hits = Vec::new();
        for mut thing in things {
            let Some(place) = places.get(&thing.row_id) else {
                continue;
            };
            if let Some(level) = self.level_at(conn, *place)? {
                if self.ranked {
                    thing.sort_key = ranked_key(level, Moment(thing.sort_key));
                }
                hits.push(thing);
            }
        }
        Ok(hits)
    }

    /// How well what stands at a place matches, where that matters; None where it does not.
    fn level_at(&self, conn: &mut Conn<'_>, place: i64) -> QueryResult<Option<Level>> {
        for excluded in self.matching.alone_excluded() {
            if self.index.is_hit(conn, excluded, None, place)?
                && self.index.stands(conn, excluded, place)?
            {
                return Ok(None);
            }
        }
        if self.matching.only_excludes() {
            return Ok(Some(Level::Third));
        }
        for (level, _) in self.levels(None, true) {
            if self.index.is_hit(conn, self.matching, level, place)?
                && self.index.stands(conn, self.matching, place)?
            {
                return Ok(Some(level.unwrap_or(Level::Third)));
            }
        }
        Ok(None)
    }

    /// The rows of all hits, if they are few enough to be put in order.
    fn all(&self, conn: &mut Conn<'_>) -> QueryResult<Option<Vec<i64>>> {
        let span = place::all(self.visible);
        let places = self
            .index
            .hits(conn, self.matching, None, &span, true, MANY + 1)?;
        if i64::try_from(places.len()).is_ok_and(|met| met > MANY) {
            return Ok(None);
        }
        let places = self.index.standing(conn, self.matching, places)?;
        let found = self.index.at_places(conn, &places)?.into_iter();
        Ok(Some(found.map(|found| found.row_id).collect()))
    }

    /// The levels to read, the one to begin with first and where in it.
    fn levels(&self, from: Option<i64>, descends: bool) -> Vec<(Option<Level>, Option<Moment>)> {
        if !self.ranked {
            return vec![(None, from.map(Moment))];
        }
        let mut levels = Level::ALL.to_vec();
        if !descends {
            levels.reverse();
        }
        let from = from.and_then(of_ranked_key);
        let start = from.and_then(|(level, _)| levels.iter().position(|one| *one == level));
        let levels = levels.into_iter().skip(start.unwrap_or(0));
        let at = |level| from.filter(|(begun, _)| *begun == level).map(|(_, at)| at);
        levels.map(|level| (Some(level), at(level))).collect()
    }

    fn span(&self, (from, to): Range) -> RangeInclusive<i64> {
        let all = place::all(self.visible);
        let first = from.map_or(*all.start(), |from| {
            *place::second(self.visible, from).start()
        });
        let last = to.map_or(*all.end(), |to| *place::second(self.visible, to).end());
        first..=last
    }

    /// Hits from an end of a span on, about so many, so that none of the last one's second is left out.
    fn whole_seconds(
        &self,
        conn: &mut Conn<'_>,
        level: Option<Level>,
        span: &RangeInclusive<i64>,
        descends: bool,
        most: i64,
    ) -> QueryResult<Vec<i64>> {
        let mut places = self
            .index
            .hits(conn, self.matching, level, span, descends, most)?;
        let Some(last) = places.last().copied() else {
            return Ok(places);
        };
        let second = place::second_of(last);
        let rest = match descends {
            true => *second.start()..=last.saturating_sub(1),
            false => last.saturating_add(1)..=*second.end(),
        };
        if i64::try_from(places.len()).is_ok_and(|met| met == most) && !rest.is_empty() {
            places.extend(self.index.hits(
                conn,
                self.matching,
                level,
                &rest,
                descends,
                i64::MAX,
            )?);
        }
        Ok(places)
    }

    fn hits_at(
        &self,
        conn: &mut Conn<'_>,
        list: &impl Listed,
        places: Vec<i64>,
        level: Option<Level>,
    ) -> QueryResult<Vec<Hit<()>>> {
        let places = self.index.standing(conn, self.matching, places)?;
        let found = self.index.at_places(conn, &places)?;
        let rows: Vec<i64> = found.iter().map(|found| found.row_id).collect();
        let mut hits = Vec::new();
        for (published, mut hit) in list.left(conn, &rows)? {
            if let Some(level) = level {
                hit.sort_key = ranked_key(level, published);
            }
            hits.push(hit);
        }
        Ok(hits)
    }
}
