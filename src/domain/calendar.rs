//! The calendar's stretches of time, all in UTC: months, weeks and days, numbered without gaps.
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime};

use super::moment::Moment;
use super::text_enum;

text_enum! {
    /// How long a bucket is; a week starts on Monday (ISO 8601).
    pub enum BucketLength {
        Month = "month",
        Week = "week",
        Day = "day",
    }
}

/// 1970 began on a Thursday: so many days into its week.
const THURSDAY: i64 = 3;

impl BucketLength {
    /// The number of the bucket that a moment is in; the next bucket has the next number.
    pub fn number(self, moment: Moment) -> i64 {
        let days = moment.0.div_euclid(Moment::DAY);
        match self {
            Self::Day => days,
            Self::Week => (days + THURSDAY).div_euclid(7),
            Self::Month => {
                let date = DateTime::from_timestamp_millis(moment.0).unwrap_or_default();
                i64::from(date.year()) * 12 + i64::from(date.month0())
            }
        }
    }

    /// When a bucket starts.
    pub fn start(self, number: i64) -> Moment {
        match self {
            Self::Day => Moment(number * Moment::DAY),
            Self::Week => Moment((number * 7 - THURSDAY) * Moment::DAY),
            Self::Month => {
                let year = i32::try_from(number.div_euclid(12)).unwrap_or_default();
                let month = u32::try_from(number.rem_euclid(12) + 1).unwrap_or(1);
                let date = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
                Moment(date.and_time(NaiveTime::MIN).and_utc().timestamp_millis())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn start(bucket: BucketLength, text: &str) -> String {
        let moment = Moment::parse_or_date(text).unwrap();
        bucket.start(bucket.number(moment)).to_string()
    }

    #[test]
    fn months_weeks_and_days_start_where_the_calendar_has_them() {
        for (text, month, week, day) in [
            ("1970-01-01", "1970-01-01", "1969-12-29", "1970-01-01"),
            // A Monday, and the last moment of the Sunday before.
            ("2026-03-02", "2026-03-01", "2026-03-02", "2026-03-02"),
            (
                "2026-03-01T23:59:59.999Z",
                "2026-03-01",
                "2026-02-23",
                "2026-03-01",
            ),
            // The week of a new year begins in the old one.
            ("2027-01-01", "2027-01-01", "2026-12-28", "2027-01-01"),
            (
                "2024-02-29T12:00:00Z",
                "2024-02-01",
                "2024-02-26",
                "2024-02-29",
            ),
            (
                "1899-12-31T23:00:00-02:00",
                "1900-01-01",
                "1900-01-01",
                "1900-01-01",
            ),
            ("0001-01-01", "0001-01-01", "0001-01-01", "0001-01-01"),
        ] {
            let midnight = |date: &str| format!("{date}T00:00:00.000Z");
            assert_eq!(start(BucketLength::Month, text), midnight(month), "{text}");
            assert_eq!(start(BucketLength::Week, text), midnight(week), "{text}");
            assert_eq!(start(BucketLength::Day, text), midnight(day), "{text}");
        }
    }

    proptest! {
        /// Of all moments that can be written, the first and last of the years 0001 to 9999 included.
        #[test]
        fn every_moment_is_in_one_bucket_and_they_follow_on_one_another(
            milliseconds in -62_135_596_800_000_i64..=253_402_300_799_999,
            bucket in prop::sample::select(BucketLength::ALL),
        ) {
            let number = bucket.number(Moment(milliseconds));
            let (start, next) = (bucket.start(number), bucket.start(number + 1));
            prop_assert!((start.0..next.0).contains(&milliseconds));
            prop_assert_eq!(bucket.number(start), number);
            prop_assert_eq!(bucket.number(Moment(next.0 - 1)), number);
            let days = (next.0 - start.0) / Moment::DAY;
            let lengths = match bucket {
                BucketLength::Day => 1..=1,
                BucketLength::Week => 7..=7,
                BucketLength::Month => 28..=31,
            };
            prop_assert!(lengths.contains(&days), "{} days", days);
        }
    }
}
