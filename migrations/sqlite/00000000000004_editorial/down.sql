DROP INDEX statement_hops_by_entity;
DROP INDEX article_tags_by_tag;
DROP INDEX articles_by_outlet;
DROP TABLE stored_answers;
DROP TABLE article_revisions;
ALTER TABLE articles DROP COLUMN revised_at;
ALTER TABLE articles DROP COLUMN updated_by;
