//! Wrong keys: who sends many of them is not listened to for a while, and costs the database nothing.
use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::domain::network::neighbourhood;

/// So many wrong keys at once …
const AT_ONCE: u32 = 10;
/// … and after them another one each time that this has passed: ten a minute.
const EACH: Duration = Duration::from_secs(6);
/// Of so many addresses at most it is known: a few megabytes.
const MOST: usize = 100_000;

/// What this process has seen of keys. In memory: another process has its own count.
#[derive(Default)]
pub struct Throttle {
    /// By address, when the last of its wrong keys is forgotten.
    wrong: Mutex<HashMap<IpAddr, Instant>>,
    /// Hashes of keys that were good when they were last seen: there are no more of them than keys.
    good: Mutex<HashSet<String>>,
}

impl Throttle {
    /// How long a key from an address is not looked at; None where it is. One that was good when it was last seen always
    /// is, so that nobody is locked out by a neighbour at the same address.
    pub fn wait(&self, address: IpAddr, hash: &str, now: Instant) -> Option<Duration> {
        let until = *locked(&self.wrong).get(&neighbourhood(address))?;
        let wait = until.saturating_duration_since(now + EACH * (AT_ONCE - 1));
        (!wait.is_zero() && !locked(&self.good).contains(hash)).then_some(wait)
    }

    pub fn note_good(&self, hash: String) {
        locked(&self.good).insert(hash);
    }

    pub fn note_wrong(&self, address: IpAddr, hash: &str, now: Instant) {
        locked(&self.good).remove(hash);
        let mut wrong = locked(&self.wrong);
        if wrong.len() >= MOST {
            wrong.retain(|_, until| *until > now);
            if wrong.len() >= MOST {
                // Whoever has that many addresses is not held up by counting on.
                wrong.clear();
            }
        }
        let until = wrong.entry(neighbourhood(address)).or_insert(now);
        *until = (*until).max(now) + EACH;
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv6Addr;

    const HOME: [u8; 4] = [192, 0, 2, 1];

    fn after_wrong(throttle: &Throttle, times: u32, now: Instant) {
        for _ in 0..times {
            throttle.note_wrong(HOME.into(), "wrong", now);
        }
    }

    #[test]
    fn after_ten_wrong_keys_another_is_looked_at_every_six_seconds() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        let wait = |after| throttle.wait(HOME.into(), "new", now + Duration::from_secs(after));
        assert_eq!(wait(0), None);
        after_wrong(&throttle, 9, now);
        assert_eq!(wait(0), None);
        after_wrong(&throttle, 1, now);
        assert_eq!(wait(0), Some(EACH));
        assert_eq!(wait(4), Some(Duration::from_secs(2)));
        assert_eq!(wait(6), None);
        after_wrong(&throttle, 1, now + EACH);
        assert_eq!(wait(6), Some(EACH));
        assert_eq!(wait(12), None);
        // After a minute of peace all is forgotten.
        after_wrong(&throttle, 9, now + Duration::from_secs(90));
        assert_eq!(wait(90), None);
        let elsewhere = [192, 0, 2, 2].into();
        assert_eq!(throttle.wait(elsewhere, "new", now), None);
    }

    #[test]
    fn all_addresses_of_a_network_of_ipv6_are_one() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        for number in 0..10 {
            throttle.note_wrong(address(&format!("2001:db8::{number}")), "wrong", now);
        }
        assert!(
            throttle
                .wait(address("2001:db8::ffff:1"), "new", now)
                .is_some()
        );
        assert!(
            throttle
                .wait(address("2001:db8:0:1::1"), "new", now)
                .is_none()
        );
    }

    #[test]
    fn a_key_that_was_good_passes_until_it_is_good_no_more() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        throttle.note_good("desk".to_owned());
        after_wrong(&throttle, 30, now);
        assert_eq!(throttle.wait(HOME.into(), "desk", now), None);
        assert!(throttle.wait(HOME.into(), "other", now).is_some());
        throttle.note_wrong(HOME.into(), "desk", now);
        assert!(throttle.wait(HOME.into(), "desk", now).is_some());
    }

    #[test]
    fn no_more_addresses_are_kept_than_the_bound() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        let network = |number: usize| IpAddr::from(Ipv6Addr::from((number as u128) << 64));
        for number in 0..MOST {
            throttle.note_wrong(network(number), "wrong", now);
        }
        // Those that are forgotten anyway make room.
        let later = now + EACH * 2;
        after_wrong(&throttle, 10, now + EACH);
        for number in 0..MOST + 5 {
            throttle.note_wrong(network(number), "wrong", later);
        }
        assert!(locked(&throttle.wrong).len() <= MOST);
    }
}
