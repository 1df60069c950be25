//! Moments in time: whole milliseconds, so that both engines sort and round-trip them alike.
use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::BigInt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::PartialSchema;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use super::stored_as;

/// A UTC moment in milliseconds since 1970; written as RFC 3339 with milliseconds and `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Moment(pub i64);

stored_as!(Moment, BigInt, i64, i64);

impl Moment {
    /// Milliseconds in an hour.
    pub const HOUR: i64 = 60 * 60 * 1000;
    /// Milliseconds in a day.
    pub const DAY: i64 = 24 * Self::HOUR;

    /// The clock's time now. Only commands and the server ask; everything below is told.
    pub fn now() -> Self {
        Self(Utc::now().timestamp_millis())
    }

    /// A moment with any offset and fraction (RFC 3339), years 0001 to 9999.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const WRONG: &str =
            "is not a moment of the years 0001 to 9999, such as 2026-03-01T08:30:00Z (RFC 3339)";
        let moment = DateTime::parse_from_rfc3339(text).map_err(|_| WRONG)?;
        let moment = Self(moment.timestamp_millis());
        if moment.is_writable() {
            Ok(moment)
        } else {
            Err(WRONG)
        }
    }

    /// A moment, or a bare date, which is its midnight in UTC.
    pub fn parse_or_date(text: &str) -> Result<Self, &'static str> {
        if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d")
            && text.len() == 10
        {
            let midnight = Self(date.and_time(NaiveTime::MIN).and_utc().timestamp_millis());
            if midnight.is_writable() {
                return Ok(midnight);
            }
        }
        Self::parse(text)
            .map_err(|_| "is neither a date such as 2026-03-01 nor a moment such as 2026-03-01T08:30:00Z (RFC 3339)")
    }

    /// RFC 3339 has four digits for the year.
    fn is_writable(self) -> bool {
        const FIRST: i64 = -62_135_596_800_000; // 0001-01-01T00:00:00Z
        const LAST: i64 = 253_402_300_799_999; // 9999-12-31T23:59:59.999Z
        (FIRST..=LAST).contains(&self.0)
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match DateTime::<Utc>::from_timestamp_millis(self.0) {
            Some(moment) => f.write_str(&moment.to_rfc3339_opts(SecondsFormat::Millis, true)),
            None => Err(std::fmt::Error),
        }
    }
}

impl<'de> Deserialize<'de> for Moment {
    /// As a parameter has it: a moment, or a bare date.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse_or_date(&text).map_err(serde::de::Error::custom)
    }
}

impl PartialSchema for Moment {
    /// As a parameter has it.
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .max_length(Some(40))
            .pattern(Some("^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].+)?$"))
            .into()
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn any_offset_and_fraction_becomes_utc_milliseconds() {
        let moment = Moment::parse("2026-03-01T10:30:00.123456+02:00").unwrap();
        assert_eq!(moment.to_string(), "2026-03-01T08:30:00.123Z");
    }

    #[test]
    fn a_bare_date_is_midnight_utc() {
        let moment = Moment::parse_or_date("2026-03-01").unwrap();
        assert_eq!(moment.to_string(), "2026-03-01T00:00:00.000Z");
    }

    #[test]
    fn absurd_dates_are_refused() {
        for text in [
            "2026-02-30T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "+12026-01-01T00:00:00Z",
            "9999-12-31T23:59:59-14:00",
            "yesterday",
            "2026-3-1",
            "",
        ] {
            assert!(Moment::parse(text).is_err(), "{text}");
            assert!(Moment::parse_or_date(text).is_err(), "{text}");
        }
    }
}
