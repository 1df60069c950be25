-- The place of a statement in the text of its article counts the published ones before it, and no others: what is hidden must
-- not show by a gap. Facet 10 is the article's, in text order. The documents are rendered anew when a server starts.
UPDATE statement_postings SET sort_key = (
    SELECT count(*) FROM statements AS this JOIN statements AS other
    ON other.article_id = this.article_id AND other.position < this.position AND other.status = 'published'
    WHERE this.id = statement_postings.statement_id
) WHERE facet = 10;
