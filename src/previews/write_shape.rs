//! A preview as it is asked for.
use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::checked;
use crate::domain::fault::{Fault, Faults};
use crate::domain::moment::Moment;

/// A preview that is to be made.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPreview {
    /// From when on nobody reads by it any more: at most 7 days ahead, and a day unless given.
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
}

const DEFAULT: i64 = Moment::DAY;
const LONGEST: i64 = 7 * Moment::DAY;

impl NewPreview {
    /// When it ends.
    pub fn check(self, now: Moment) -> Result<Moment, Vec<Fault>> {
        let mut faults = Faults::default();
        let given = checked::moment(&mut faults, "expires_at", self.expires_at.as_deref());
        let ends = given.unwrap_or(Moment(now.0 + DEFAULT));
        if ends <= now {
            faults.add("expires_at", "invalid_value", "lies in the past");
        } else if ends.0 > now.0 + LONGEST {
            let latest = Moment(now.0 + LONGEST);
            let detail = format!("lies more than 7 days ahead; now the latest is {latest}");
            faults.add("expires_at", "invalid_value", detail);
        }
        faults.into_result(ends)
    }
}
