//! What a request asks for, spelled always the same way: for its tag, its cursors, and the answers that are kept.
use std::borrow::Cow;

use super::parameters::decode;

/// What was asked for, spelled always the same way.
#[derive(Debug, Clone)]
pub struct Query {
    pub path: String,
    /// Decoded, sorted by name.
    pub pairs: Vec<(String, String)>,
}

/// Parameters that say how a list is shown, not which list it is.
const VIEW: [&str; 7] = [
    "cursor",
    "limit",
    "count",
    "facet",
    "fields",
    "include",
    "min_sequence",
];

impl Query {
    /// The whole request, in its shortest spelling: by which its answer is kept, and for its ETag.
    pub fn key(&self) -> String {
        spelled(&self.path, borrowed(&self.pairs))
    }

    /// The list that was asked for: its path, filters and order.
    pub fn list(&self, sort: &str) -> String {
        let is_filter = |(name, _): &(&str, &str)| !VIEW.contains(name) && *name != "sort";
        let mut text = form_urlencoded::Serializer::new(format!("{}?", self.path));
        text.extend_pairs(borrowed(&self.pairs).filter(is_filter));
        text.append_pair("sort", sort).finish()
    }

    /// Whether the answer takes few steps whatever the store holds: the beginning of a walk along one index, and no search, no
    /// counting, no second condition that rows have to be tried for.
    pub fn is_short(&self) -> bool {
        const FILTERS: [&str; 6] = ["tag", "speaker", "outlet", "publisher", "via", "language"];
        let names = self.pairs.iter().map(|(name, _)| name.as_str());
        let filters = names.filter(|name| !["cursor", "limit", "fields", "sort"].contains(name));
        let filters: Vec<&str> = filters.collect();
        match filters.as_slice() {
            [] => true,
            [filter] => FILTERS.contains(filter),
            _ => false,
        }
    }

    /// The same list at another cursor, as a relative reference (RFC 3986).
    pub fn at_cursor(&self, cursor: Option<&str>) -> String {
        let pairs = borrowed(&self.pairs).filter(|(name, _)| *name != "cursor");
        let cursor = cursor.map(|cursor| ("cursor", cursor));
        spelled(&self.path, pairs.chain(cursor))
    }
}

fn borrowed(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, value)| (&**name, &**value))
}

/// A path, and pairs encoded where there are any.
fn spelled<'a>(path: &str, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut pairs = pairs.peekable();
    if pairs.peek().is_none() {
        return path.to_owned();
    }
    let mut target = format!("{path}?");
    let start = target.len();
    form_urlencoded::Serializer::for_suffix(&mut target, start).extend_pairs(pairs);
    target
}

/// The key of a request, as [`Query::key`] has it, of what it asks for as it was sent; None where there is no such answer.
pub fn key_of_target<'a>(target: &'a str, path: &str, query: &str) -> Option<Cow<'a, str>> {
    if query.is_empty() {
        return target.strip_suffix('?').or(Some(target)).map(Cow::Borrowed);
    }
    let parts = query.split('&').filter(|part| !part.is_empty());
    let mut pairs: Vec<(&str, &str)> = parts
        .map(|part| part.split_once('='))
        .collect::<Option<_>>()?;
    if !pairs.iter().all(is_plain) {
        let decode = |(name, value)| Some((decode(name)?, decode(value)?));
        let mut pairs: Vec<(String, String)> =
            pairs.into_iter().map(decode).collect::<Option<_>>()?;
        pairs.sort_unstable();
        return Some(Cow::Owned(spelled(path, borrowed(&pairs))));
    }
    let length: usize = pairs
        .iter()
        .map(|(name, value)| name.len() + value.len() + 2)
        .sum();
    if pairs.is_sorted() && length == query.len() + 1 {
        return Some(Cow::Borrowed(target));
    }
    pairs.sort_unstable();
    let mut key = String::with_capacity(path.len() + length);
    key.push_str(path);
    for (at, (name, value)) in pairs.into_iter().enumerate() {
        key.push(if at == 0 { '?' } else { '&' });
        key.extend([name, "=", value]);
    }
    Some(Cow::Owned(key))
}

/// Whether a pair is spelled as [`spelled`] does it, as far as a glance tells.
fn is_plain((name, value): &(&str, &str)) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"*-._+".contains(&byte);
    name.bytes().chain(value.bytes()).all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key_of_text(target: &str) -> Option<String> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        key_of_target(target, path, query).map(Cow::into_owned)
    }

    #[test]
    fn one_question_has_one_key() {
        for (target, key) in [
            ("/v1/tags", "/v1/tags"),
            ("/v1/tags?", "/v1/tags"),
            ("/v1/tags?a=1&b=2", "/v1/tags?a=1&b=2"),
            ("/v1/tags?b=2&a=1", "/v1/tags?a=1&b=2"),
            ("/v1/tags?&a=%31&", "/v1/tags?a=1"),
            ("/v1/tags?q=%d9%85", "/v1/tags?q=%D9%85"),
            ("/v1/tags?q=a%20b", "/v1/tags?q=a+b"),
            ("/v1/tags?a=b,c", "/v1/tags?a=b%2Cc"),
            // What is refused has a key that nothing is kept under.
            ("/v1/tags?a=1&a=1", "/v1/tags?a=1&a=1"),
            ("/v1/tags?a=", "/v1/tags?a="),
        ] {
            assert_eq!(key_of_text(target).as_deref(), Some(key), "{target}");
        }
        for none in ["/v1/tags?a", "/v1/tags?a=%2", "/v1/tags?a=%ff"] {
            assert_eq!(key_of_text(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn a_target_has_the_key_of_what_is_read_from_it(
            pairs in prop::collection::btree_map("[a-z_]{1,8}", ".{1,12}", 0..4),
        ) {
            let query = Query {
                path: "/v1/tags".to_owned(),
                pairs: pairs.into_iter().collect(),
            };
            let key = query.key();
            prop_assert_eq!(key_of_text(&key), Some(key.clone()));
            let spelled = query.at_cursor(None);
            if query.pairs.iter().all(|(name, _)| name != "cursor") {
                prop_assert_eq!(key_of_text(&spelled), Some(key));
            }
        }
    }
}
