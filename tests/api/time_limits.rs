//! Readings that take too long are given up; nobody else is kept from reading.
use std::time::Duration;

use crate::support::{Article, TestApp};

#[test]
fn a_reading_that_takes_too_long_is_given_up_and_short_ones_are_answered() {
    let app = TestApp::of_patience(Duration::from_nanos(1));
    app.store(&[Article::new("ferry").into()]);
    for long in ["/v1/articles?q=ferry", "/v1/articles?count=true"] {
        let problem = app.get(long);
        assert_eq!(problem.header("retry-after"), "1", "{long}");
        problem.problem(503, "database_busy");
    }
    for short in ["/v1/articles/ferry", "/v1/articles?limit=2"] {
        assert_eq!(app.get(short).status, 200, "{short}");
    }
}
