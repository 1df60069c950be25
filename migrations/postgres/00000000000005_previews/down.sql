DROP INDEX entities_hidden_by_name;
DROP INDEX entities_hidden;
DROP INDEX statements_unpublished_by_saying;
DROP INDEX statements_unpublished_by_publication;
DROP INDEX articles_hidden_by_update;
DROP INDEX articles_hidden_by_publication;
DROP TABLE previews;
