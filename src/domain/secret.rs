//! Secrets of API keys: made at random, shown once, kept as a hash.
use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::digest::sha256;

/// How every secret begins, so that people and scanners know one when they see it.
pub const START: &str = "isnad_";
/// Random bytes in a secret.
const BYTES: usize = 32;
/// Characters after the start that a prefix shows: enough to tell keys apart, too few to help who guesses the rest.
const SHOWN: usize = 8;
/// So many characters after the start are taken for a secret, whole or mistyped.
const SUSPECT: usize = 32;

/// What somebody shows to be let in. Only its bearer has it: `Debug` gives no more than the prefix.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one, from the operating system's source of randomness.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(format!("{START}{}", URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// The secret itself, for whom it was made and nobody else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// How it begins; this may be shown.
    pub fn prefix(&self) -> &str {
        self.0.get(..START.len() + SHOWN).unwrap_or(START)
    }

    /// What is kept of it. 256 random bits need no salt and no slow hash: nobody tries them all.
    pub fn hash(&self) -> String {
        sha256(self.0.as_bytes())
    }
}

impl std::str::FromStr for Secret {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let random = text
            .strip_prefix(START)
            .and_then(|rest| URL_SAFE_NO_PAD.decode(rest).ok());
        match random {
            Some(bytes) if bytes.len() == BYTES => Ok(Self(text.to_owned())),
            _ => Err("is no key: a key is `isnad_` and 43 letters, digits, `-` or `_`"),
        }
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secret({}…)", self.prefix())
    }
}

/// A text without what may be a secret, for the log: of each no more is left than its prefix.
pub fn redacted(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(START) {
        let (before, found) = rest.split_at(at);
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let length = found.bytes().take_while(|byte| is_part(*byte)).count();
        let (found, after) = found.split_at(length);
        kept.push_str(before);
        match found.get(..START.len() + SHOWN) {
            Some(prefix) if length >= START.len() + SUSPECT => {
                kept.push_str(prefix);
                kept.push('…');
            }
            _ => kept.push_str(found),
        }
        rest = after;
    }
    if kept.is_empty() {
        return Cow::Borrowed(text);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_the_start_and_256_random_bits() {
        let (one, other) = (Secret::random().unwrap(), Secret::random().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.reveal().len(), START.len() + 43);
        assert_eq!(one.reveal().parse(), Ok(one.clone()));
        assert!(one.reveal().starts_with(one.prefix()));
    }

    #[test]
    fn its_hash_is_that_of_its_text() {
        let secret: Secret = format!("{START}{}", "A".repeat(43)).parse().unwrap();
        assert_eq!(
            secret.hash(),
            "d03f4db53719e6081d31704a8e12139a980f08d17ea74aa3d951f0cf6c41a613"
        );
    }

    #[test]
    fn what_is_no_secret_is_none() {
        let body = "A".repeat(43);
        for text in [
            String::new(),
            body.clone(),
            START.to_owned(),
            format!("{START}{}", "A".repeat(42)),
            format!("{START}{}", "A".repeat(44)),
            format!("ISNAD_{body}"),
            format!("{START}{body} "),
            format!("{START}{}=", "A".repeat(42)),
            format!("{START}{}+", "A".repeat(42)),
            // The last character stands for four bits: a second spelling of the same bytes would be a second key.
            format!("{START}{}B", "A".repeat(42)),
        ] {
            assert!(text.parse::<Secret>().is_err(), "{text}");
        }
    }

    #[test]
    fn neither_debug_nor_the_log_shows_it() {
        let secret = Secret::random().unwrap();
        let hidden = secret.reveal().strip_prefix(secret.prefix()).unwrap();
        assert!(!format!("{secret:?}").contains(hidden));
        let query = format!("a=1&key={}&b={0}", secret.reveal());
        let (prefix, logged) = (secret.prefix(), redacted(&query));
        assert_eq!(logged, format!("a=1&key={prefix}…&b={prefix}…"));
        assert_eq!(redacted("tag=isnad_project&q=سد"), "tag=isnad_project&q=سد");
    }
}
