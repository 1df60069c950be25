//! What an import may be asked.
use serde::Deserialize;
use utoipa::IntoParams;

/// How to import.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HowToImport {
    /// Stop at the first line that is wrong; what stands before it stays.
    #[serde(default)]
    #[param(value_type = Option<bool>, default = false)]
    pub strict: bool,
}
