-- What is counted to slow callers down, shared by every server on this database: calls, and failed sign-ins.

-- Counts of calls. Not logged: a count is over within a minute, and a crash may forget it. The columns and their order are those of
-- rate-limiter-flexible; `expire` is milliseconds since 1970.
CREATE UNLOGGED TABLE "legible_rate_limits" (
  "key" VARCHAR(255) NOT NULL,
  "points" INTEGER NOT NULL DEFAULT 0,
  "expire" BIGINT,
  CONSTRAINT "legible_rate_limits_pkey" PRIMARY KEY ("key")
) WITH (fillfactor = 50);

-- Failed sign-ins: of an account, of an address, and of the two together. Keys are hashes, since people type passwords into the wrong field.
CREATE TABLE "legible_sign_in_attempts" (
  "key" VARCHAR(80) NOT NULL,
  "failures" INTEGER NOT NULL DEFAULT 0,
  "next_at" TIMESTAMPTZ(3),
  "noted" BOOLEAN NOT NULL DEFAULT false,
  "forget_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "known_until" TIMESTAMPTZ(3),
  CONSTRAINT "legible_sign_in_attempts_pkey" PRIMARY KEY ("key"),
  CONSTRAINT "legible_sign_in_attempts_failures_check" CHECK ("failures" >= 0)
);

-- The role that counts calls, and can do nothing else. Made as in the first migration.
DO $$
BEGIN
  BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'legible_limits') THEN
      CREATE ROLE "legible_limits" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- another database of this server is being made at the same moment
  END;
  IF NOT pg_has_role(current_user, 'legible_limits',
    CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
    GRANT "legible_limits" TO current_user;
  END IF;
END
$$;
GRANT USAGE ON SCHEMA "public" TO "legible_limits";

GRANT SELECT, INSERT, UPDATE, DELETE ON "legible_rate_limits" TO "legible_limits";
ALTER TABLE "legible_rate_limits" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "counts" ON "legible_rate_limits" TO "legible_limits" USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON "legible_sign_in_attempts" TO "legible_system";
ALTER TABLE "legible_sign_in_attempts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "system_all" ON "legible_sign_in_attempts" TO "legible_system" USING (true) WITH CHECK (true);
