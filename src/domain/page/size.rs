//! How long pages are.
use serde::Deserialize;

use crate::domain::bounds;

/// How many items a page holds: 1 to 100, 20 unless asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PageSize(pub u8);

impl PageSize {
    pub fn rows(self) -> usize {
        usize::from(self.0)
    }

    /// One row more than the page has, to see whether there is more.
    pub fn rows_to_fetch(self) -> i64 {
        i64::from(self.0) + 1
    }
}

impl Default for PageSize {
    fn default() -> Self {
        Self(20)
    }
}

impl TryFrom<String> for PageSize {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
            .ok()
            .filter(|size| (1..=bounds::PAGE).contains(size))
            .map(Self)
            .ok_or("must be a whole number from 1 to 100")
    }
}
