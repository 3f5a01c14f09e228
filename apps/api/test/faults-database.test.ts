// PostgreSQL ends under load; `pnpm test:faults` ends it more often.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { databaseRounds } from "./faults/database-rounds.ts";
import { operatorDatabase } from "./faults/operator-database.ts";

/** An end and a recovery take some seconds, and a job whose worker was not heard of for 30 s goes to another one. */
const timeoutMs = 180_000;

test("a database that is killed under load comes back by itself, and every acknowledged document completes once", {
  timeout: timeoutMs,
}, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "legible-away-"));
  try {
    const figures = await databaseRounds(dataDir, 1);
    console.log(figures);
    expect(figures).toMatchObject({ lost: [], doubled: 0, orphans: 0 });
    expect(Object.keys(figures.answers).sort()).toEqual(["200", "503 UNAVAILABLE"]);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("a database of the operator that is stopped and started under load is found again, and every acknowledged document completes once", {
  timeout: timeoutMs,
}, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "legible-operator-"));
  const operator = await operatorDatabase(dataDir);
  try {
    const figures = await databaseRounds(dataDir, 1, operator);
    console.log(figures);
    expect(figures).toMatchObject({ lost: [], doubled: 0, orphans: 0 });
    expect(Object.keys(figures.answers).sort()).toEqual(["200", "503 UNAVAILABLE"]);
  } finally {
    await operator.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
