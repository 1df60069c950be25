DELETE FROM article_postings WHERE facet IN (8, 9, 10);
DELETE FROM statement_postings WHERE facet IN (12, 13, 14);
