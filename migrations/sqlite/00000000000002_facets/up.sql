-- More facets to lead a list by, filled for what is there.

-- By how long after one moment of a thing another one is: what narrows a list in the order of the one by a range
-- of the other. The steps are those of `domain/lag.rs`: 0 for none, then from an hour on four times as long for each
-- further one, below 0 where the later moment comes first.
CREATE TEMPORARY TABLE steps (step INTEGER PRIMARY KEY, shortest INTEGER NOT NULL, longest INTEGER NOT NULL);
WITH RECURSIVE grown (step, shortest, longest) AS (
    VALUES (1, 1, 3600000 - 1)
    UNION ALL
    SELECT step + 1, longest + 1, (longest + 1) * 4 - 1 FROM grown WHERE step < 15
)
INSERT INTO steps
SELECT 0, 0, 0 UNION ALL
SELECT step, shortest, longest FROM grown UNION ALL
SELECT -step, -longest, -shortest FROM grown;

-- Facets 8 and 9 of articles, from 1 (by publication) and 2 (by the last change).
INSERT INTO article_postings (facet, value, sort_key, uuid, article_id)
SELECT p.facet + 7, s.step, p.sort_key, p.uuid, p.article_id
FROM article_postings AS p
JOIN articles AS a ON a.id = p.article_id
JOIN steps AS s ON a.updated_at - a.published_key BETWEEN s.shortest AND s.longest
WHERE p.facet IN (1, 2);

-- Facets 12 and 13 of statements, from 1 (by publication) and 2 (by the moment they were said).
INSERT INTO statement_postings (facet, value, sort_key, uuid, statement_id)
SELECT p.facet + 11, l.step, p.sort_key, p.uuid, p.statement_id
FROM statement_postings AS p
JOIN statements AS s ON s.id = p.statement_id
JOIN steps AS l ON s.published_key - s.said_key BETWEEN l.shortest AND l.longest
WHERE p.facet IN (1, 2);

DROP TABLE steps;

-- Facet 10 of articles: 1 with statements, 0 without. Facet 14 of statements: twice the form's number, and 1 more where the
-- source has no name.
INSERT INTO article_postings (facet, value, sort_key, uuid, article_id)
SELECT 10, a.statement_count > 0, p.sort_key, p.uuid, p.article_id
FROM article_postings AS p
JOIN articles AS a ON a.id = p.article_id
WHERE p.facet = 1;

INSERT INTO statement_postings (facet, value, sort_key, uuid, statement_id)
SELECT
    14,
    CASE s.form WHEN 'direct' THEN 0 WHEN 'indirect' THEN 2 ELSE 4 END + s.anonymous,
    p.sort_key, p.uuid, p.statement_id
FROM statement_postings AS p
JOIN statements AS s ON s.id = p.statement_id
WHERE p.facet = 1;
