DROP INDEX statements_rejected;
