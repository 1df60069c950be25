-- What things are found by: terms, made of their texts by the program and put in the first column that has them, which is
-- their weight. A row stands at the place of its thing, which rises with publication; what the public does not see has places
-- below zero.
CREATE TABLE article_places (
    place  BIGINT PRIMARY KEY,
    row_id BIGINT NOT NULL UNIQUE, -- the article's
    words  BYTEA  NOT NULL,        -- its words in their order, see src/search/words.rs: for phrases
    terms  TSVECTOR NOT NULL
);
CREATE INDEX article_places_by_term ON article_places USING gin (terms);
CREATE TABLE statement_places (
    place  BIGINT PRIMARY KEY,
    row_id BIGINT NOT NULL UNIQUE, -- the statement's
    words  BYTEA  NOT NULL,
    terms  TSVECTOR NOT NULL
);
CREATE INDEX statement_places_by_term ON statement_places USING gin (terms);

-- The words that begin with what somebody types, and the terms that find them.
CREATE TABLE search_words (
    word TEXT COLLATE "C" NOT NULL,
    term TEXT COLLATE "C" NOT NULL,
    seen BOOLEAN NOT NULL, -- whether something that the public sees has had it
    PRIMARY KEY (word, term, seen)
);

-- The names that have a word which begins with it.
CREATE INDEX entity_words_by_word ON entity_words (word, entity_id);

-- By which version of the analyser the terms were made, and up to which article they have been made anew.
ALTER TABLE store ADD COLUMN search_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE store ADD COLUMN search_progress BIGINT NOT NULL DEFAULT 0;
