-- In migrations/sqlite this fills facets for what was stored before they were there. No PostgreSQL store is that old.
SELECT 1;
