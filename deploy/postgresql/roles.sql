-- The roles and the database, made once, on the primary, by its superuser. A password is given to each role afterwards.
\set ON_ERROR_STOP on

-- Owns the tables: it makes them and brings them up to date, reads and writes.
CREATE ROLE isnad LOGIN;
-- Reads; for DATABASE_READ_URL.
CREATE ROLE isnad_reader LOGIN;
-- Streams to a replica.
CREATE ROLE isnad_replica LOGIN REPLICATION;

CREATE DATABASE isnad OWNER isnad TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE isnad FROM PUBLIC;
GRANT CONNECT ON DATABASE isnad TO isnad_reader;

\connect isnad
ALTER DEFAULT PRIVILEGES FOR ROLE isnad GRANT SELECT ON TABLES TO isnad_reader;
