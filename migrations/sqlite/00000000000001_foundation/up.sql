-- Moments are milliseconds since 1970, UTC. Booleans are 0 or 1. Columns that hold JSON say so.
-- `sequence` is the number of the write that last changed a row; `public_sequence` the number of the public change
-- that last changed it in the public's view, null while the public never saw it.

-- One row: which store this is, and the numbers of the last write and of the last change of what the public sees.
CREATE TABLE store (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    identity        TEXT    NOT NULL, -- random: no two stores have the same ETags
    sequence        INTEGER NOT NULL,
    public_sequence INTEGER NOT NULL,
    render_version  INTEGER NOT NULL
) STRICT;
INSERT INTO store VALUES (1, lower(hex(randomblob(16))), 0, 0, 0);

-- Speakers, outlets and tags: what has a name, and is referred to.
CREATE TABLE entities (
    id              INTEGER PRIMARY KEY,
    uuid            TEXT    NOT NULL UNIQUE,
    thing           TEXT    NOT NULL CHECK (thing IN ('speaker', 'outlet', 'tag')),
    slug            TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    fold            TEXT    NOT NULL, -- of the name
    names           TEXT    NOT NULL, -- JSON: language to name
    aliases         TEXT    NOT NULL, -- JSON
    kind            TEXT,
    description     TEXT,
    "references"    TEXT    NOT NULL, -- JSON
    url             TEXT,
    country         TEXT,
    language        TEXT,
    article_count   INTEGER NOT NULL, -- visible articles: an outlet's as publisher, a tag's
    statement_count INTEGER NOT NULL, -- visible statements: a speaker's at hop 0, an outlet's as the credited one
    mention_count   INTEGER NOT NULL, -- everything visible that refers to it
    visible         INTEGER NOT NULL, -- whether anything does
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    revision        INTEGER NOT NULL,
    sequence        INTEGER NOT NULL,
    public_sequence INTEGER,
    UNIQUE (thing, slug)
) STRICT;
CREATE INDEX entities_by_statements ON entities (thing, statement_count, uuid) WHERE visible;
CREATE INDEX entities_by_articles ON entities (thing, article_count, uuid) WHERE visible;
CREATE INDEX entities_by_name ON entities (thing, fold, uuid) WHERE visible;

-- Every spelling that finds an entity, folded.
CREATE TABLE entity_spellings (
    thing     TEXT    NOT NULL,
    fold      TEXT    NOT NULL,
    entity_id INTEGER NOT NULL REFERENCES entities (id),
    PRIMARY KEY (thing, fold, entity_id)
) STRICT, WITHOUT ROWID;

-- The words of those spellings, for reading names by prefix.
CREATE TABLE entity_words (
    entity_id INTEGER NOT NULL REFERENCES entities (id),
    word      TEXT    NOT NULL,
    PRIMARY KEY (entity_id, word)
) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
    id                INTEGER PRIMARY KEY,
    uuid              TEXT    NOT NULL UNIQUE,
    slug              TEXT    NOT NULL UNIQUE,
    language          TEXT    NOT NULL,
    title             TEXT    NOT NULL,
    summary           TEXT,
    image             TEXT, -- JSON
    body              TEXT    NOT NULL, -- JSON
    authors           TEXT    NOT NULL, -- JSON
    dateline          TEXT,
    outlet_id         INTEGER NOT NULL REFERENCES entities (id),
    source_url        TEXT,
    status            TEXT    NOT NULL CHECK (status IN ('draft', 'published', 'withdrawn')),
    reason            TEXT,
    published_at      INTEGER,
    published_key     INTEGER NOT NULL, -- published_at, else created_at
    corrections       TEXT    NOT NULL, -- JSON
    translation_group TEXT,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL,
    revision          INTEGER NOT NULL,
    sequence          INTEGER NOT NULL,
    public_sequence   INTEGER,
    visible           INTEGER NOT NULL,
    statement_count   INTEGER NOT NULL, -- visible ones
    list_json         TEXT, -- what the public is served in lists; null while it may not see the article
    item_json         TEXT, -- what the public is served alone
    CHECK (visible = (list_json IS NOT NULL) AND visible = (item_json IS NOT NULL)),
    CHECK (status <> 'published' OR published_at IS NOT NULL)
) STRICT;
CREATE INDEX articles_translations ON articles (translation_group) WHERE translation_group IS NOT NULL;
CREATE INDEX articles_scheduled ON articles (published_at) WHERE status = 'published' AND NOT visible;

CREATE TABLE article_tags (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    position   INTEGER NOT NULL,
    tag_id     INTEGER NOT NULL REFERENCES entities (id),
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_references (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    position   INTEGER NOT NULL,
    type       TEXT    NOT NULL,
    value      TEXT    NOT NULL,
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_references_by_value ON article_references (value, type);

CREATE TABLE statements (
    id              INTEGER PRIMARY KEY,
    uuid            TEXT    NOT NULL UNIQUE,
    article_id      INTEGER NOT NULL REFERENCES articles (id),
    position        INTEGER NOT NULL,
    form            TEXT    NOT NULL CHECK (form IN ('direct', 'indirect', 'mixed')),
    quote           TEXT    NOT NULL,
    anonymous       INTEGER NOT NULL, -- hop 0 has no name
    anchor          TEXT, -- JSON
    said_at         INTEGER,
    said_precision  TEXT CHECK (said_precision IN ('year', 'month', 'day', 'minute')),
    said_key        INTEGER NOT NULL, -- said_at, else published_key
    published_key   INTEGER NOT NULL, -- the article's
    language        TEXT    NOT NULL,
    status          TEXT    NOT NULL CHECK (status IN ('published', 'proposed', 'rejected', 'retracted')),
    origin          TEXT    NOT NULL CHECK (origin IN ('editor', 'import', 'extracted')),
    confidence      REAL,
    rule            TEXT,
    note            TEXT,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    revision        INTEGER NOT NULL,
    sequence        INTEGER NOT NULL,
    public_sequence INTEGER,
    visible         INTEGER NOT NULL,
    item_json       TEXT, -- what the public is served
    CHECK (visible = (item_json IS NOT NULL))
) STRICT;
CREATE INDEX statements_of_article ON statements (article_id, position);

-- The chain, from the mouth outward: hop 0 is the speaker.
CREATE TABLE statement_hops (
    statement_id    INTEGER NOT NULL REFERENCES statements (id),
    hop             INTEGER NOT NULL,
    role            TEXT    NOT NULL CHECK (role IN ('speaker', 'relay', 'outlet')),
    entity_id       INTEGER REFERENCES entities (id),
    anonymous_label TEXT,
    anonymous_count INTEGER,
    unresolved_name TEXT,
    unresolved_kind TEXT,
    as_named        TEXT,
    cue             TEXT,
    source_url      TEXT,
    PRIMARY KEY (statement_id, hop),
    CHECK ((entity_id IS NOT NULL) + (anonymous_label IS NOT NULL) + (unresolved_name IS NOT NULL) = 1)
) STRICT, WITHOUT ROWID;

-- What the public finds a thing by. A posting says: under this value of this facet stands this thing, at this place in
-- the facet's order. Only visible things have postings, so a list read from them cannot show anything else.
-- No foreign keys: a deletion would have to scan for them, and `isnad check` proves postings anyway.
CREATE TABLE article_postings (
    facet      INTEGER NOT NULL,
    value      INTEGER NOT NULL,
    sort_key   INTEGER NOT NULL,
    uuid       BLOB    NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (facet, value, sort_key, uuid)
) STRICT, WITHOUT ROWID;
CREATE TABLE statement_postings (
    facet        INTEGER NOT NULL,
    value        INTEGER NOT NULL,
    sort_key     INTEGER NOT NULL,
    uuid         BLOB    NOT NULL,
    statement_id INTEGER NOT NULL,
    PRIMARY KEY (facet, value, sort_key, uuid)
) STRICT, WITHOUT ROWID;

-- Keys that a thing once had: former slugs, and ids and slugs of what was merged or deleted. They lead to `uuid`.
CREATE TABLE former_keys (
    thing TEXT NOT NULL,
    key   TEXT NOT NULL,
    uuid  TEXT NOT NULL,
    PRIMARY KEY (thing, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_keys_of_thing ON former_keys (uuid, key);

-- What was deleted.
CREATE TABLE tombstones (
    thing           TEXT    NOT NULL,
    uuid            TEXT    NOT NULL,
    reason          TEXT,
    deleted_at      INTEGER NOT NULL,
    sequence        INTEGER NOT NULL,
    public_sequence INTEGER,
    PRIMARY KEY (thing, uuid)
) STRICT, WITHOUT ROWID;

-- Articles whose stored JSON names something that has been renamed since.
CREATE TABLE stale_documents (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id)
) STRICT;
