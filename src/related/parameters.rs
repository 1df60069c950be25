//! What a list of related articles may be asked.
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::values::LanguageList;

/// Which related articles to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListRelated {
    /// Only those in any of these languages, as BCP 47 tags; `ar` takes `ar-EG` too.
    #[param(inline, style = Form, explode = false)]
    pub language: Option<LanguageList>,
}
