//! Content codings (RFC 9110, section 8.4): br and gzip for who takes them.
use std::io::Write;

use actix_web::http::header::{self, HeaderMap};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Below this many bytes a coding costs more than it saves.
const WORTH_CODING: usize = 1024;

/// How a body is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    Identity,
    Brotli,
    Gzip,
}

impl Coding {
    /// As `Content-Encoding` and entity tags spell it; None for the identity.
    pub const fn token(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
        }
    }

    pub fn is_token(text: &str) -> bool {
        [Self::Brotli, Self::Gzip]
            .iter()
            .any(|coding| coding.token() == Some(text))
    }

    /// The best coding that the client takes: the highest weight, br before gzip among equals.
    pub fn negotiate(headers: &HeaderMap) -> Self {
        if !headers.contains_key(header::ACCEPT_ENCODING) {
            return Self::Identity;
        }
        let mut offers: Vec<(String, f32)> = Vec::new();
        let given = headers
            .get_all(header::ACCEPT_ENCODING)
            .filter_map(|value| value.to_str().ok());
        for offer in given.flat_map(|value| value.split(',')) {
            let mut parts = offer.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts
                .find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")))
                .map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
            offers.push((name, weight));
        }
        let weight = |name: &str| {
            let of = |wanted: &str| {
                offers
                    .iter()
                    .find(|(offer, _)| offer == wanted)
                    .map(|(_, w)| *w)
            };
            of(name).or(of("*")).unwrap_or(0.0)
        };
        let (brotli, gzip) = (weight("br"), weight("gzip"));
        if brotli > 0.0 && brotli >= gzip {
            Self::Brotli
        } else if gzip > 0.0 {
            Self::Gzip
        } else {
            Self::Identity
        }
    }

    /// Whether a body of so many bytes is smaller by it.
    pub const fn is_worthwhile(self, bytes: usize) -> bool {
        bytes >= WORTH_CODING && !matches!(self, Self::Identity)
    }

    /// Codes a body; None for the identity.
    pub fn encode(self, body: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Identity => None,
            Self::Brotli => brotli(body),
            Self::Gzip => gzip(body),
        }
    }
}

/// Writing into memory does not fail; if it did, the plain body would do.
fn brotli(body: &[u8]) -> Option<Vec<u8>> {
    const QUALITY: u32 = 4;
    const WINDOW: u32 = 20;
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, QUALITY, WINDOW);
    writer.write_all(body).ok()?;
    Some(writer.into_inner())
}

fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::new(5));
    writer.write_all(body).ok()?;
    writer.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{ACCEPT_ENCODING, HeaderValue};

    #[test]
    fn the_client_decides_the_coding() {
        for (accepted, expected) in [
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("gzip", Coding::Gzip),
            ("br;q=0.5, gzip", Coding::Gzip),
            ("br;q=0, *", Coding::Gzip),
            ("*", Coding::Brotli),
            ("identity", Coding::Identity),
            ("gzip;q=0", Coding::Identity),
            ("", Coding::Identity),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            assert_eq!(Coding::negotiate(&headers), expected, "{accepted}");
        }
        assert_eq!(Coding::negotiate(&HeaderMap::new()), Coding::Identity);
    }
}
