//! Rate limits: so many requests by one key, or from one address; and what is told of them, as the draft
//! `draft-ietf-httpapi-ratelimit-headers` has it.
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::{DashMapStateStore, ShrinkableKeyedStateStore};
use governor::{Quota, RateLimiter};

use crate::domain::rate::Rate;

pub const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
pub const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Of so many askers at most it is known what they have left: a few megabytes.
const MOST: usize = 100_000;
/// So often, in requests, it is looked how many there are.
const SWEEP: u32 = 1000;

/// Who sends requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asker {
    /// The bearer of a good key, wherever that is.
    Key(i64),
    /// Whoever is at an address, or in its network.
    Address(IpAddr),
}

/// What somebody may still send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Requests at once, after this one.
    remaining: u32,
    /// How long until there is one more.
    until_more: Duration,
    /// Whether this request was one too many.
    pub is_over: bool,
}

impl Standing {
    pub fn seconds_until_more(&self) -> u64 {
        whole_seconds(self.until_more)
    }
}

/// A time to wait, as headers have it. Never none: a client that waits for no time would come again at once.
pub fn whole_seconds(wait: Duration) -> u64 {
    wait.as_millis().div_ceil(1000).max(1) as u64
}

/// All askers and one rate.
pub struct RateLimits<C: Clock = DefaultClock> {
    pub rate: Rate,
    limiter: RateLimiter<Asker, Shared, C, StateInformationMiddleware>,
    askers: Shared,
    taken: AtomicU32,
    policy: HeaderValue,
}

impl RateLimits {
    pub fn new(rate: Rate) -> Self {
        Self::by_clock(rate, DefaultClock::default())
    }
}

impl<C: Clock> RateLimits<C> {
    fn by_clock(rate: Rate, clock: C) -> Self {
        let each = each(rate);
        // It is None for no time at all, which is no part of a second.
        let quota = Quota::with_period(each).unwrap_or(Quota::per_second(rate.requests));
        let askers = Shared::default();
        let quota = quota.allow_burst(rate.requests);
        let limiter = RateLimiter::new(quota, askers.clone(), clock);
        let policy = format!("\"default\";q={};w={}", rate.requests, rate.window);
        Self {
            rate,
            limiter,
            askers,
            taken: AtomicU32::default(),
            policy: HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("")),
        }
    }

    /// Counts a request.
    pub fn take(&self, asker: Asker) -> Standing {
        if self
            .taken
            .fetch_add(1, Ordering::Relaxed)
            .is_multiple_of(SWEEP)
        {
            self.sweep();
        }
        match self.limiter.check_key(&asker) {
            Ok(state) => Standing {
                remaining: state.remaining_burst_capacity(),
                until_more: each(self.rate),
                is_over: false,
            },
            Err(not_yet) => Standing {
                remaining: 0,
                until_more: not_yet.wait_time_from(self.limiter.clock().now()),
                is_over: true,
            },
        }
    }

    /// Forgets who has all of the quota again; and everybody, where that does not help: an attacker with that many addresses
    /// gains nothing by it.
    fn sweep(&self) {
        if self.askers.0.len() > MOST {
            self.limiter.retain_recent();
            if self.askers.0.len() > MOST {
                self.askers.0.clear();
            }
            self.limiter.shrink_to_fit();
        }
    }

    /// Tells in an answer what its asker may still send.
    pub fn tell(&self, headers: &mut HeaderMap, standing: &Standing) {
        let limit = format!(
            "\"default\";r={};t={}",
            standing.remaining,
            standing.seconds_until_more()
        );
        if let Ok(limit) = HeaderValue::from_str(&limit) {
            headers.insert(RATE_LIMIT, limit);
        }
        headers.insert(RATE_LIMIT_POLICY, self.policy.clone());
    }
}

/// How long it takes until one more request may be sent.
fn each(rate: Rate) -> Duration {
    Duration::from_secs(rate.window.into()) / rate.requests.get()
}

/// The limiter's own store, that somebody else can empty.
#[derive(Clone, Default)]
struct Shared(Arc<DashMapStateStore<Asker>>);

impl StateStore for Shared {
    type Key = Asker;

    fn measure_and_replace<T, F, E>(&self, key: &Asker, f: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        self.0.measure_and_replace(key, f)
    }
}

impl ShrinkableKeyedStateStore<Asker> for Shared {
    fn retain_recent(&self, drop_below: Nanos) {
        ShrinkableKeyedStateStore::retain_recent(&*self.0, drop_below);
    }

    fn shrink_to_fit(&self) {
        self.0.shrink_to_fit();
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;

    fn limits(rate: &str) -> (RateLimits<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        let limits = RateLimits::by_clock(rate.parse().unwrap(), clock.clone());
        (limits, clock)
    }

    fn told(limits: &RateLimits<FakeRelativeClock>, asker: Asker) -> String {
        let mut headers = HeaderMap::new();
        let standing = limits.take(asker);
        limits.tell(&mut headers, &standing);
        let of = |name| headers.get(name).unwrap().to_str().unwrap();
        assert_eq!(
            of(RATE_LIMIT_POLICY),
            format!(
                "\"default\";q={};w={}",
                limits.rate.requests, limits.rate.window
            )
        );
        let over = if standing.is_over { " over" } else { "" };
        format!("{}{over}", of(RATE_LIMIT))
    }

    #[test]
    fn what_is_left_is_told_and_comes_back_bit_by_bit() {
        let (limits, clock) = limits("4/min");
        let one = Asker::Key(1);
        for left in ["3", "2", "1", "0"] {
            assert_eq!(told(&limits, one), format!("\"default\";r={left};t=15"));
        }
        assert_eq!(told(&limits, one), "\"default\";r=0;t=15 over");
        clock.advance(Duration::from_secs(5));
        assert_eq!(told(&limits, one), "\"default\";r=0;t=10 over");
        clock.advance(Duration::from_millis(9_999));
        assert_eq!(told(&limits, one), "\"default\";r=0;t=1 over");
        clock.advance(Duration::from_millis(1));
        assert_eq!(told(&limits, one), "\"default\";r=0;t=15");
        clock.advance(Duration::from_secs(600));
        assert_eq!(told(&limits, one), "\"default\";r=3;t=15");
    }

    #[test]
    fn each_has_a_quota_of_its_own() {
        let (limits, _) = limits("1/h");
        let address = |last| Asker::Address([192, 0, 2, last].into());
        for asker in [Asker::Key(1), Asker::Key(2), address(1), address(2)] {
            assert!(!limits.take(asker).is_over);
            assert!(limits.take(asker).is_over);
        }
    }

    #[test]
    fn no_more_askers_are_kept_than_the_bound() {
        let (limits, clock) = limits("1/s");
        let sweep = |limits: &RateLimits<FakeRelativeClock>| {
            for _ in 0..SWEEP {
                limits.take(Asker::Key(-1));
            }
        };
        for number in 0..MOST as i64 {
            limits.take(Asker::Key(number));
        }
        clock.advance(Duration::from_secs(5));
        limits.take(Asker::Key(-2));
        sweep(&limits);
        assert!(limits.askers.0.len() <= 2, "who has all again is forgotten");
        assert!(limits.take(Asker::Key(-2)).is_over, "who has not is not");
        for number in 0..MOST as i64 + 10 {
            limits.take(Asker::Key(number));
        }
        sweep(&limits);
        assert!(limits.askers.0.len() <= SWEEP as usize);
    }
}
