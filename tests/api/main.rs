//! The HTTP API, spoken to through its real routes over a store of each test's own.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets something else than it expects has failed"
)]
mod support;

mod addresses_and_moments;
mod admission;
mod anchors;
mod article_filters;
mod audiences;
mod bounds;
mod chains;
mod conventions;
mod cors;
mod deleting;
mod editor_items;
mod editor_lists;
mod engines;
mod extracting;
mod facets;
mod golden;
mod gone;
mod group_commit;
mod highlights;
mod import_lines;
mod import_requests;
mod includes;
mod items;
mod key_management;
mod keys;
mod leaks;
mod list_caching;
mod list_paging;
mod list_parameters;
mod matching;
mod merging;
mod metrics;
mod min_sequence;
mod moments;
mod name_filters;
mod names;
mod patching;
mod plain_text;
mod posting;
mod previews;
mod put;
mod put_documents;
mod put_refusals;
mod put_together;
mod reanchoring;
mod record_changes;
mod refusals;
mod related;
mod rendering;
mod response_cache;
mod reviewed;
mod reviewing;
mod revisions;
mod round_trip;
mod scheduling;
mod search;
mod slugs;
mod statement_changes;
mod statement_filters;
mod statement_matching;
mod suggest;
mod time_limits;
mod timeline;
mod typing;
mod visibility;
mod write_shape;
