//! A filter as conditions of a query over statements.

/// Narrows a query over statements by all of a filter.
macro_rules! narrow {
    ($query:ident, $filter:expr, $held:expr) => {
        for (facet, values) in $held {
            let probe = diesel::alias!(postings as probe);
            $query = $query.filter(exists(
                probe
                    .filter(probe.field(postings::facet).eq(*facet as i32))
                    .filter(probe.field(postings::value).eq_any(values.clone()))
                    .filter(
                        probe
                            .field(postings::sort_key)
                            .eq(statements::published_key),
                    )
                    .filter(probe.field(postings::statement_id).eq(statements::id)),
            ));
        }
        if let Some(forms) = &$filter.forms {
            $query = $query.filter(statements::form.eq_any(forms.clone()));
        }
        if let Some(anonymous) = $filter.anonymous {
            $query = $query.filter(statements::anonymous.eq(anonymous));
        }
        if let Some(origins) = &$filter.origins {
            $query = $query.filter(statements::origin.eq_any(origins.clone()));
        }
        if let Some(least) = $filter.min_confidence {
            $query = $query.filter(statements::confidence.ge(least));
        }
        if let Some(from) = $filter.said_from {
            $query = $query.filter(statements::said_key.ge(from));
        }
        if let Some(to) = $filter.said_to {
            $query = $query.filter(statements::said_key.lt(to));
        }
        if let Some(from) = $filter.published_from {
            $query = $query.filter(statements::published_key.ge(from));
        }
        if let Some(to) = $filter.published_to {
            $query = $query.filter(statements::published_key.lt(to));
        }
    };
}

pub(super) use narrow;
