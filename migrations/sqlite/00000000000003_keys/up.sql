-- Keys of those who read or write by name. Of the secret itself nothing is kept but a hash and what tells keys apart.
CREATE TABLE api_keys (
    id           INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL UNIQUE,
    prefix       TEXT    NOT NULL UNIQUE, -- how the secret begins
    hash         TEXT    NOT NULL UNIQUE, -- SHA-256 of the secret, in hexadecimal
    scope        TEXT    NOT NULL CHECK (scope IN ('none', 'read', 'write', 'publish', 'admin')),
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER,
    revoked_at   INTEGER,
    last_used_at INTEGER -- to the hour
) STRICT;
