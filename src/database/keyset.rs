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

pub(crate) use {keyset, within};
