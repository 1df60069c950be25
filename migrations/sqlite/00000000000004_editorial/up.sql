-- The key by whose name an article was last changed; null where a command, the samples or the clock did it.
ALTER TABLE articles ADD COLUMN updated_by TEXT;
-- When its present revision came to be, where that is not `updated_at`: going live on schedule is no revision.
ALTER TABLE articles ADD COLUMN revised_at INTEGER;

-- The former states of articles, those of deleted ones included.
CREATE TABLE article_revisions (
    article_uuid TEXT    NOT NULL,
    revision     INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL, -- when the article became so
    changed_by   TEXT,             -- by which key
    replaced_at  INTEGER NOT NULL, -- when it became otherwise
    state        TEXT    NOT NULL, -- JSON: the article as it is written, statements included
    PRIMARY KEY (article_uuid, revision)
) STRICT;
CREATE INDEX article_revisions_by_age ON article_revisions (replaced_at);

-- What requests with an Idempotency-Key were answered, written by the transaction that did what they asked.
CREATE TABLE stored_answers (
    key_id       INTEGER NOT NULL,
    token        TEXT    NOT NULL, -- the Idempotency-Key
    request      TEXT NOT NULL, -- SHA-256 of its method and path, in hexadecimal
    fingerprint  TEXT    NOT NULL, -- SHA-256 of the body, in hexadecimal
    status       INTEGER NOT NULL,
    location     TEXT,
    etag         TEXT,
    body         TEXT,
    sequence     INTEGER NOT NULL, -- of that write
    article_uuid TEXT,             -- of the article that it tells of
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (key_id, token, request)
) STRICT, WITHOUT ROWID;
CREATE INDEX stored_answers_by_age ON stored_answers (created_at);
CREATE INDEX stored_answers_by_article ON stored_answers (article_uuid) WHERE article_uuid IS NOT NULL;

-- What refers to a record, seen or not: for merging and deleting it.
CREATE INDEX articles_by_outlet ON articles (outlet_id);
CREATE INDEX article_tags_by_tag ON article_tags (tag_id);
CREATE INDEX statement_hops_by_entity ON statement_hops (entity_id) WHERE entity_id IS NOT NULL;
