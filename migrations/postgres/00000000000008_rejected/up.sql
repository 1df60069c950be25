-- What was extracted and rejected, by its words and those around them: extraction does not propose it again. The words are cut:
-- an index takes no more than 2,704 bytes.
CREATE INDEX statements_rejected ON statements (
    (substr(quote, 1, 64)),
    (coalesce((anchor::jsonb ->> 'prefix') || chr(10) || (anchor::jsonb ->> 'suffix'), '')) COLLATE "C"
) WHERE status = 'rejected' AND origin = 'extracted';
