//! The sort key of a ranked list: how well a thing matches, then when it was published.
use super::matching::Level;
use crate::domain::moment::Moment;

/// A sort key of a ranked list has the level above the moment of publication.
const LEVEL: u32 = 50;
/// Milliseconds from the year 0 to 1970.
const FROM_YEAR_0: i64 = 62_167_219_200_000;

pub fn ranked_key(level: Level, published: Moment) -> i64 {
    let above = match level {
        Level::First => 2,
        Level::Second => 1,
        Level::Third => 0,
    };
    (above << LEVEL) | (published.0 + FROM_YEAR_0)
}

/// The level and the moment of a ranked key; of no other number anything.
pub fn of_ranked_key(key: i64) -> Option<(Level, Moment)> {
    let level = match key >> LEVEL {
        2 => Level::First,
        1 => Level::Second,
        0 => Level::Third,
        _ => return None,
    };
    let published = (key & ((1 << LEVEL) - 1)) - FROM_YEAR_0;
    Some((level, Moment(published)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ranked_key_tells_level_and_moment() {
        for level in Level::ALL {
            for at in [
                -62_135_596_800_000,
                -1,
                0,
                1_772_000_000_000,
                253_402_300_799_999,
            ] {
                assert_eq!(
                    of_ranked_key(ranked_key(level, Moment(at))),
                    Some((level, Moment(at)))
                );
            }
        }
        assert!(
            ranked_key(Level::First, Moment(0))
                > ranked_key(Level::Second, Moment(253_402_300_799_999))
        );
    }
}
