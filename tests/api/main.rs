//! The HTTP API, spoken to through its real routes over a store of each test's own.
mod support;

mod article_filters;
mod conventions;
mod golden;
mod includes;
mod items;
mod list_caching;
mod list_paging;
mod list_parameters;
mod name_filters;
mod scheduling;
mod statement_filters;
mod visibility;
