import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeAudit } from "../src/audit.ts";
import { connectionConfig } from "../src/connection.ts";
import { openAt } from "../src/database.ts";
import { applyMigrations, migrate, readMigrations } from "../src/migrate.ts";
import { silentLog, type TestDatabase, testAddress, testDatabase } from "../src/testing.ts";
import { verifyAudit } from "../src/verify-audit.ts";

let database: TestDatabase;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.close());

const verify = (batch?: number) => verifyAudit((work) => database.asSystem("test", work), batch);

async function write(count: number): Promise<void> {
  for (let n = 1; n <= count; n++) {
    await database.asSystem("test", (tx) =>
      writeAudit(tx, { action: "login", outcome: "success", object: `entry ${n}`, details: { b: n, a: "ä" } }),
    );
  }
}

/** Changes the log as somebody with the rights of the database's superuser could. */
async function tamper(sql: string): Promise<void> {
  await database.asOwner("ALTER TABLE tool_ocr_audit_logs DISABLE TRIGGER audit_append_only");
  await database.asOwner(sql);
  await database.asOwner("ALTER TABLE tool_ocr_audit_logs ENABLE TRIGGER audit_append_only");
}

test("an empty log is intact", async () => {
  expect(await verify()).toEqual({ entries: 0, intact: true, firstBrokenId: null });
});

test("50 writers with 200 entries each make one chain without gaps", async () => {
  const users = await Promise.all(Array.from({ length: 50 }, () => database.createUser()));
  await Promise.all(
    users.map(async ({ id: userId }) => {
      for (let round = 0; round < 20; round++) {
        // Ten entries a statement: the trigger runs for each, and the test does not measure round trips.
        await database.asUser(
          userId,
          (tx) => tx.$executeRaw`INSERT INTO tool_ocr_audit_logs (user_id, action, outcome)
            SELECT ${userId}::int, 'login', 'success' FROM generate_series(1, 10)`,
        );
      }
    }),
  );
  expect(await verify()).toEqual({ entries: 10_000, intact: true, firstBrokenId: null });
  const [row] = await database.asOwner("SELECT min(id), max(id) FROM tool_ocr_audit_logs");
  expect(row).toEqual({ min: 1, max: 10_000 });
});

test("a rollback leaves no entry and no gap", async () => {
  await write(1);
  const failed = database.asSystem("test", async (tx) => {
    await writeAudit(tx, { action: "login", outcome: "success" });
    throw new Error("undone");
  });
  await expect(failed).rejects.toThrow("undone");
  await write(1);
  expect(await database.asOwner("SELECT id FROM tool_ocr_audit_logs ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
  expect(await verify()).toMatchObject({ entries: 2, intact: true });
});

test("a writer chooses neither number, time nor hashes", async () => {
  await database.asOwner(
    `INSERT INTO tool_ocr_audit_logs (id, created_at, action, outcome, previous_hash, hash)
     VALUES (77, '2001-01-01', 'login', 'success', 'x', 'x')`,
  );
  const [row] = await database.asOwner<{ id: number; old: boolean }>(
    "SELECT id, created_at < '2002-01-01' AS old FROM tool_ocr_audit_logs",
  );
  expect(row).toEqual({ id: 1, old: false });
  expect(await verify()).toMatchObject({ intact: true });
});

describe("the first broken entry is named when", () => {
  const cases: [what: string, sql: string, broken: number][] = [
    ["one was edited", "UPDATE tool_ocr_audit_logs SET outcome = 'denied' WHERE id = 3", 3],
    ["its details were edited", `UPDATE tool_ocr_audit_logs SET details = '{"a": "ä", "b": 9}' WHERE id = 2`, 2],
    ["its time was edited", "UPDATE tool_ocr_audit_logs SET created_at = created_at - interval '1 ms' WHERE id = 5", 5],
    ["one was deleted", "DELETE FROM tool_ocr_audit_logs WHERE id = 3", 4],
    ["the first was deleted", "DELETE FROM tool_ocr_audit_logs WHERE id = 1", 2],
    ["the last was deleted", "DELETE FROM tool_ocr_audit_logs WHERE id = 5", 5],
    ["the end was cut off", "DELETE FROM tool_ocr_audit_logs WHERE id > 2", 3],
    ["all were deleted", "DELETE FROM tool_ocr_audit_logs", 1],
    ["its actor was edited", "UPDATE tool_ocr_audit_logs SET actor = 'person' WHERE id = 4", 4],
    ["its actor was taken away", "UPDATE tool_ocr_audit_logs SET actor = NULL WHERE id = 4", 4],
    [
      "one was added behind the head",
      `ALTER TABLE tool_ocr_audit_logs DISABLE TRIGGER audit_chain;
       INSERT INTO tool_ocr_audit_logs (id, action, outcome, previous_hash)
       SELECT 6, 'login', 'success', hash FROM tool_ocr_audit_logs WHERE id = 5;
       UPDATE tool_ocr_audit_logs l SET hash = legible_audit_hash(l) WHERE id = 6`,
      6,
    ],
    [
      "two changed places",
      `UPDATE tool_ocr_audit_logs SET id = -2 WHERE id = 2; UPDATE tool_ocr_audit_logs SET id = 2 WHERE id = 4;
       UPDATE tool_ocr_audit_logs SET id = 4 WHERE id = -2`,
      2,
    ],
    [
      "one was edited and its hash made anew",
      `UPDATE tool_ocr_audit_logs SET outcome = 'denied' WHERE id = 3;
       UPDATE tool_ocr_audit_logs l SET hash = legible_audit_hash(l) WHERE id = 3`,
      4,
    ],
    [
      "the last was edited and its hash made anew",
      `UPDATE tool_ocr_audit_logs SET outcome = 'denied' WHERE id = 5;
       UPDATE tool_ocr_audit_logs l SET hash = legible_audit_hash(l) WHERE id = 5`,
      5,
    ],
  ];
  for (const [what, sql, broken] of cases) {
    test(what, async () => {
      await write(5);
      for (const batch of [undefined, 2, 5, 1]) {
        expect([batch, await verify(batch)]).toEqual([batch, { entries: 5, intact: true, firstBrokenId: null }]);
      }
      await tamper(sql);
      // In one batch, in batches with a rest, in batches without one, and entry by entry.
      for (const batch of [undefined, 2, 5, 1]) {
        expect([batch, await verify(batch)]).toMatchObject([batch, { intact: false, firstBrokenId: broken }]);
      }
    });
  }
});

test("entries of earlier versions are chained as they stood, and a change of one is found", async () => {
  const address = await testAddress("template0");
  const all = await readMigrations();
  const upTo = (name: string) =>
    applyMigrations(address, {
      ...all,
      migrationDirectories: all.migrationDirectories.filter(({ path }) => path <= name),
    });
  const client = new Client(connectionConfig(address));
  await client.connect();
  const add = `INSERT INTO tool_ocr_audit_logs (action, outcome, object, details)
    SELECT 'login', 'success', 'entry ' || n, '{"b": 1, "a": "ä"}' FROM generate_series(1, 3) AS n`;
  try {
    await upTo("0003_task_life");
    await client.query(add);
    await upTo("0004_audit_chain");
    await client.query(add);
    await migrate(address, silentLog);
    await client.query(add);
    const { rows } = await client.query("SELECT id, actor FROM tool_ocr_audit_logs ORDER BY id");
    const actors = [null, null, null, null, null, null, "system", "system", "system"];
    expect(rows).toEqual(actors.map((actor, place) => ({ id: place + 1, actor })));
    const old = await openAt(address, silentLog);
    const verifyOld = () => verifyAudit((work) => old.asSystem("test", work));
    try {
      expect(await verifyOld()).toEqual({ entries: 9, intact: true, firstBrokenId: null });
      await client.query("ALTER TABLE tool_ocr_audit_logs DISABLE TRIGGER audit_append_only");
      await client.query("UPDATE tool_ocr_audit_logs SET actor = 'person' WHERE id = 5");
      expect(await verifyOld()).toMatchObject({ intact: false, firstBrokenId: 5 });
      await client.query("UPDATE tool_ocr_audit_logs SET object = 'x' WHERE id = 2");
      expect(await verifyOld()).toMatchObject({ intact: false, firstBrokenId: 2 });
    } finally {
      await old.close();
    }
  } finally {
    await client.end();
  }
});
