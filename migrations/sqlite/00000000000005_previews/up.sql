-- What lets who has no key read one article as the public will see it. Of the token nothing is kept but a hash.
CREATE TABLE previews (
    id         INTEGER PRIMARY KEY,
    uuid       TEXT    NOT NULL UNIQUE,
    article    TEXT    NOT NULL, -- its uuid
    hash       TEXT    NOT NULL UNIQUE, -- SHA-256 of the token, in hexadecimal
    created_at INTEGER NOT NULL,
    created_by TEXT    NOT NULL, -- the name of the key
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX previews_by_end ON previews (expires_at);

-- What the public does not see has no postings: editors list it from its tables. What is published has no place in these
-- indexes, and costs nothing there.
-- Spelled so that the scheduler, which asks for `NOT visible`, keeps to its own.
CREATE INDEX articles_hidden_by_publication ON articles (status, published_key, uuid) WHERE visible IS FALSE;
CREATE INDEX articles_hidden_by_update ON articles (status, updated_at, uuid) WHERE visible IS FALSE;
CREATE INDEX statements_unpublished_by_publication ON statements (status, published_key, uuid) WHERE status <> 'published';
CREATE INDEX statements_unpublished_by_saying ON statements (status, said_key, uuid) WHERE status <> 'published';
CREATE INDEX entities_hidden ON entities (thing, uuid) WHERE NOT visible;
CREATE INDEX entities_hidden_by_name ON entities (thing, fold, uuid) WHERE NOT visible;
