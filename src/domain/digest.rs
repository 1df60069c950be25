//! SHA-256, in hexadecimal: what is kept of a secret, and what tells whether two requests are the same.
use sha2::{Digest, Sha256};

/// The digest of some bytes, as 64 lower-case digits.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
