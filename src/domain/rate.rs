//! How many requests somebody may send: so many a second, a minute or an hour.
use std::num::NonZeroU32;
use std::str::FromStr;

/// As `600/min`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many at once, too.
    pub requests: NonZeroU32,
    /// Within how many seconds.
    pub window: u32,
}

/// More than this nobody can be held to.
const MOST: u32 = 1_000_000;

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(requests, unit)| {
            let digits = requests.bytes().all(|byte| byte.is_ascii_digit());
            let requests: NonZeroU32 = requests.parse().ok().filter(|_| digits)?;
            let window = match unit {
                "s" => 1,
                "min" => 60,
                "h" => 60 * 60,
                _ => return None,
            };
            (requests.get() <= MOST).then_some(Self { requests, window })
        });
        parsed.ok_or_else(|| {
            format!("`{text}` is no rate: give 1 to {MOST} requests a second, minute or hour, such as 20/s, 600/min or 10000/h")
        })
    }
}

/// A rate, or `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RateLimit(pub Option<Rate>);

impl FromStr for RateLimit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "off" | "" => Ok(Self(None)),
            rate => Ok(Self(Some(rate.parse()?))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_requests_and_a_unit() {
        let rate = |text: &str| {
            text.parse::<Rate>()
                .map(|it| (it.requests.get(), it.window))
        };
        assert_eq!(rate("20/s"), Ok((20, 1)));
        assert_eq!(rate("600/min"), Ok((600, 60)));
        assert_eq!(rate("1000000/h"), Ok((1_000_000, 3600)));
        for wrong in [
            "",
            "0/s",
            "20",
            "/s",
            "20/",
            "+20/s",
            " 20/s",
            "20/day",
            "2.5/s",
            "1000001/h",
            "20/s/s",
        ] {
            assert!(rate(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn none_is_off() {
        assert_eq!("off".parse(), Ok(RateLimit(None)));
        assert_eq!("".parse(), Ok(RateLimit(None)));
        assert!("on".parse::<RateLimit>().unwrap_err().contains("`on`"));
    }
}
