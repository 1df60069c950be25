//! URLs that a front end may follow or show: http and https alone (no `javascript:`, no `data:`).
use url::Url;

use super::bounds;

/// What is wrong with a URL; None when it may be stored, in the spelling it came in.
pub fn fault(text: &str) -> Option<String> {
    if text.chars().count() > bounds::URL {
        return Some(format!("is longer than {} characters", bounds::URL));
    }
    match Url::parse(text) {
        Ok(url) if !matches!(url.scheme(), "http" | "https") => Some(format!(
            "has the scheme `{}`; use http or https",
            url.scheme()
        )),
        // The parser forgives white space and controls; a reader of the stored text would not.
        Ok(_) if text.chars().any(|c| c.is_whitespace() || c.is_control()) => {
            Some("holds white space or a control character; percent-encode it".to_owned())
        }
        Ok(_) => None,
        Err(error) => Some(format!("is no URL: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn only_web_addresses_pass() {
        for good in ["https://a.example/b?c=d", "http://مثال.example/خبر"] {
            assert_eq!(fault(good), None);
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "//a.example",
            "/relative",
            "https://",
            "https://a.example/a b",
            "",
        ] {
            assert!(fault(bad).is_some(), "{bad:?}");
        }
        assert!(fault(&format!("https://a.example/{}", "x".repeat(2_100))).is_some());
    }
}
