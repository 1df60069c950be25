//! Places: the number of a row in the index says whether the public sees its thing, and when that was published.
//!
//! An index of terms gives rows in the order of their numbers. With numbers that rise with publication the newest hits come
//! first without all of them being looked at. Whole seconds are told apart; what was published within one is put in order by
//! who reads it.
use std::ops::RangeInclusive;

use crate::domain::moment::Moment;

/// How many bits tell the things of one second apart.
const TIES: u32 = 24;
/// Seconds from the year 0 to 1970: no moment is before.
const FROM_YEAR_0: i64 = 62_167_219_200;
const LAST_OF_SECOND: i64 = (1 << TIES) - 1;

/// The place that a row would have; another of the same second may have it already.
pub fn of(visible: bool, published: Moment, row_id: i64) -> i64 {
    let place = first_of(published) | (row_id & LAST_OF_SECOND);
    side(visible) | place
}

/// The places of all that was published within the same second.
pub fn second(visible: bool, published: Moment) -> RangeInclusive<i64> {
    let first = side(visible) | first_of(published);
    first..=first | LAST_OF_SECOND
}

/// The places of the second that a place is of.
pub fn second_of(place: i64) -> RangeInclusive<i64> {
    let first = place & !LAST_OF_SECOND;
    first..=first | LAST_OF_SECOND
}

/// The places of all that the public sees, or of all that it does not.
pub fn all(visible: bool) -> RangeInclusive<i64> {
    match visible {
        true => 0..=i64::MAX,
        false => i64::MIN..=-1,
    }
}

fn first_of(published: Moment) -> i64 {
    (published.0.div_euclid(1_000) + FROM_YEAR_0) << TIES
}

fn side(visible: bool) -> i64 {
    match visible {
        true => 0,
        false => i64::MIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FIRST: i64 = -62_135_596_800_000;
    const LAST: i64 = 253_402_300_799_999;

    proptest! {
        #[test]
        fn places_rise_with_publication_second_by_second(
            one in FIRST..=LAST, other in FIRST..=LAST, ids in any::<(u32, u32)>(), visible: bool,
        ) {
            let place = |at, id| of(visible, Moment(at), i64::from(id));
            let (first, second) = (place(one, ids.0), place(other, ids.1));
            let by_second = one.div_euclid(1_000).cmp(&other.div_euclid(1_000));
            prop_assert!(by_second.is_eq() || by_second == first.cmp(&second));
            prop_assert!(all(visible).contains(&first) && !all(!visible).contains(&first));
            prop_assert!(super::second(visible, Moment(one)).contains(&first));
            prop_assert_eq!(super::second(visible, Moment(one)), second_of(first));
        }
    }
}
