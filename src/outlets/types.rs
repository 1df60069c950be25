//! How outlets look to clients.
use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::moment::Moment;
use crate::domain::page::Page;
use crate::domain::partial::relaxed_schema;

/// Who publishes articles, or is credited in them with carrying words.
#[derive(Debug, Serialize, ToSchema)]
pub struct Outlet {
    /// Stable for ever.
    #[schema(format = Uuid)]
    pub id: String,
    /// The readable key, in the script of the name.
    #[schema(max_length = 1000, example = "صوت-الوادي")]
    pub slug: String,
    /// The name that is shown.
    #[schema(max_length = 300, example = "صوت الوادي")]
    pub name: String,
    /// The name by language, as BCP 47 tags.
    pub names: BTreeMap<String, String>,
    /// Other spellings and names that find this record.
    #[schema(max_items = 50)]
    pub aliases: Vec<String>,
    /// Its site; null when unknown.
    #[schema(required = true, format = "iri", max_length = 2048)]
    pub url: Option<String>,
    /// Where it is, as ISO 3166-1 alpha-2; null when unknown.
    #[schema(required = true, min_length = 2, max_length = 2, example = "XA")]
    pub country: Option<String>,
    /// What it mostly publishes in, as a BCP 47 tag; null when unknown.
    #[schema(required = true, max_length = 100, example = "ar")]
    pub language: Option<String>,
    /// How many articles it published.
    #[schema(minimum = 0, example = 2)]
    pub article_count: i64,
    /// How many statements articles credit to it.
    #[schema(minimum = 0, example = 5)]
    pub statement_count: i64,
    /// When it was first stored.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Moment,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Moment,
    /// Raised by every change, from 1.
    #[schema(minimum = 1, example = 1)]
    pub revision: i64,
}

/// One page of outlets.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutletPage {
    /// The outlets, in the order asked for.
    #[schema(max_items = 100)]
    pub data: Vec<Outlet>,
    pub page: Page,
}

relaxed_schema!(
    PartialOutlet,
    PartialOutletPage,
    Outlet,
    "Those members of an outlet that `fields` asks for.",
    |_| false
);
