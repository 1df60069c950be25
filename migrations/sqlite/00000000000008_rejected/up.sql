-- What was extracted and rejected, by its words and those around them: extraction does not propose it again. The words are cut,
-- so that PostgreSQL can have the same index.
CREATE INDEX statements_rejected ON statements (
    substr(quote, 1, 64),
    coalesce(json_extract(anchor, '$.prefix') || char(10) || json_extract(anchor, '$.suffix'), '')
) WHERE status = 'rejected' AND origin = 'extracted';
