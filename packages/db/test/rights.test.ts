// The access matrix: every table × every role × every operation, on the own row and on a stranger's.
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectionConfig } from "../src/connection.ts";
import { type TestDatabase, testDatabase } from "../src/testing.ts";

type Person = { user: number; task: number; rows: Record<string, number> };

// Four signs each for select, insert, update, delete: the letter = done, "." = no such row for this role, "x" = refused.
type Rights = { own: string; foreign: string };
const nothing: Rights = { own: "xxxx", foreign: "xxxx" };
const ownOnly: Rights = { own: "siud", foreign: ".x.." };
const everything: Rights = { own: "siud", foreign: "siud" };
const connections = ["legible_login", "legible_queue", "legible_limits"] as const;
const roles = [...connections, "legible_user", "legible_admin", "legible_system"] as const;
type Role = (typeof roles)[number];

const closed = { legible_login: nothing, legible_queue: nothing, legible_limits: nothing };
/** Table, the column an update changes, and the rights of each role. */
const matrix: [table: string, column: string, rights: Record<Role, Rights>][] = [
  [
    "tool_ocr_users",
    "display_name",
    {
      ...closed,
      legible_user: { own: "sxux", foreign: ".x.x" },
      legible_admin: { own: "sxxx", foreign: "sxxx" },
      legible_system: everything,
    },
  ],
  [
    "tool_ocr_users",
    "password_hash",
    {
      ...closed,
      legible_user: { own: "sxux", foreign: ".x.x" },
      legible_admin: { own: "sxxx", foreign: "sxxx" },
      legible_system: everything,
    },
  ],
  [
    "tool_ocr_users",
    "role",
    {
      ...closed,
      legible_user: { own: "sxxx", foreign: ".xxx" },
      legible_admin: { own: "sxux", foreign: "sxux" },
      legible_system: everything,
    },
  ],
  [
    "tool_ocr_sessions",
    "revoked_at",
    { ...closed, legible_user: ownOnly, legible_admin: { own: "sxux", foreign: "sxux" }, legible_system: everything },
  ],
  [
    "tool_ocr_sessions",
    "refresh_token_hash",
    { ...closed, legible_user: ownOnly, legible_admin: { own: "sxxx", foreign: "sxxx" }, legible_system: everything },
  ],
  [
    "tool_ocr_tasks",
    "status",
    { ...closed, legible_user: ownOnly, legible_admin: { own: "siud", foreign: "sx.." }, legible_system: everything },
  ],
  [
    "tool_ocr_task_files",
    "stored_path",
    { ...closed, legible_user: ownOnly, legible_admin: ownOnly, legible_system: everything },
  ],
  [
    "tool_ocr_task_pages",
    "reason",
    { ...closed, legible_user: ownOnly, legible_admin: ownOnly, legible_system: everything },
  ],
  [
    "tool_ocr_page_texts",
    "text",
    { ...closed, legible_user: ownOnly, legible_admin: ownOnly, legible_system: everything },
  ],
  [
    "tool_ocr_api_tokens",
    "name",
    { ...closed, legible_user: ownOnly, legible_admin: ownOnly, legible_system: everything },
  ],
  [
    "tool_ocr_audit_logs",
    "outcome",
    {
      ...closed,
      legible_user: { own: "xixx", foreign: "xxxx" },
      legible_admin: { own: "sixx", foreign: "sxxx" },
      legible_system: { own: "sixx", foreign: "sixx" },
    },
  ],
  // The privilege to move the head is there for the trigger of the log; its guard refuses everybody else.
  [
    "legible_audit_head",
    "hash",
    {
      ...closed,
      legible_user: { own: "sxxx", foreign: "sxxx" },
      legible_admin: { own: "sxxx", foreign: "sxxx" },
      legible_system: { own: "sxxx", foreign: "sxxx" },
    },
  ],
  [
    "tool_ocr_entra_tokens",
    "expires_at",
    {
      ...closed,
      legible_user: nothing,
      legible_admin: nothing,
      // Taken once, forgotten when it is over, never changed.
      legible_system: { own: "sixd", foreign: "sixd" },
    },
  ],
  // Differences are added by the triggers of tasks and files; the sweep adds them together.
  [
    "legible_sums",
    "tasks",
    {
      ...closed,
      legible_user: nothing,
      legible_admin: { own: "sxxx", foreign: "sxxx" },
      legible_system: { own: "sixd", foreign: "sixd" },
    },
  ],
  // Counts of calls belong to connections of their own.
  [
    "legible_rate_limits",
    "points",
    { ...closed, legible_limits: everything, legible_user: nothing, legible_admin: nothing, legible_system: nothing },
  ],
  [
    "legible_sign_in_attempts",
    "failures",
    { ...closed, legible_user: nothing, legible_admin: nothing, legible_system: everything },
  ],
  ["_prisma_migrations", "logs", { ...closed, legible_user: nothing, legible_admin: nothing, legible_system: nothing }],
];

/** Tables whose rows belong to nobody. */
const ownerless = [
  "_prisma_migrations",
  "legible_audit_head",
  "legible_rate_limits",
  "legible_sign_in_attempts",
  "legible_sums",
  "tool_ocr_entra_tokens",
];

/** The statement that adds a row of `person`. */
const inserts: Record<string, (person: Person) => string> = {
  tool_ocr_users: () => `INSERT INTO tool_ocr_users (email, display_name) VALUES ('${randomUUID()}', 'x')`,
  tool_ocr_sessions: ({ user }) =>
    `INSERT INTO tool_ocr_sessions
       (user_id, family_id, access_token_hash, refresh_token_hash, access_expires_at, expires_at, absolute_expires_at)
     VALUES (${user}, '${randomUUID()}', '${randomUUID()}', '${randomUUID()}', now(), now(), now())`,
  tool_ocr_tasks: ({ user }) =>
    `INSERT INTO tool_ocr_tasks (user_id, task_id, filename) VALUES (${user}, '${randomUUID()}', 'a.pdf')`,
  tool_ocr_task_files: ({ task }) =>
    `INSERT INTO tool_ocr_task_files (task_id, position, original_name)
     VALUES (${task}, ${Math.floor(Math.random() * 1e9)}, 'a.pdf')`,
  tool_ocr_task_pages: ({ task }) =>
    `INSERT INTO tool_ocr_task_pages (task_id, attempt, number, file_position, page_index, decision)
     VALUES (${task}, 1, ${1 + Math.floor(Math.random() * 1e9)}, 1, 0, 'ocr')`,
  tool_ocr_page_texts: ({ user, task }) =>
    `INSERT INTO tool_ocr_page_texts (task_id, user_id, number, text, folded)
     VALUES (${task}, ${user}, ${1 + Math.floor(Math.random() * 1e9)}, 'x', 'x')`,
  tool_ocr_api_tokens: ({ user }) =>
    `INSERT INTO tool_ocr_api_tokens (user_id, name, prefix, token_hash, scopes)
     VALUES (${user}, 'x', 'x', '${randomUUID()}', '{}')`,
  tool_ocr_audit_logs: ({ user }) =>
    `INSERT INTO tool_ocr_audit_logs (user_id, action, outcome) VALUES (${user}, 'login', 'success')`,
  tool_ocr_entra_tokens: () =>
    `INSERT INTO tool_ocr_entra_tokens (token_hash, expires_at) VALUES ('${randomUUID()}', now())`,
  legible_rate_limits: () => `INSERT INTO legible_rate_limits (key) VALUES ('${randomUUID()}')`,
  legible_sign_in_attempts: () => `INSERT INTO legible_sign_in_attempts (key) VALUES ('${randomUUID()}')`,
  legible_sums: () => "INSERT INTO legible_sums (status, tasks) VALUES ('pending', 0)",
  legible_audit_head: () => "INSERT INTO legible_audit_head (last_id, hash) VALUES (0, 'x')",
  _prisma_migrations: () =>
    `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('${randomUUID()}', 'x', 'x')`,
};

let database: TestDatabase;
let client: Client;
let own: Person;
let foreign: Person;

beforeAll(async () => {
  database = await testDatabase();
  await database.asOwner("INSERT INTO tool_ocr_entra_tokens (token_hash, expires_at) VALUES ('taken', now())");
  await database.asOwner("INSERT INTO legible_rate_limits (key) VALUES ('somebody')");
  await database.asOwner("INSERT INTO legible_sign_in_attempts (key) VALUES ('somebody')");
  client = new Client(connectionConfig(database.address));
  await client.connect();
  own = await makePerson();
  foreign = await makePerson();
});
afterAll(async () => {
  await client.end();
  await database.close();
});

async function makePerson(): Promise<Person> {
  const { id: user } = await database.createUser();
  const person: Person = { user, task: 0, rows: { tool_ocr_users: user } };
  for (const [table, insert] of Object.entries(inserts)) {
    if (table === "tool_ocr_users" || ownerless.includes(table)) continue;
    const { rows } = await client.query<{ id: number }>(`${insert(person)} RETURNING id`);
    const id = rows[0]?.id ?? 0;
    person.rows[table] = id;
    if (table === "tool_ocr_tasks") person.task = id;
  }
  return person;
}

/** Runs one statement as `role` acting for `own`, undone afterwards. */
async function outcome(role: Role, sql: string, letter: string): Promise<string> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT set_config('app.user_id', $1, true), set_config('role', $2, true)", [
      String(own.user),
      role,
    ]);
    const { rowCount } = await client.query(sql);
    return (rowCount ?? 0) > 0 ? letter : ".";
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "42501") return "x";
    throw error;
  } finally {
    await client.query("ROLLBACK");
  }
}

async function rightsOn(role: Role, table: string, column: string, person: Person): Promise<string> {
  const where = ownerless.includes(table) ? "true" : `id = ${person.rows[table] ?? 0}`;
  const insert = inserts[table];
  if (insert === undefined) throw new Error(`No statement inserts into ${table}.`);
  return [
    await outcome(role, `SELECT 1 FROM ${table} WHERE ${where}`, "s"),
    await outcome(role, insert(person), "i"),
    await outcome(role, `UPDATE ${table} SET ${column} = ${column} WHERE ${where}`, "u"),
    await outcome(role, `DELETE FROM ${table} WHERE ${where}`, "d"),
  ].join("");
}

describe("what each role may do", () => {
  for (const [table, column, rights] of matrix) {
    test(`with ${table} (${column})`, async () => {
      for (const role of roles) {
        const found = {
          own: await rightsOn(role, table, column, own),
          foreign: await rightsOn(role, table, column, foreign),
        };
        expect({ role, ...found }).toEqual({ role, ...rights[role] });
      }
    });
  }

  test("every table of the schema stands in the matrix", async () => {
    const rows = await database.asOwner<{ relname: string }>(
      "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')",
    );
    expect(rows.map(({ relname }) => relname).sort()).toEqual([...new Set(matrix.map(([table]) => table))].sort());
  });

  test("without a person's id a person's role sees no rows, and gets no error", async () => {
    await client.query("BEGIN");
    await client.query("SELECT set_config('app.user_id', '', true), set_config('role', 'legible_user', true)");
    for (const [table, , rights] of matrix) {
      if (ownerless.includes(table) || rights.legible_user.own.startsWith("x")) continue;
      expect([table, (await client.query(`SELECT 1 FROM ${table}`)).rowCount]).toEqual([table, 0]);
    }
    await client.query("ROLLBACK");
  });

  test("not even the owner changes, deletes or truncates the audit log", async () => {
    for (const sql of [
      "UPDATE tool_ocr_audit_logs SET outcome = 'denied'",
      "DELETE FROM tool_ocr_audit_logs",
      "TRUNCATE tool_ocr_audit_logs",
    ]) {
      await expect(client.query(sql)).rejects.toThrow("append-only");
    }
  });

  test("removing a person removes the tasks, files and pages and keeps the audit entries", async () => {
    const person = await makePerson();
    await database.asSystem("test", (tx) => tx.user.delete({ where: { id: person.user } }));
    const count = async (table: string) =>
      (await client.query(`SELECT 1 FROM ${table} WHERE id = $1`, [person.rows[table]])).rowCount;
    for (const table of Object.keys(person.rows)) {
      expect([table, await count(table)]).toEqual([table, table === "tool_ocr_audit_logs" ? 1 : 0]);
    }
  });
});
