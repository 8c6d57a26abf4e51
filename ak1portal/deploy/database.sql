-- What the superuser of PostgreSQL does for the portal, once and safely again:
--   sudo -u postgres psql -f database.sql
-- On the portal's own machine the role needs no password (peer); elsewhere give it one
-- with \password ak1. It owns its database and nothing else; `migrate` writes its limits.
\set ON_ERROR_STOP on
SELECT 'CREATE ROLE ak1 LOGIN' WHERE NOT EXISTS (
    SELECT FROM pg_roles WHERE rolname = 'ak1') \gexec
ALTER ROLE ak1 NOSUPERUSER NOCREATEDB NOCREATEROLE;
SELECT 'CREATE DATABASE ak1 OWNER ak1 ENCODING ''UTF8'' TEMPLATE template0'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'ak1') \gexec
REVOKE CONNECT, TEMPORARY ON DATABASE ak1 FROM PUBLIC;

-- The server's log holds no statement and no row: they are people's data.
ALTER DATABASE ak1 SET log_min_error_statement = panic;
ALTER DATABASE ak1 SET log_error_verbosity = terse;
ALTER DATABASE ak1 SET log_statement = none;
ALTER DATABASE ak1 SET log_min_duration_statement = -1;
ALTER DATABASE ak1 SET log_min_duration_sample = -1;
ALTER DATABASE ak1 SET log_transaction_sample_rate = 0;
ALTER DATABASE ak1 SET log_parameter_max_length = 0;
ALTER DATABASE ak1 SET log_parameter_max_length_on_error = 0;
