//! Which revision a change is meant for: `If-Match` (RFC 9110, section 13.1.1), of which the revision alone is compared.

/// What a client says of the thing that it is about to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Precondition {
    /// Nothing.
    Absent,
    /// That it is there, in whichever state: `*`.
    Any,
    /// That it has one of these revisions.
    Revisions(Vec<i64>),
}

/// Why a change must not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmet {
    /// The client does not say which revision it means.
    Required { current: i64 },
    /// It means another than the present one; None where nothing is there.
    Failed { current: Option<i64> },
}

impl Precondition {
    /// Reads the values of `If-Match`: entity tags of the thing, or revisions in quotes.
    pub fn parse<'a>(values: impl IntoIterator<Item = &'a str>) -> Result<Self, &'static str> {
        const WRONG: &str =
            "is neither an `ETag` of the thing nor its revision in quotes, such as \"3\"";
        let mut tags = values
            .into_iter()
            .flat_map(|value| value.split(','))
            .map(str::trim);
        let Some(first) = tags.next() else {
            return Ok(Self::Absent);
        };
        if first == "*" {
            return tags.next().map_or(Ok(Self::Any), |_| Err(WRONG));
        }
        let mut revisions = Vec::new();
        for tag in [first].into_iter().chain(tags) {
            // Proxies that code a body make its tag a weak one.
            let opaque = tag.strip_prefix("W/").unwrap_or(tag);
            let inner = opaque
                .strip_prefix('"')
                .and_then(|tag| tag.strip_suffix('"'))
                .filter(|tag| tag.bytes().all(|byte| matches!(byte, b'!' | b'#'..=b'~')))
                .ok_or(WRONG)?;
            let revision = inner
                .split_once('-')
                .map_or(inner, |(revision, _)| revision);
            let digits = revision.bytes().all(|byte| byte.is_ascii_digit());
            // A tag of something else is no fault: it is not the tag of this.
            revisions.extend(revision.parse::<i64>().ok().filter(|_| digits));
        }
        Ok(Self::Revisions(revisions))
    }

    /// Whether a thing of this revision may be changed; None where there is no such thing yet.
    pub fn check(&self, current: Option<i64>) -> Result<(), Unmet> {
        match (self, current) {
            (Self::Absent, None) => Ok(()),
            (Self::Absent | Self::Any, Some(current)) => Err(Unmet::Required { current }),
            (Self::Revisions(named), Some(revision)) if named.contains(&revision) => Ok(()),
            (Self::Any | Self::Revisions(_), current) => Err(Unmet::Failed { current }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_tag_of_the_revision_will_do(
            revision in 1_i64..i64::MAX, hash in "[0-9a-f]{32}", coding in "(-br|-gzip)?", weak in "(W/)?", other in 1_i64..i64::MAX,
        ) {
            for tag in [format!("{weak}\"{revision}\""), format!("{weak}\"{revision}-{hash}{coding}\"")] {
                let condition = Precondition::parse([tag.as_str()]).unwrap();
                prop_assert_eq!(condition.check(Some(revision)), Ok(()));
                let after = revision.wrapping_add(1);
                prop_assert_eq!(condition.check(Some(after)), Err(Unmet::Failed { current: Some(after) }));
                let list = format!("\"{other}\", {tag}");
                prop_assert_eq!(Precondition::parse([list.as_str()]).unwrap().check(Some(revision)), Ok(()));
            }
        }

        #[test]
        fn nothing_that_is_sent_upsets_it(text in ".{0,40}") {
            let _ = Precondition::parse([text.as_str()]);
        }
    }

    #[test]
    fn what_is_there_is_changed_by_its_revision_alone() {
        let parse = |value| Precondition::parse([value]).unwrap();
        let absent = Precondition::parse([]).unwrap();
        assert_eq!(absent.check(None), Ok(()));
        assert_eq!(absent.check(Some(3)), Err(Unmet::Required { current: 3 }));
        assert_eq!(
            parse("*").check(Some(3)),
            Err(Unmet::Required { current: 3 })
        );
        assert_eq!(parse("*").check(None), Err(Unmet::Failed { current: None }));
        assert_eq!(
            parse("\"3\"").check(None),
            Err(Unmet::Failed { current: None })
        );
        for other in ["\"4\"", "\"30\"", "\"\"", "\"abc\"", "\"+3\"", "\"3a-b\""] {
            assert!(parse(other).check(Some(3)).is_err(), "{other}");
        }
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        for wrong in [
            "3",
            "\"3",
            "3\"",
            "W/3",
            "*, \"3\"",
            "\"3\", *",
            "",
            "\"3\"\"3\"",
        ] {
            assert!(Precondition::parse([wrong]).is_err(), "{wrong}");
        }
    }
}
