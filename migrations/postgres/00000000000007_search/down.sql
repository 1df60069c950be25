ALTER TABLE store DROP COLUMN search_progress;
ALTER TABLE store DROP COLUMN search_version;
DROP INDEX entity_words_by_word;
DROP TABLE search_words;
DROP TABLE statement_places;
DROP TABLE article_places;
