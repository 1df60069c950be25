//! Reading on from a place in an ordered list.

/// Orders a query by a key and, among equals, by the id, and starts it beyond a place.
///
/// The bound on the key stands alone, so that the index is searched: `key < k OR (key = k AND id < i)` would scan it.
macro_rules! keyset {
    ($query:ident, $key:expr, $id:expr, $descends:expr, $from:expr) => {
        if $descends {
            if let Some((key, id)) = $from {
                let beyond = $key.lt(key.clone()).or($id.lt(id));
                $query = $query.filter($key.le(key).and(beyond));
            }
            $query = $query.order(($key.desc(), $id.desc()));
        } else {
            if let Some((key, id)) = $from {
                let beyond = $key.gt(key.clone()).or($id.gt(id));
                $query = $query.filter($key.ge(key).and(beyond));
            }
            $query = $query.order(($key.asc(), $id.asc()));
        }
    };
}

/// Narrows a query over postings to a range of sort keys, so that a walk starts and ends within it.
macro_rules! within {
    ($query:ident, $from:expr, $to:expr) => {
        if let Some(from) = $from {
            $query = $query.filter(postings::sort_key.ge(from.0));
        }
        if let Some(to) = $to {
            $query = $query.filter(postings::sort_key.lt(to.0));
        }
    };
}

/// Counts the postings of a lead, each value's within its range, up to so many.
macro_rules! size {
    ($conn:expr, $lead:expr, $range_of:expr, $most:expr) => {{
        let mut size = 0;
        for value in $lead.values {
            let (from, to) = $range_of($lead.facet, *value);
            size += on_engine!(&mut *$conn, |conn| {
                let mut query = postings::table
                    .filter(postings::facet.eq($lead.facet as i32))
                    .filter(postings::value.eq(value))
                    .select(postings::sort_key)
                    .limit($most as i64)
                    .into_boxed();
                within!(query, from, to);
                query.load::<i64>(conn)
            })?
            .len();
            if size >= $most {
                break;
            }
        }
        Ok(size)
    }};
}

pub(crate) use {keyset, size, within};
