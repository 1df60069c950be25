//! A filter as conditions of a query over articles.

/// Narrows a query over articles by all of a filter.
macro_rules! narrow {
    ($query:ident, $filter:expr, $held:expr) => {
        for (facet, values) in $held {
            $query = $query.filter(exists(holds!(*facet, values)));
        }
        if let Some((facet, values)) = &$filter.not_held {
            $query = $query.filter(diesel::dsl::not(exists(holds!(*facet, values))));
        }
        if let Some(from) = $filter.published_from {
            $query = $query.filter(articles::published_key.ge(from));
        }
        if let Some(to) = $filter.published_to {
            $query = $query.filter(articles::published_key.lt(to));
        }
        if let Some(since) = $filter.updated_since {
            $query = $query.filter(articles::updated_at.ge(since));
        }
        match $filter.has_statements {
            Some(true) => $query = $query.filter(articles::statement_count.gt(0)),
            Some(false) => $query = $query.filter(articles::statement_count.eq(0)),
            None => {}
        }
    };
}

/// The posting by which an article holds one of some values of a facet.
macro_rules! holds {
    ($facet:expr, $values:expr) => {{
        let probe = diesel::alias!(postings as probe);
        probe
            .filter(probe.field(postings::facet).eq($facet as i32))
            .filter(probe.field(postings::value).eq_any($values.clone()))
            .filter(probe.field(postings::sort_key).eq(articles::published_key))
            .filter(probe.field(postings::article_id).eq(articles::id))
    }};
}

pub(super) use {holds, narrow};
