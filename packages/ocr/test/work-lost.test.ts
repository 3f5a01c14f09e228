// Storage lies: what a row names is cut short, changed or gone when it is needed. Real database, queue and storage.
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { FailureError } from "@legible/shared/failures";
import { afterEach, expect, test, vi } from "vitest";
import { assembleResults } from "../src/work/assemble.ts";
import { readPages } from "../src/work/pages.ts";
import { plan } from "../src/work/plan.ts";
import { reassembleResults } from "../src/work/reassemble.ts";
import { createSamePages } from "../src/work/same-pages.ts";
import { startWorker, type Worker } from "../src/work/worker.ts";
import { someReason } from "./stubs/requests.ts";
import { wordPage } from "./word-page.ts";
import { type Bench, workBench } from "./work-stubs.ts";

let bench: Bench;
let worker: Worker | undefined;

afterEach(async () => {
  await worker?.stop(0);
  worker = undefined;
  await bench.close();
});

const never = new AbortController().signal;
const pagesOf = (count: number) => ({
  pages: Array.from({ length: count }, (_, index) => ({ index, decision: "ocr" as const, reason: someReason })),
});
const taskRow = (id: number) =>
  bench.database.asSystem("test", (tx) => tx.task.findUniqueOrThrow({ where: { id }, include: { files: true } }));
const pageRow = (id: number, number: number) =>
  bench.database.asSystem("test", (tx) => tx.taskPage.findFirstOrThrow({ where: { taskId: id, number } }));

async function untilSettled(id: number) {
  return await vi.waitFor(
    async () => {
      const row = await taskRow(id);
      expect(row.status).not.toBe("processing");
      return row;
    },
    { timeout: 15_000, interval: 20 },
  );
}

const damages = {
  "cut short": (bytes: Buffer) => bytes.subarray(0, bytes.length / 2),
  "changed in one bit": (bytes: Buffer) => {
    const changed = Buffer.from(bytes);
    changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
    return changed;
  },
  emptied: () => Buffer.alloc(0),
  gone: () => undefined,
};

/** Does to the object what the disk might do. */
async function damage(key: string, how: keyof typeof damages): Promise<void> {
  const bytes = damages[how](await buffer((await bench.storage.get(key)).body));
  if (bytes === undefined) await bench.storage.remove(key);
  else await bench.storage.put(key, Readable.from([bytes]));
}

/** A task whose pages are read and whose assembly waits. */
async function readTask(count: number) {
  bench = await workBench({ inspect: () => pagesOf(count), readPage: async ({ number }) => wordPage(number) });
  const task = await bench.startTask();
  await plan(bench, { task: task.id, attempt: 1 }, never);
  await readPages(bench, { task: task.id, attempt: 1, from: 1, to: count }, never);
  return task;
}

test.each(Object.keys(damages) as (keyof typeof damages)[])(
  "a page's tree that is %s before the assembly is read again, it alone, and the document completes",
  async (how) => {
    const { id, taskId } = await readTask(3);
    const before = await pageRow(id, 2);
    await damage(before.resultPath ?? "", how);
    worker = await startWorker({ ...bench, concurrency: 1 });
    expect(await untilSettled(id)).toMatchObject({ status: "completed", pagesDone: 3, pagesFailed: 0 });
    expect(bench.reads).toEqual([1, 2, 3, 2]);
    const after = await pageRow(id, 2);
    expect(after.resultHash).toBe(before.resultHash);
    expect(after.resultPath).not.toBe(before.resultPath);
    expect(await bench.storage.size(before.resultPath ?? "")).toBeUndefined();
    const entries = await bench.database.asOwner(
      "SELECT details FROM tool_ocr_audit_logs WHERE object = $1 AND action = 'storage.repaired'",
      [taskId],
    );
    expect(entries).toEqual([{ details: { pages: 1 } }]);
  },
);

test("a page whose tree is damaged every time is not read for ever: the job fails, and is tried again when the queue says so", async () => {
  const { id } = await readTask(1);
  for (let claims = 1; claims < 4; claims++) {
    await damage((await pageRow(id, 1)).resultPath ?? "", "emptied");
    await assembleResults(bench, { task: id, attempt: 1 }, never);
    await readPages(bench, { task: id, attempt: 1, from: 1, to: 1 }, never);
  }
  await damage((await pageRow(id, 1)).resultPath ?? "", "emptied");
  await expect(assembleResults(bench, { task: id, attempt: 1 }, never)).rejects.toThrow("pages 1 are missing");
  expect(bench.reads).toHaveLength(4);
  expect(await taskRow(id)).toMatchObject({ status: "processing", lease: null });
});

test.each(Object.keys(damages) as (keyof typeof damages)[])(
  "an upload that is %s when it is opened fails its task as damaged",
  async (how) => {
    bench = await workBench({ inspect: () => pagesOf(1), readPage: async ({ number }) => wordPage(number) });
    const { id } = await bench.startTask();
    await damage((await taskRow(id)).files[0]?.storedPath ?? "", how);
    worker = await startWorker({ ...bench, concurrency: 1 });
    expect(await untilSettled(id)).toMatchObject({ status: "failed", errorCode: "DAMAGED_FILE" });
  },
);

test.each(["changed in one bit", "gone"] as const)(
  "a reading that is %s is not taken for a page that looks the same",
  async (how) => {
    bench = await workBench({
      inspect: () => pagesOf(2),
      looks: () => "a".repeat(64),
      readPage: async ({ number }) => wordPage(number),
    });
    const { id } = await bench.startTask();
    await plan(bench, { task: id, attempt: 1 }, never);
    const same = createSamePages();
    await readPages(bench, { task: id, attempt: 1, from: 1, to: 1 }, never, { same });
    await damage((await pageRow(id, 1)).resultPath ?? "", how);
    await readPages(bench, { task: id, attempt: 1, from: 2, to: 2 }, never, { same });
    expect(bench.reads).toEqual([1, 2]);
  },
);

test("a reading that is damaged is not taken for the same file sent again", async () => {
  bench = await workBench({ inspect: () => pagesOf(1), readPage: async ({ number }) => wordPage(number) });
  worker = await startWorker({ ...bench, concurrency: 1 });
  const { id: userId } = await bench.database.createUser();
  const first = await bench.startTask({ userId, bytes: "same" });
  await untilSettled(first.id);
  await damage((await pageRow(first.id, 1)).resultPath ?? "", "changed in one bit");
  const second = await bench.startTask({ userId, bytes: "same" });
  expect(await untilSettled(second.id)).toMatchObject({ status: "completed", pagesDone: 1 });
  expect(bench.reads).toEqual([1, 1]);
});

test("a corrected page whose tree is damaged is not read again: the results stay, and the task says so", async () => {
  const { id } = await readTask(1);
  await assembleResults(bench, { task: id, attempt: 1 }, never);
  const before = await taskRow(id);
  await bench.database.asOwner("UPDATE tool_ocr_tasks SET corrections = 1 WHERE id = $1", [id]);
  await damage((await pageRow(id, 1)).resultPath ?? "", "cut short");
  await reassembleResults(bench, { task: id, attempt: 1 }, never);
  expect(await taskRow(id)).toMatchObject({
    status: "completed",
    resultJsonPath: before.resultJsonPath,
    notes: expect.arrayContaining(["CORRECTIONS_LEFT_OUT"]),
  });
  expect(bench.reads).toEqual([1]);
});

test("a page that crashed is held for its second try as long as for its first", async () => {
  const until: Date[] = [];
  bench = await workBench({
    inspect: () => pagesOf(1),
    async readPage({ number }) {
      until.push((await pageRow(id, 1)).leaseUntil ?? new Date(0));
      if (until.length > 1) return wordPage(number);
      // As if the first try had taken all its time.
      await bench.database.asOwner("UPDATE tool_ocr_task_pages SET lease_until = now()");
      throw new FailureError("PAGE_TIMEOUT");
    },
  });
  const { id } = await bench.startTask();
  await plan(bench, { task: id, attempt: 1 }, never);
  await readPages(bench, { task: id, attempt: 1, from: 1, to: 1 }, never);
  expect(until).toHaveLength(2);
  expect(until[1]?.getTime()).toBeGreaterThanOrEqual(until[0]?.getTime() ?? Number.POSITIVE_INFINITY);
});
