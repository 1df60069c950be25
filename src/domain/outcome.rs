//! What a write came to.
use super::text_enum;

text_enum! {
    /// What a write came to. What is `unchanged` was there already, and the same: nothing was written.
    pub enum WriteOutcome {
        Created = "created",
        Updated = "updated",
        Unchanged = "unchanged",
    }
}
