//! Secrets of API keys and previews: made at random, shown once, kept as a hash.
use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::percent_decode_str;

use super::digest::sha256;

/// How every secret begins, so that people and scanners know one when they see it.
pub const START: &str = "isnad_";
/// How the token of a preview begins. What comes after it no key has: a key is shorter.
const PREVIEW: &str = "isnad_preview_";
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
        random(START).map(Self)
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
        match is_secret(text, START) {
            true => Ok(Self(text.to_owned())),
            false => Err("is no key: a key is `isnad_` and 43 letters, digits, `-` or `_`"),
        }
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secret({}…)", self.prefix())
    }
}

/// What opens one article to its bearer. `Debug` gives nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct PreviewToken(String);

impl PreviewToken {
    /// A new one, from the operating system's source of randomness.
    pub fn random() -> Result<Self, getrandom::Error> {
        random(PREVIEW).map(Self)
    }

    /// The token itself, for whom it was made and nobody else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it, as of a key.
    pub fn hash(&self) -> String {
        sha256(self.0.as_bytes())
    }
}

impl std::str::FromStr for PreviewToken {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match is_secret(text, PREVIEW) {
            true => Ok(Self(text.to_owned())),
            false => Err("is no token of a preview"),
        }
    }
}

impl std::fmt::Debug for PreviewToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PreviewToken(…)")
    }
}

fn random(start: &str) -> Result<String, getrandom::Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{start}{}", URL_SAFE_NO_PAD.encode(bytes)))
}

fn is_secret(text: &str, start: &str) -> bool {
    let random = text.strip_prefix(start);
    let bytes = random.and_then(|random| URL_SAFE_NO_PAD.decode(random).ok());
    bytes.is_some_and(|bytes| bytes.len() == BYTES)
}

/// A text without what may be a secret, for the log: of a key no more is left than its prefix, of a token nothing but how
/// all of them begin, which is as long.
pub fn redacted(text: &str) -> Cow<'_, str> {
    // A client may percent-encode any letter.
    let decoded = percent_decode_str(text).decode_utf8_lossy();
    match without_secrets(&decoded) {
        Some(kept) => Cow::Owned(kept.replace(char::is_control, "\u{FFFD}")),
        None => Cow::Borrowed(text),
    }
}

/// The text with its secrets cut short; None where it has none.
fn without_secrets(text: &str) -> Option<String> {
    let mut kept = String::new();
    let mut rest = text;
    let mut any = false;
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
                any = true;
            }
            _ => kept.push_str(found),
        }
        rest = after;
    }
    kept.push_str(rest);
    any.then_some(kept)
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
    fn a_token_is_no_key_and_a_key_is_no_token() {
        let (key, token) = (Secret::random().unwrap(), PreviewToken::random().unwrap());
        assert_eq!(token.reveal().parse(), Ok(token.clone()));
        assert_eq!(token.reveal().len(), PREVIEW.len() + 43);
        assert!(token.reveal().parse::<Secret>().is_err());
        assert!(key.reveal().parse::<PreviewToken>().is_err());
        let likely = format!("{PREVIEW}{}", "A".repeat(35));
        assert!(likely.parse::<PreviewToken>().is_err());
    }

    #[test]
    fn of_a_token_nothing_is_shown_however_it_is_spelled() {
        let token = PreviewToken::random().unwrap();
        assert_eq!(format!("{token:?}"), "PreviewToken(…)");
        let spelled = |escape: &dyn Fn(usize, char) -> bool| -> String {
            let letter = |(at, letter): (usize, char)| match escape(at, letter) {
                true => format!("%{:02X}", u32::from(letter)),
                false => letter.to_string(),
            };
            token.reveal().chars().enumerate().map(letter).collect()
        };
        for text in [
            spelled(&|_, _| false),
            spelled(&|_, _| true),
            spelled(&|_, letter| letter == '_'),
            spelled(&|at, _| at > 40),
            spelled(&|at, _| at % 2 == 0),
        ] {
            let logged = redacted(&format!("preview={text}&b=%0Ac")).into_owned();
            assert_eq!(logged, "preview=isnad_preview_…&b=\u{FFFD}c");
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
