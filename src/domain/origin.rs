//! Web origins (RFC 6454): whose pages may do more than read.
use std::str::FromStr;

use url::Url;

/// Origins as browsers spell them in `Origin`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins(Vec<String>);

impl Origins {
    pub fn contains(&self, origin: &str) -> bool {
        self.0.iter().any(|known| known == origin)
    }
}

impl FromStr for Origins {
    type Err = String;

    /// Of a comma list, which may be empty.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let origins = text.split(',').map(|part| origin(part.trim()));
        origins.collect::<Result<_, _>>().map(Self)
    }
}

/// The origin, which must be written as nothing more: a path in it would be taken for a restriction.
fn origin(text: &str) -> Result<String, String> {
    let parsed = Url::parse(text).ok().filter(|url| {
        let spelled = url.origin().ascii_serialization();
        matches!(url.scheme(), "http" | "https")
            && url.as_str() == format!("{spelled}/")
            && !text.ends_with('/')
            && !spelled.contains('*')
    });
    let origin = parsed.map(|url| url.origin().ascii_serialization());
    origin.ok_or_else(|| {
        format!("`{text}` is no origin: give scheme and host, and the port where it is another than the scheme's, such as https://cms.example")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_spelled_as_browsers_spell_them() {
        let origins: Origins = "https://cms.example, http://localhost:3000,https://CMS.example:443,https://نشر.example"
            .parse()
            .unwrap();
        for known in [
            "https://cms.example",
            "http://localhost:3000",
            "https://xn--wgbf7c.example",
        ] {
            assert!(origins.contains(known), "{known} in {origins:?}");
        }
        for other in ["http://cms.example", "https://cms.example:8443", "null", ""] {
            assert!(!origins.contains(other), "{other}");
        }
        assert_eq!("".parse(), Ok(Origins::default()));
    }

    #[test]
    fn what_is_more_or_less_than_an_origin_is_refused() {
        for wrong in [
            "*",
            "null",
            "cms.example",
            "https://cms.example/",
            "https://cms.example/editor",
            "https://me@cms.example",
            "https://cms.example?x",
            "ftp://cms.example",
            "https://",
            "https://a.example,",
            "https://*.example",
        ] {
            assert!(wrong.parse::<Origins>().is_err(), "{wrong}");
        }
    }
}
