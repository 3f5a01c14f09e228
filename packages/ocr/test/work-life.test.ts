// What the jobs do when a task is cancelled, read again in part, repeated, or in somebody's way. Real database, queue and storage.
import { pagesJob } from "@legible/db/jobs";
import { pageSchema } from "@legible/shared/document";
import { fromReasonColumn } from "@legible/shared/reading-reason";
import { afterEach, expect, test, vi } from "vitest";
import type { SandboxPool } from "../src/sandbox/pool.ts";
import { readPages } from "../src/work/pages.ts";
import { plan } from "../src/work/plan.ts";
import { resumeTask } from "../src/work/resume-task.ts";
import { startWorker, type Worker } from "../src/work/worker.ts";
import { makePool } from "./make-pool.ts";
import { inspectRequest, someReason, stub } from "./stubs/requests.ts";
import { wordPage } from "./word-page.ts";
import { type Bench, type Stub, workBench } from "./work-stubs.ts";

let bench: Bench;
let worker: Worker | undefined;

afterEach(async () => {
  await worker?.stop(0);
  worker = undefined;
  await bench.close();
});

const never = new AbortController().signal;

function pagesOf(count: number): ReturnType<Stub["inspect"]> {
  return { pages: Array.from({ length: count }, (_, index) => ({ index, decision: "ocr", reason: someReason })) };
}

const words = (count: number): Stub => ({
  inspect: () => pagesOf(count),
  readPage: async ({ number }) => wordPage(number),
});

const taskRow = (id: number) =>
  bench.database.asSystem("test", (tx) => tx.task.findUniqueOrThrow({ where: { id }, include: { texts: true } }));
const pageRows = (id: number) =>
  bench.database.asSystem("test", (tx) => tx.taskPage.findMany({ where: { taskId: id }, orderBy: { number: "asc" } }));

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

async function pageTree(path: string | null | undefined) {
  const { body } = await bench.storage.get(path ?? "");
  return pageSchema.parse(JSON.parse(Buffer.concat(await body.toArray()).toString()));
}

test("cancelling keeps what is finished, and the place is free for the next document at once", async () => {
  bench = await workBench({
    inspect: () => pagesOf(2),
    readPage: ({ number, file }, { signal }) =>
      number === 1 || !file.name.startsWith(first.taskId)
        ? Promise.resolve(wordPage(number))
        : new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  });
  const first = await bench.startTask();
  worker = await startWorker({ ...bench, concurrency: 1 });
  await vi.waitFor(() => expect(bench.reads).toEqual([1, 2]), { timeout: 10_000 });
  const second = await bench.startTask();
  await bench.database.asOwner(
    "UPDATE tool_ocr_tasks SET status = 'cancelled', revision = revision + 1 WHERE id = $1",
    [first.id],
  );
  expect(await untilSettled(second.id)).toMatchObject({ status: "completed" });
  const [kept, open] = await pageRows(first.id);
  expect(await pageTree(kept?.resultPath)).toMatchObject({ number: 1, source: "ocr" });
  expect(open).toMatchObject({ status: "waiting", lease: null, tries: 0 });
  expect((await taskRow(first.id)).texts).toMatchObject([{ number: 1, text: "word1" }]);
});

test("cancelling kills the child that is busy for the task, and nobody else's", async () => {
  bench = await workBench(words(1));
  const pool = await makePool({ childEntry: stub("hang"), size: 2 });
  worker = await startWorker({ ...bench, sandbox: { ...pool, languages: async () => ["eng"] }, concurrency: 2 });
  const other = new AbortController();
  const elsewhere = pool.use(
    (child) => child.inspect(inspectRequest("any"), { signal: other.signal, timeoutMs: 60_000 }),
    {
      signal: other.signal,
    },
  );
  await vi.waitFor(() => expect(pool.pids()).toHaveLength(1), { timeout: 10_000 });
  const [kept = 0] = pool.pids();
  const { id } = await bench.startTask();
  await vi.waitFor(() => expect(pool.pids()).toHaveLength(2), { timeout: 10_000 });
  await bench.database.asOwner(
    "UPDATE tool_ocr_tasks SET status = 'cancelled', revision = revision + 1 WHERE id = $1",
    [id],
  );
  await vi.waitFor(() => expect(pool.pids()).toEqual([kept]), { timeout: 10_000 });
  other.abort();
  await expect(elsewhere).rejects.toThrow();
});

test("the words of a page are kept for searching, and go when another reading finds none", async () => {
  let blank = false;
  bench = await workBench({
    inspect: () => pagesOf(1),
    readPage: async ({ number }) => ({ ...wordPage(number), ...(blank ? { blocks: [] } : {}) }),
  });
  worker = await startWorker({ ...bench, concurrency: 1 });
  const { id } = await bench.startTask();
  expect((await untilSettled(id)).texts).toMatchObject([{ number: 1, text: "word1", folded: "word1" }]);
  blank = true;
  await again(id, [1]);
  expect((await untilSettled(id)).texts).toEqual([]);
});

/** As the API does it for `task.rerunPages`. */
async function again(id: number, pages: number[], options?: object) {
  await bench.database.asSystem("test", async (tx) => {
    const task = await tx.task.update({ where: { id }, data: { attempt: { increment: 1 }, status: "processing" } });
    await tx.taskPage.updateMany({ where: { taskId: id }, data: { attempt: task.attempt } });
    const data = { status: "waiting", tries: 0, ...(options === undefined ? {} : { options }) };
    await tx.taskPage.updateMany({ where: { taskId: id, number: { in: pages } }, data });
    await resumeTask(bench, tx, task);
  });
}

test("pages that are read again are read with their own options, the others not at all, and all are assembled anew", async () => {
  const asked: [number, string[], string, boolean][] = [];
  bench = await workBench({
    inspect: () => pagesOf(3),
    async readPage({ number, languages, mode, rotate }) {
      asked.push([number, languages, mode, rotate]);
      return wordPage(number);
    },
  });
  worker = await startWorker({ ...bench, concurrency: 1 });
  const { id } = await bench.startTask();
  const before = await untilSettled(id);
  asked.length = 0;
  await again(id, [2], { languages: ["jpn"], mode: "force", rotate: false, deskew: true });
  const after = await untilSettled(id);
  expect(asked).toEqual([[2, ["jpn"], "force", false]]);
  expect(after).toMatchObject({ status: "completed", pagesDone: 3 });
  expect(after.resultJsonPath).not.toBe(before.resultJsonPath);
  expect(bench.assembled).toHaveLength(2);
});

test("the same file of the same person is not recognised again: its pages are copied, and its results are its own", async () => {
  bench = await workBench(words(2));
  worker = await startWorker({ ...bench, concurrency: 1 });
  const { id: userId } = await bench.database.createUser();
  const first = await bench.startTask({ userId, bytes: "same" });
  await untilSettled(first.id);
  const second = await bench.startTask({ userId, bytes: "same" });
  expect(await untilSettled(second.id)).toMatchObject({
    status: "completed",
    pagesTotal: 2,
    pagesDone: 2,
    texts: [{ text: "word1" }, { text: "word2" }],
  });
  expect(bench.reads).toHaveLength(2);
  expect(bench.assembled.map((request) => request.taskId)).toEqual([first.taskId, second.taskId]);
  await bench.storage.removePrefix(`tasks/${first.taskId}/`);
  for (const row of await pageRows(second.id)) {
    expect(await pageTree(row.resultPath)).toMatchObject({ number: row.number });
    expect(fromReasonColumn(row.reason).sentence).toContain("earlier reading");
  }
});

test.each([
  ["somebody else's", async () => ({ userId: (await bench.database.createUser()).id, bytes: "same" })],
  ["with other pages chosen", async (userId: number) => ({ userId, bytes: "same", pages: "1" })],
  ["with other bytes", async (userId: number) => ({ userId, bytes: "other" })],
  [
    "of another engine",
    async (userId: number) => {
      await bench.database.asOwner("UPDATE tool_ocr_tasks SET engine = 'older'");
      return { userId, bytes: "same" };
    },
  ],
  [
    "with a page that was read differently",
    async (userId: number) => {
      await bench.database.asOwner("UPDATE tool_ocr_task_pages SET options = '{}'");
      return { userId, bytes: "same" };
    },
  ],
  [
    "whose pages are missing in storage",
    async (userId: number) => {
      for (const row of await bench.database.asOwner<{ result_path: string }>(
        "SELECT result_path FROM tool_ocr_task_pages",
      )) {
        await bench.storage.remove(row.result_path);
      }
      return { userId, bytes: "same" };
    },
  ],
])("a document %s is recognised", async (_name, makeSecond) => {
  bench = await workBench(words(1));
  worker = await startWorker({ ...bench, concurrency: 1 });
  const { id: userId } = await bench.database.createUser();
  await untilSettled((await bench.startTask({ userId, bytes: "same" })).id);
  await untilSettled((await bench.startTask(await makeSecond(userId))).id);
  expect(bench.reads).toEqual([1, 1]);
});

test("between two pages a long document makes way for a more urgent one, and goes on afterwards", async () => {
  bench = await workBench(words(5));
  const long = await bench.startTask();
  await plan(bench, { task: long.id, attempt: 1 }, never);
  await bench.database.asOwner("DELETE FROM pgboss.job");
  const range = { task: long.id, attempt: 1, from: 1, to: 5 };
  await bench.database.asSystem("test", (tx) =>
    bench.database.queue.send(tx, pagesJob, { ...range, task: long.id + 1 }, { userId: 1, priority: 5 }),
  );
  await readPages(bench, range, never, { priority: 5 });
  expect(bench.reads).toEqual([1, 2, 3, 4, 5]);

  bench.reads.length = 0;
  await bench.database.asOwner("UPDATE tool_ocr_task_pages SET status = 'waiting'");
  await readPages(bench, range, never, { priority: 4 });
  expect(bench.reads).toEqual([1]);
  const jobs = await bench.database.asOwner(
    "SELECT data, priority FROM pgboss.job WHERE name = 'pages' ORDER BY priority",
  );
  expect(jobs[0]).toMatchObject({ data: { ...range, from: 2 }, priority: 4 });
});

/** The bench's pool with one child: uses wait for it in the order they came. */
function oneChild(waiting: { count: number }): SandboxPool {
  let before: Promise<unknown> = Promise.resolve();
  return {
    ...bench.sandbox,
    use(work, options) {
      waiting.count++;
      const mine = before.then(() => {
        waiting.count--;
        return bench.sandbox.use(work, options);
      });
      before = mine.catch(() => undefined);
      return mine;
    },
  };
}

test("somebody's single page waits for the page in hand of another's 2,000 and for one more", async () => {
  const order: string[] = [];
  const waiting = { count: 0 };
  let late: { taskId: string; id: number } | undefined;
  bench = await workBench({
    inspect: () => pagesOf(late === undefined ? 2_000 : 1),
    async readPage({ number, file }) {
      order.push(file.name);
      // A page takes seconds, a message to the queue milliseconds: this page ends when the late file waits to be opened, ...
      if (order.length === 30) {
        late = await bench.startTask();
        await vi.waitFor(() => expect(waiting.count).toBe(1), { timeout: 10_000 });
      }
      // ... and the one after it when that file's page waits to be read.
      if (order.length === 31) {
        await vi.waitFor(async () => expect(await pageRows(late?.id ?? 0)).toHaveLength(1), { timeout: 10_000 });
      }
      return wordPage(number);
    },
  });
  const limits = { ...bench.limits, pagesPerTask: 2_000 };
  worker = await startWorker({ ...bench, limits, sandbox: oneChild(waiting), concurrency: 1 });
  await bench.startTask();
  await vi.waitFor(() => expect(order.length).toBeGreaterThan(40), { timeout: 25_000 });
  const place = order.findIndex((name) => late !== undefined && name.startsWith(late.taskId));
  // 30 pages were begun when it came; the 31st is the one more, if it was claimed by then.
  expect(place).toBeGreaterThanOrEqual(30);
  expect(place).toBeLessThanOrEqual(31);
});
