-- Two roles: the owner makes and changes tables; the application works in them.
-- What is evidence the application may only add to and read: triggers in the tables are the second lock, not the first.
-- Run by the owner after every migration (deploy/entrypoint.sh migrate does); repeating it changes nothing.
-- psql variables: app = the application's role.

GRANT USAGE ON SCHEMA public TO :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"app";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"app";

REVOKE UPDATE, DELETE, TRUNCATE ON audit_auditevent, audit_auditcheckpoint FROM :"app";

-- The record of which migrations ran is the owner's alone.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM :"app";
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
