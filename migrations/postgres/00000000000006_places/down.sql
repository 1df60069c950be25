UPDATE statement_postings SET sort_key = (SELECT position FROM statements WHERE statements.id = statement_postings.statement_id)
WHERE facet = 10;
