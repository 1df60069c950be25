-- What things are found by: terms, made of their texts by the program and put in the first column that has them. A row
-- stands at the place of its thing, which rises with publication; what the public does not see has places below zero.
CREATE VIRTUAL TABLE article_terms USING fts5 (
    title, lead, body, content = '', contentless_delete = 1, detail = column, tokenize = 'ascii'
);
CREATE TABLE article_places (
    place  INTEGER PRIMARY KEY,
    row_id INTEGER NOT NULL UNIQUE, -- the article's
    words  BLOB    NOT NULL         -- its words in their order, see src/search/words.rs: for phrases
) STRICT;
CREATE VIRTUAL TABLE statement_terms USING fts5 (
    quote, speaker, outlet, content = '', contentless_delete = 1, detail = column, tokenize = 'ascii'
);
CREATE TABLE statement_places (
    place  INTEGER PRIMARY KEY,
    row_id INTEGER NOT NULL UNIQUE, -- the statement's
    words  BLOB    NOT NULL         -- likewise
) STRICT;
-- The words of long texts from where a row of places ends, in pieces of which several fill a page.
CREATE TABLE article_words (
    place INTEGER NOT NULL,
    piece INTEGER NOT NULL,
    words BLOB    NOT NULL,
    PRIMARY KEY (place, piece)
) STRICT, WITHOUT ROWID;
CREATE TABLE statement_words (
    place INTEGER NOT NULL,
    piece INTEGER NOT NULL,
    words BLOB    NOT NULL,
    PRIMARY KEY (place, piece)
) STRICT, WITHOUT ROWID;

-- The words that begin with what somebody types, and the terms that find them.
CREATE TABLE search_words (
    word TEXT NOT NULL,
    term TEXT NOT NULL,
    seen INTEGER NOT NULL, -- whether something that the public sees has had it
    PRIMARY KEY (word, term, seen)
) STRICT, WITHOUT ROWID;

-- The names that have a word which begins with it.
CREATE INDEX entity_words_by_word ON entity_words (word, entity_id);

-- By which version of the analyser the terms were made, and up to which article they have been made anew.
ALTER TABLE store ADD COLUMN search_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE store ADD COLUMN search_progress INTEGER NOT NULL DEFAULT 0;
