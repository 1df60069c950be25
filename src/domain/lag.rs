//! How long after one moment of a thing another one is, in steps that grow fourfold: so that who knows in which range the one
//! is knows in which range, and in few of them, the other one has to be looked for.
//!
//! Things stand in two orders, by an earlier moment and by a later one (a statement is said and then published), and a list in
//! one order is narrowed by a range in the other. Within one step the two are nearly the same, so that a walk in the
//! one order, bounded by what the range means in it, meets little else than what is wanted.
use super::moment::Moment;

/// From a moment on, and before a moment.
pub type Range = (Option<Moment>, Option<Moment>);

/// Every step: 0 where there is no lag; from 1 hour on four times as much for each further one; below 0 where the later
/// moment comes first. The last is beyond all moments there are.
#[rustfmt::skip]
pub const STEPS: [i64; 31] = [
    -15, -14, -13, -12, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1,
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
];

const LAST: i64 = 15;

/// The step of a lag in milliseconds.
pub fn step(lag: i64) -> i64 {
    let mut step = 0;
    while step < LAST && longest(step) < lag.abs() {
        step += 1;
    }
    step * lag.signum()
}

/// The longest lag of a step of 0 or more.
fn longest(step: i64) -> i64 {
    match u32::try_from(step) {
        Ok(1..) => Moment::HOUR * 4_i64.pow(u32::try_from(step - 1).unwrap_or_default()) - 1,
        _ => 0,
    }
}

/// The shortest and the longest lag of a step.
fn lags(step: i64) -> (i64, i64) {
    let shortest = |step: i64| match step {
        0 => 0,
        _ => longest(step - 1) + 1,
    };
    if step < 0 {
        (-longest(-step), -shortest(-step))
    } else {
        (shortest(step), longest(step))
    }
}

/// Where the later moment is, if the earlier one is in a range.
pub fn later(step: i64, (from, to): Range) -> Range {
    let (shortest, longest) = lags(step);
    (
        from.map(|from| Moment(from.0 + shortest)),
        to.map(|to| Moment(to.0 + longest)),
    )
}

/// Where the earlier moment is, if the later one is in a range.
pub fn earlier(step: i64, (from, to): Range) -> Range {
    let (shortest, longest) = lags(step);
    (
        from.map(|from| Moment(from.0 - longest)),
        to.map(|to| Moment(to.0 - shortest)),
    )
}

/// What is in both.
pub fn both(one: Range, other: Range) -> Range {
    let to = match (one.1, other.1) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    // None is before every moment.
    (one.0.max(other.0), to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn holds((from, to): Range, moment: i64) -> bool {
        from.is_none_or(|from| from.0 <= moment) && to.is_none_or(|to| moment < to.0)
    }

    fn any_moment() -> impl Strategy<Value = i64> {
        -62_135_596_800_000_i64..=253_402_300_799_999
    }

    fn any_range() -> impl Strategy<Value = Range> {
        let end = || prop::option::of(any_moment().prop_map(Moment));
        (end(), end())
    }

    #[test]
    fn steps_grow_fourfold_from_an_hour_on() {
        for (lag, wanted) in [
            (0, 0),
            (1, 1),
            (Moment::HOUR - 1, 1),
            (Moment::HOUR, 2),
            (4 * Moment::HOUR - 1, 2),
            (4 * Moment::HOUR, 3),
            (24 * Moment::HOUR, 4),
            (-1, -1),
            (-Moment::HOUR, -2),
        ] {
            assert_eq!(step(lag), wanted, "{lag}");
        }
    }

    proptest! {
        #[test]
        fn every_lag_is_within_its_step(earlier in any_moment(), later in any_moment()) {
            let lag = later - earlier;
            let step = step(lag);
            prop_assert!(STEPS.contains(&step));
            let (shortest, longest) = lags(step);
            prop_assert!((shortest..=longest).contains(&lag));
        }

        #[test]
        fn what_is_in_a_range_is_looked_for_where_it_is(
            earlier in any_moment(), later in any_moment(), range in any_range(),
        ) {
            let step = step(later - earlier);
            if holds(range, earlier) {
                prop_assert!(holds(super::later(step, range), later));
            }
            if holds(range, later) {
                prop_assert!(holds(super::earlier(step, range), earlier));
            }
        }

        #[test]
        fn both_holds_what_each_holds(one in any_range(), other in any_range(), moment in any_moment()) {
            prop_assert_eq!(holds(both(one, other), moment), holds(one, moment) && holds(other, moment));
        }
    }
}
