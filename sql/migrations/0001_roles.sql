-- The schema and who may do what in it.
--
-- tradewind_owner owns everything and alone may create, alter and drop; migrations act as it: they begin with
--   SET LOCAL ROLE tradewind_owner;
-- tradewind_service reads and writes rows, tradewind_read_only reads them. Nobody logs in as these: a login is made a member,
-- GRANT tradewind_service TO checkout. Names in migrations and queries are qualified, no search path is relied upon.
--
-- Roles belong to the whole cluster, so they may be there already, or be made for another database at this moment.
DO $roles$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['tradewind_owner', 'tradewind_service', 'tradewind_read_only'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
        EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', wanted);
      END IF;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    IF EXISTS (
      SELECT FROM pg_catalog.pg_roles
      WHERE rolname = wanted AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
    ) THEN
      RAISE EXCEPTION 'role % may do more than its rows call for; take its attributes away or drop it', wanted
        USING ERRCODE = 'insufficient_privilege';
    END IF;
  END LOOP;

  IF NOT pg_catalog.pg_has_role(current_user, 'tradewind_owner', 'MEMBER') THEN
    BEGIN
      EXECUTE pg_catalog.format('GRANT tradewind_owner TO %I', current_user);
    EXCEPTION
      WHEN unique_violation THEN NULL;
    END;
  END IF;
END
$roles$;

CREATE SCHEMA tradewind AUTHORIZATION tradewind_owner;
COMMENT ON SCHEMA tradewind IS 'Tradewind: quotes, promises, shipments, stock and jobs';

SET LOCAL ROLE tradewind_owner;

GRANT USAGE ON SCHEMA tradewind TO tradewind_service, tradewind_read_only;

-- What later migrations make is within reach without a grant in each; what must not be, they revoke.
ALTER DEFAULT PRIVILEGES IN SCHEMA tradewind
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tradewind_service;
ALTER DEFAULT PRIVILEGES IN SCHEMA tradewind GRANT USAGE, SELECT ON SEQUENCES TO tradewind_service;
ALTER DEFAULT PRIVILEGES IN SCHEMA tradewind GRANT SELECT ON TABLES TO tradewind_read_only;
ALTER DEFAULT PRIVILEGES IN SCHEMA tradewind GRANT SELECT ON SEQUENCES TO tradewind_read_only;
-- The server lets everybody call functions unless told otherwise, and that only for all schemas at once.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA tradewind
  GRANT EXECUTE ON ROUTINES TO tradewind_service, tradewind_read_only;
