// Cancelling, deleting and retrying while a document is at any stage, two callers at once: one wins, the other is told so, and nothing is
// left that nobody names.
import { setTimeout as delay } from "node:timers/promises";
import { taskPrefix } from "@legible/storage/keys";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { compareStorage, type Orphans } from "../src/retention/compare-storage.ts";
import { purgeDeleted } from "../src/retention/purge-deleted.ts";
import { data, type Person, type TestApi, testApi } from "./api.ts";
import { type GatedWorker, type Stage, stages, startGatedWorker } from "./faults/gated-worker.ts";
import { createTask, putFile } from "./files.ts";

let api: TestApi;
let person: Person;
let gated: GatedWorker;
let documents = 0;

beforeAll(async () => {
  api = await testApi();
  person = await api.person();
  gated = await startGatedWorker(api);
});
afterAll(async () => {
  await gated.worker.stop(0);
  await api.close();
});

const dayMs = 24 * 60 * 60_000;

/** A document that stands at `stage`, and the function that lets it go on. */
async function documentAt(stage: Stage): Promise<{ taskId: string; go(): void }> {
  const { reached, go } = gated.stopAt(stage);
  // A test that fails holds up none of the others.
  onTestFinished(go);
  const bytes = Buffer.from(`%PDF-1.7\n% document ${documents++}\n%%EOF\n`);
  const taskId = await createTask(person, { files: [{ name: "scan.pdf", size: bytes.length }] });
  expect((await putFile(person, taskId, bytes)).status).toBe(200);
  await reached;
  return { taskId, go };
}

/** Statuses of both callers, who ask at once. */
async function both(taskId: string, first: string, second: string): Promise<number[]> {
  const answers = await Promise.all([first, second].map((verb) => person.mutate(`task.${verb}`, { taskId })));
  return answers.map((answer) => answer.status);
}

const statusOf = async (taskId: string) =>
  (await data<{ status: string }>(person.query("task.get", { taskId }))).status;

async function settled(taskId: string): Promise<string> {
  for (;;) {
    const status = await statusOf(taskId);
    if (status !== "processing") return status;
    await delay(20);
  }
}

/** Until no job runs: whoever was stopped has cleaned up after itself, or failed to. */
async function idle(): Promise<void> {
  for (;;) {
    const { waiting, active } = await api.database.queue.counts();
    if (waiting + active === 0) return;
    await delay(20);
  }
}

const entries = async (taskId: string, action: string) =>
  (await api.database.asOwner("select 1 from tool_ocr_audit_logs where object = $1 and action = $2", [taskId, action]))
    .length;

async function objectsOf(taskId: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of api.deps.storage.list(taskPrefix(taskId))) keys.push(key);
  return keys;
}

/** Nothing lies in storage that no row names, and nothing is named that is not there. */
async function nothingLeftOver(): Promise<void> {
  expect(await compareStorage(api.deps, new Map(), new Date())).toMatchObject({ waiting: 0, missing: 0 });
}

/** The same after the sweep: trees of an attempt that was given up wait a day for it. */
async function nothingLeftAfterTheSweep(): Promise<void> {
  const orphans: Orphans = new Map();
  for (const days of [0, 1]) {
    const at = new Date(Date.now() + days * dayMs);
    expect(await compareStorage(api.deps, orphans, at)).toMatchObject({ missing: 0 });
  }
  await nothingLeftOver();
}

test.each(stages)("while %s, of two who cancel one wins; a retry then completes it once", async (stage) => {
  const { taskId, go } = await documentAt(stage);
  expect((await both(taskId, "cancel", "cancel")).sort()).toEqual([200, 409]);
  go();
  await idle();
  expect(await statusOf(taskId)).toBe("cancelled");
  expect(await entries(taskId, "task.cancelled")).toBe(1);
  expect(await entries(taskId, "task.completed")).toBe(0);
  await nothingLeftOver();
  expect((await both(taskId, "retry", "retry")).sort()).toEqual([200, 409]);
  expect(await settled(taskId)).toBe("completed");
  expect(await entries(taskId, "task.retried")).toBe(1);
  expect(await entries(taskId, "task.completed")).toBe(1);
  await idle();
  await nothingLeftAfterTheSweep();
});

test.each(stages)("while %s, of two who delete one wins, and nothing of it stays", async (stage) => {
  const { taskId, go } = await documentAt(stage);
  // The other one finds it cancelled, or gone, as the two may meet.
  expect([
    [200, 404],
    [200, 409],
  ]).toContainEqual((await both(taskId, "delete", "delete")).sort());
  // Also when it is removed for good while somebody still works on it.
  expect(await purgeDeleted(api.deps, new Date(Date.now() + dayMs))).toBe(1);
  go();
  await idle();
  expect(await entries(taskId, "task.deleted")).toBe(1);
  expect(await entries(taskId, "retention.purged")).toBe(1);
  expect(await objectsOf(taskId)).toEqual([]);
});

test.each(stages)("while %s nobody can retry or start it, and it completes once", async (stage) => {
  const { taskId, go } = await documentAt(stage);
  expect(await both(taskId, "retry", "start")).toEqual([409, 409]);
  go();
  expect(await settled(taskId)).toBe("completed");
  await idle();
  expect(await entries(taskId, "task.completed")).toBe(1);
  await nothingLeftOver();
});

test.each(stages)("while %s, one cancels and another deletes: it is gone, and comes back cancelled", async (stage) => {
  const { taskId, go } = await documentAt(stage);
  const [cancelled, deleted] = await both(taskId, "cancel", "delete");
  expect(deleted).toBe(200);
  expect([200, 404, 409]).toContain(cancelled);
  go();
  await idle();
  expect(await entries(taskId, "task.cancelled")).toBe(cancelled === 200 ? 1 : 0);
  expect(await data(person.mutate("task.restore", { taskId }))).toMatchObject({ status: "cancelled" });
  await nothingLeftOver();
});

test.each(stages)(
  "while %s it is cancelled and begun anew at once: the old reading writes nothing into the new one",
  async (stage) => {
    const { taskId, go } = await documentAt(stage);
    expect((await person.mutate("task.cancel", { taskId })).status).toBe(200);
    expect((await person.mutate("task.retry", { taskId, pages: "all" })).status).toBe(200);
    go();
    expect(await settled(taskId)).toBe("completed");
    await idle();
    const rows = await api.database.asSystem("test", (tx) =>
      tx.taskPage.findMany({ where: { task: { taskId } }, orderBy: { number: "asc" } }),
    );
    expect(rows.map((row) => [row.number, row.attempt, row.status])).toEqual([
      [1, 2, "done"],
      [2, 2, "done"],
    ]);
    expect(await entries(taskId, "task.completed")).toBe(1);
    await nothingLeftAfterTheSweep();
  },
);
