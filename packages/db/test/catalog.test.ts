// What the catalogue says of roles, tables, views and functions: the matrix of rights.test.ts rests on it.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Tx } from "../src/scopes.ts";
import { type TestDatabase, testDatabase } from "../src/testing.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const roles = ["legible_admin", "legible_limits", "legible_login", "legible_queue", "legible_system", "legible_user"];

test("no role of ours may log in, rule over others or step around the policies", async () => {
  const rows = await database.asOwner<{ rolname: string }>(
    `SELECT rolname, rolsuper OR rolbypassrls OR rolcanlogin OR rolcreaterole OR rolcreatedb OR rolreplication AS more
     FROM pg_roles WHERE rolname LIKE 'legible^_%' ESCAPE '^' ORDER BY rolname`,
  );
  expect(rows).toEqual(roles.map((rolname) => ({ rolname, more: false })));
});

test("no role of ours owns anything, and none may become another", async () => {
  const owned = await database.asOwner(
    "SELECT relname FROM pg_class JOIN pg_roles r ON r.oid = relowner WHERE rolname LIKE 'legible^_%' ESCAPE '^'",
  );
  const members = await database.asOwner(
    "SELECT 1 FROM pg_auth_members JOIN pg_roles r ON r.oid = member WHERE rolname LIKE 'legible^_%' ESCAPE '^'",
  );
  expect([...owned, ...members]).toEqual([]);
});

test("a request's transaction runs as the role of its scope, and that one obeys the policies", async () => {
  type Row = { role: string; active: boolean };
  const ask = async (tx: Tx) => {
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT current_user::text AS role, row_security_active('tool_ocr_tasks') AS active`;
    return row;
  };
  const { id } = await database.createUser();
  expect(await database.asUser(id, ask)).toEqual({ role: "legible_user", active: true });
  expect(await database.asAdmin(id, ask)).toEqual({ role: "legible_admin", active: true });
  expect(await database.asSystem("test", ask)).toEqual({ role: "legible_system", active: true });
});

test("views would be asked with the reader's rights", async () => {
  const rows = await database.asOwner(
    `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
       AND NOT coalesce(reloptions::text[] @> '{security_invoker=true}', false)`,
  );
  expect(rows).toEqual([]);
});

test("no function runs with its owner's rights", async () => {
  const rows = await database.asOwner(
    "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace IN ('public'::regnamespace, 'pgboss'::regnamespace)",
  );
  expect(rows).toEqual([]);
});

test("every table has row-level security, and ours force it on their owner", async () => {
  const rows = await database.asOwner<{ relname: string; on: boolean; forced: boolean }>(
    `SELECT relname, relrowsecurity AS "on", relforcerowsecurity AS forced FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
  );
  expect(rows.filter(({ on }) => !on)).toEqual([]);
  expect(rows.filter(({ forced }) => !forced).map(({ relname }) => relname)).toEqual(["_prisma_migrations"]);
});

test("columns that a role may change are these, where it may not change all", async () => {
  const rows = await database.asOwner<{ role: string; columns: string[] }>(
    `SELECT grantee || ' ' || table_name AS role, array_agg(column_name::text ORDER BY column_name) AS columns
     FROM information_schema.column_privileges c
     WHERE privilege_type = 'UPDATE' AND grantee LIKE 'legible^_%' ESCAPE '^' AND NOT EXISTS (
       SELECT FROM information_schema.table_privileges t
       WHERE (t.grantee, t.table_name, t.privilege_type) = (c.grantee, c.table_name, 'UPDATE'))
     GROUP BY 1 ORDER BY 1`,
  );
  expect(Object.fromEntries(rows.map(({ role, columns }) => [role, columns]))).toEqual({
    "legible_admin legible_audit_head": ["hash", "last_id"],
    "legible_admin tool_ocr_sessions": ["revoked_at"],
    "legible_admin tool_ocr_users": ["disabled_at", "role"],
    "legible_system legible_audit_head": ["hash", "last_id"],
    "legible_user legible_audit_head": ["hash", "last_id"],
    "legible_user tool_ocr_users": ["display_name", "last_seen_at", "password_hash"],
  });
});
