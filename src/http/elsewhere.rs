//! Where a thing is found that was asked for by a key which it has no more.
use crate::domain::id::Id;

/// The address of the same under the id of the thing: `/v1/<things>/<key>` and what follows.
pub fn elsewhere(uri: &str, id: &Id) -> String {
    let mut parts = uri.splitn(4, '/').map(str::to_owned);
    let start: Vec<String> = parts.by_ref().take(3).collect();
    let rest = parts.next().unwrap_or_default();
    let after = rest.find(['/', '?']).and_then(|at| rest.get(at..));
    format!("{}/{id}{}", start.join("/"), after.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_moved_is_found_at_the_same_address_but_for_its_key() {
        let id = Id::new();
        for after in ["", "?reason=x", "/merge", "/revisions/3/restore?a=b/c"] {
            let there = elsewhere(&format!("/v1/speakers/%D9%84{after}"), &id);
            assert_eq!(there, format!("/v1/speakers/{id}{after}"));
        }
    }
}
