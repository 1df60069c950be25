//! URLs of PostgreSQL databases, which libpq reads; see "Connection URIs" and "Parameter Key Words" in its documentation.
use diesel::ConnectionError;

/// Adds to a URL how soon a server counts as lost that says nothing any more, unless it says so itself: by default libpq waits
/// for minutes.
pub fn with_deadlines(url: &str) -> String {
    const DEADLINES: [(&str, &str); 5] = [
        ("connect_timeout", "3"),
        ("keepalives_idle", "5"),
        ("keepalives_interval", "2"),
        ("keepalives_count", "3"),
        ("tcp_user_timeout", "10000"),
    ];
    let mut url = url.to_owned();
    for (name, value) in DEADLINES {
        if !url.contains(&format!("{name}=")) {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&format!("{name}={value}"));
        }
    }
    url
}

/// What libpq says of a connection that failed; or, where it says that of a URL that it cannot read, which it repeats with
/// the password in it, a sentence in its place.
pub fn told(error: &ConnectionError) -> Result<String, &'static str> {
    let said = error.to_string();
    let of_the_server = ["connection to server", "could not translate host name"];
    // An @ in the name of a host is what comes after an @ in a password.
    match of_the_server.iter().any(|words| said.starts_with(words)) && !said.contains('@') {
        true => Ok(said.trim().replace('\n', " ")),
        false => Err(
            "its URL cannot be read; it is postgres://USER:PASSWORD@HOST:PORT/NAME, with % written %25 in the password, \
             @ %40, / %2F, : %3A and ? %3F",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_added_where_the_url_has_none() {
        let url = with_deadlines("postgres://host/name?connect_timeout=9&sslmode=require");
        assert!(url.contains("connect_timeout=9") && !url.contains("connect_timeout=3"));
        assert!(url.contains("&tcp_user_timeout=10000"), "{url}");
        let url = with_deadlines("postgres://host/name");
        assert!(
            url.starts_with("postgres://host/name?connect_timeout=3&"),
            "{url}"
        );
    }

    #[test]
    fn only_what_is_said_of_the_server_is_told() {
        let told = |said: &str| told(&ConnectionError::BadConnection(said.to_owned()));
        assert!(told("connection to server at \"10.0.0.1\", port 5432 failed: refused\n").is_ok());
        for said in [
            "invalid percent-encoded token: \"SEC%RET\"",
            "could not translate host name \"RET@127.0.0.1\" to address",
            "invalid port number: \"SEC\"",
        ] {
            assert!(!told(said).unwrap_err().contains("SEC"), "{said}");
        }
    }
}
