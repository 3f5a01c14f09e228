import { readFile } from "node:fs/promises";
import { Client } from "pg";
import { describe, expect, test } from "vitest";
import { connectionConfig, type DatabaseAddress } from "../src/connection.ts";
import { migrate, readMigrations } from "../src/migrate.ts";
import { DatabaseStartError } from "../src/start-error.ts";
import { testTemplate } from "../src/testing/server.ts";
import { silentLog, testAddress } from "../src/testing.ts";

async function query<Row extends object>(address: DatabaseAddress, sql: string): Promise<Row[]> {
  const client = new Client(connectionConfig(address));
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const applied = (address: DatabaseAddress) =>
  query<{ name: string; finished: boolean }>(
    address,
    "SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations ORDER BY 1",
  );

describe("migrating", () => {
  test("five processes at once apply every migration exactly once", async () => {
    const address = await testAddress("template0");
    await Promise.all(Array.from({ length: 5 }, () => migrate(address, silentLog)));
    const list = await readMigrations();
    expect(await applied(address)).toEqual(
      list.migrationDirectories.map(({ path }) => ({ name: path, finished: true })),
    );
  });

  test("again changes nothing", async () => {
    const address = await testAddress(testTemplate);
    const before = await applied(address);
    await migrate(address, silentLog);
    expect(await applied(address)).toEqual(before);
  });

  test("leaves nothing behind when a migration fails half-way", async () => {
    const address = await testAddress("template0");
    // The last of the migration's objects is in the way of it.
    await query(address, "CREATE FUNCTION legible_ring() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
    await expect(migrate(address, silentLog)).rejects.toThrow(DatabaseStartError);
    expect(await query(address, "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace")).toEqual(
      [],
    );
    await query(address, "DROP FUNCTION legible_ring()");
    await migrate(address, silentLog);
    expect((await applied(address)).every(({ finished }) => finished)).toBe(true);
  });

  test("refuses a database that a newer version migrated", async () => {
    const address = await testAddress(testTemplate);
    await query(
      address,
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '9999_future', now())",
    );
    const error = await migrate(address, silentLog).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatabaseStartError);
    expect(String(error)).toContain("newer version of Legible (9999_future)");
  });
});

test("the schema file names the same tables and columns as the migrations make", async () => {
  const address = await testAddress(testTemplate);
  const rows = await query<{ table: string; column: string }>(
    address,
    `SELECT c.relname AS table, a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
       || CASE WHEN a.attnotnull THEN '' ELSE ' or null' END AS column
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname LIKE 'tool\\_%' AND a.attnum > 0
       AND NOT a.attisdropped`,
  );
  const made: Record<string, string[]> = {};
  for (const { table, column } of rows) {
    made[table] ??= [];
    made[table].push(column);
  }
  for (const columns of Object.values(made)) columns.sort();
  expect(made).toEqual(columnsOf(await readFile(new URL("../prisma/schema.prisma", import.meta.url), "utf8")));
});

const plainTypes: Record<string, string> = {
  Int: "integer",
  String: "text",
  Float: "double precision",
  Boolean: "boolean",
  Json: "jsonb",
};

/** Table → its columns with PostgreSQL's type, as the Prisma schema declares them. */
function columnsOf(schema: string): Record<string, string[]> {
  const tables: Record<string, string[]> = {};
  for (const [, body = ""] of schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)) {
    const columns = [...body.matchAll(/^ +(\w+) +(String|Int|Float|Boolean|DateTime|Json)(\?|\[\])?(.*)$/gm)];
    tables[/@@map\("(\w+)"\)/.exec(body)?.[1] ?? ""] = columns
      .map(([, field = "", plain = "", mark, rest = ""]) => {
        const name = /@map\("(\w+)"\)/.exec(rest)?.[1] ?? field;
        const native = /@db\.(\w+)(\(\d+\))?/.exec(rest);
        const precision = native?.[2] ?? "";
        const types: Record<string, string> = {
          VarChar: `character varying${precision}`,
          Timestamptz: `timestamp${precision} with time zone`,
          Uuid: "uuid",
        };
        const type = native === null ? plainTypes[plain] : types[native[1] ?? ""];
        // A list is never null to Prisma, whatever the column allows.
        return `${name} ${type}${mark === "[]" ? "[] or null" : mark === "?" ? " or null" : ""}`;
      })
      .sort();
  }
  return tables;
}
