// The jobs on a real database, queue and storage; only the sandbox is a stub, so that it can crash, hang and be late.
import { pageSchema } from "@legible/shared/document";
import { FailureError } from "@legible/shared/failures";
import { fromReasonColumn } from "@legible/shared/reading-reason";
import { resultFormatSchema } from "@legible/shared/result-format";
import { resultBeside } from "@legible/storage/keys";
import { afterEach, expect, test, vi } from "vitest";
import { assembleResults } from "../src/work/assemble.ts";
import { readPages } from "../src/work/pages.ts";
import { plan } from "../src/work/plan.ts";
import { reconcile } from "../src/work/reconcile.ts";
import { createSamePages } from "../src/work/same-pages.ts";
import { startWorker, type Worker } from "../src/work/worker.ts";
import { someReason } from "./stubs/requests.ts";
import { wordPage } from "./word-page.ts";
import { type Bench, type Stub, workBench } from "./work-stubs.ts";

let bench: Bench;
let worker: Worker | undefined;

afterEach(async () => {
  await worker?.stop(0);
  worker = undefined;
  await bench.close();
});

function pagesOf(count: number): ReturnType<Stub["inspect"]> {
  return { pages: Array.from({ length: count }, (_, index) => ({ index, decision: "ocr", reason: someReason })) };
}

async function taskRow(id: number) {
  return await bench.database.asSystem("test", (tx) => tx.task.findUniqueOrThrow({ where: { id } }));
}

async function pageRows(id: number) {
  return await bench.database.asSystem("test", (tx) =>
    tx.taskPage.findMany({ where: { taskId: id }, orderBy: { number: "asc" } }),
  );
}

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

async function keys(): Promise<string[]> {
  const all: string[] = [];
  for await (const key of bench.storage.list("")) all.push(key);
  return all;
}

const never = new AbortController().signal;

test("a document goes from its plan through its pages to its results, each page read once", async () => {
  bench = await workBench({ inspect: () => pagesOf(3), readPage: async ({ number }) => wordPage(number) });
  worker = await startWorker({ ...bench, concurrency: 2 });
  const { id } = await bench.startTask();
  const row = await untilSettled(id);
  expect(row).toMatchObject({
    status: "completed",
    pagesTotal: 3,
    pagesDone: 3,
    pagesFailed: 0,
    confidence: 90,
    notes: ["SOURCE_SIGNED"],
  });
  const named = [row.resultJsonPath, row.resultMarkdownPath, row.resultPdfPath].map((path) => path ?? "missing");
  const beside = resultFormatSchema.options.map((format) => resultBeside(named[0] ?? "missing", format));
  expect(beside).toEqual(expect.arrayContaining(named));
  for (const path of beside) expect(await bench.storage.size(path)).toBeGreaterThan(0);
  expect([...bench.reads].sort()).toEqual([1, 2, 3]);
  expect(bench.assembled.map((request) => request.pages.map((page) => page.index))).toEqual([[0, 1, 2]]);
  const sql = "SELECT action, outcome, actor FROM tool_ocr_audit_logs WHERE object = $1";
  expect(await bench.database.asOwner(sql, [row.taskId])).toEqual([
    { action: "task.completed", outcome: "success", actor: "system" },
  ]);
});

test("only the chosen pages are read, under their numbers in the document", async () => {
  bench = await workBench({ inspect: () => pagesOf(9), readPage: async ({ number }) => wordPage(number) });
  worker = await startWorker({ ...bench, concurrency: 1 });
  const { id } = await bench.startTask({ pages: "2,8-20" });
  await untilSettled(id);
  expect((await pageRows(id)).map((page) => page.number)).toEqual([2, 8, 9]);
});

test("a page that crashes its process twice is reported failed and the document completes without it", async () => {
  bench = await workBench({
    inspect: () => pagesOf(2),
    async readPage({ number }) {
      if (number === 2) throw new FailureError("ENGINE_CRASHED");
      return wordPage(number);
    },
  });
  worker = await startWorker({ ...bench, concurrency: 1 });
  const { id } = await bench.startTask();
  expect(await untilSettled(id)).toMatchObject({ status: "completed", pagesDone: 1, pagesFailed: 1 });
  expect((await pageRows(id))[1]).toMatchObject({ status: "failed", source: "failed", errorCode: "ENGINE_CRASHED" });
  expect(bench.reads.filter((number) => number === 2)).toHaveLength(2);
});

test("a page that crashes once is read the second time", async () => {
  let crashes = 0;
  bench = await workBench({
    inspect: () => pagesOf(1),
    async readPage({ number }) {
      if (crashes++ === 0) throw new FailureError("OUT_OF_MEMORY");
      return wordPage(number);
    },
  });
  worker = await startWorker({ ...bench, concurrency: 1 });
  const { id } = await bench.startTask();
  expect(await untilSettled(id)).toMatchObject({ status: "completed", pagesDone: 1, pagesFailed: 0 });
});

test("a document none of whose pages can be read fails with the reason of its first page", async () => {
  bench = await workBench({
    inspect: () => pagesOf(2),
    readPage: () => Promise.reject(new FailureError("DAMAGED_FILE")),
  });
  worker = await startWorker({ ...bench, concurrency: 1 });
  const { id } = await bench.startTask();
  expect(await untilSettled(id)).toMatchObject({ status: "failed", errorCode: "DAMAGED_FILE", errorPage: 1 });
  expect(bench.reads).toHaveLength(2);
});

test.each(["ENCRYPTED_PDF", "DAMAGED_FILE", "TOO_MANY_PIXELS"] as const)(
  "a file refused with %s fails its task",
  async (code) => {
    bench = await workBench({
      inspect: () => {
        throw new FailureError(code);
      },
      readPage: async ({ number }) => wordPage(number),
    });
    worker = await startWorker({ ...bench, concurrency: 1 });
    const { id, taskId } = await bench.startTask();
    expect(await untilSettled(id)).toMatchObject({ status: "failed", errorCode: code, pagesTotal: null });
    const entries = await bench.database.asOwner<{ action: string }>(
      "SELECT action FROM tool_ocr_audit_logs WHERE object = $1",
      [taskId],
    );
    expect(entries).toEqual([{ action: "task.failed" }]);
  },
);

test("more pages than the installation reads fail the task, and so does a choice of none", async () => {
  bench = await workBench({ inspect: () => pagesOf(51), readPage: async ({ number }) => wordPage(number) });
  worker = await startWorker({ ...bench, concurrency: 1 });
  const tooMany = await bench.startTask();
  expect(await untilSettled(tooMany.id)).toMatchObject({ errorCode: "TOO_MANY_PAGES" });
});

test("a job delivered twice reads no page twice", async () => {
  bench = await workBench({ inspect: () => pagesOf(2), readPage: async ({ number }) => wordPage(number) });
  const { id } = await bench.startTask();
  await plan(bench, { task: id, attempt: 1 }, never);
  await plan(bench, { task: id, attempt: 1 }, never);
  const range = { task: id, attempt: 1, from: 1, to: 2 };
  await Promise.all([readPages(bench, range, never), readPages(bench, range, never)]);
  await Promise.all([1, 2, 3].map(() => assembleResults(bench, { task: id, attempt: 1 }, never)));
  expect([...bench.reads].sort()).toEqual([1, 2]);
  expect(bench.assembled).toHaveLength(1);
  expect(await taskRow(id)).toMatchObject({ status: "completed" });
});

test("a result that comes after its attempt is over is dropped, and nothing of it is left in storage", async () => {
  bench = await workBench({
    inspect: () => pagesOf(1),
    async readPage({ number }) {
      await bench.database.asOwner("UPDATE tool_ocr_tasks SET attempt = 2");
      return wordPage(number);
    },
  });
  const { id } = await bench.startTask();
  await plan(bench, { task: id, attempt: 1 }, never);
  await readPages(bench, { task: id, attempt: 1, from: 1, to: 1 }, never);
  expect((await keys()).filter((key) => key.includes("/pages/"))).toEqual([]);
  expect(await taskRow(id)).toMatchObject({ pagesDone: 0 });
});

test("cancelling a task aborts the page in hand and writes nothing", async () => {
  let aborted = false;
  bench = await workBench({
    inspect: () => pagesOf(1),
    readPage: (_request, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          aborted = true;
          reject(signal.reason);
        });
      }),
  });
  worker = await startWorker({ ...bench, concurrency: 1 });
  const { id } = await bench.startTask();
  await vi.waitFor(() => expect(bench.reads).toEqual([1]), { timeout: 10_000 });
  await bench.database.asOwner(
    "UPDATE tool_ocr_tasks SET status = 'cancelled', revision = revision + 1 WHERE id = $1",
    [id],
  );
  await vi.waitFor(() => expect(aborted).toBe(true), { timeout: 10_000 });
  expect((await keys()).filter((key) => key.includes("/pages/"))).toEqual([]);
});

test("a worker that is stopped hands its page back unread", async () => {
  bench = await workBench({
    inspect: () => pagesOf(1),
    readPage: (_request, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  });
  worker = await startWorker({ ...bench, concurrency: 1 });
  const { id } = await bench.startTask();
  await vi.waitFor(() => expect(bench.reads).toEqual([1]), { timeout: 10_000 });
  await worker.stop(100);
  await vi.waitFor(async () => expect((await pageRows(id))[0]).toMatchObject({ status: "waiting", tries: 0 }), {
    timeout: 10_000,
  });
});

test("a task whose job is lost gets a new one, and one that has a job does not", async () => {
  bench = await workBench({ inspect: () => pagesOf(2), readPage: async ({ number }) => wordPage(number) });
  const { id } = await bench.startTask();
  await bench.database.asOwner("UPDATE tool_ocr_tasks SET updated_at = now() - interval '1 hour'");
  expect(await reconcile(bench)).toBe(0);
  await bench.database.asOwner("DELETE FROM pgboss.job");
  expect(await reconcile(bench)).toBe(1);
  worker = await startWorker({ ...bench, concurrency: 1 });
  expect(await untilSettled(id)).toMatchObject({ status: "completed" });
});

test("somebody's single page does not wait for another person's pile of documents", async () => {
  bench = await workBench({ inspect: () => pagesOf(2), readPage: async ({ number }) => wordPage(number) });
  const { id: busy } = await bench.database.createUser();
  for (let document = 0; document < 20; document++) await bench.startTask({ userId: busy });
  const late = await bench.startTask({ pages: "1" });
  worker = await startWorker({ ...bench, concurrency: 1 });
  await untilSettled(late.id);
  const place = bench.files.findIndex((name) => name.startsWith(late.taskId));
  expect(place).toBeGreaterThanOrEqual(0);
  expect(place).toBeLessThan(8);
});

test("a page that looks like another is read once, and its copy has its own number and ids", async () => {
  const looks = (index: number) => (index === 2 ? "b" : "a").repeat(64);
  bench = await workBench({ inspect: () => pagesOf(4), looks, readPage: async ({ number }) => wordPage(number) });
  const { id } = await bench.startTask();
  const same = createSamePages();
  const readAll = async (attempt: number) => {
    await plan(bench, { task: id, attempt }, never);
    await readPages(bench, { task: id, attempt, from: 1, to: 4 }, never, { same });
  };
  await readAll(1);
  expect(bench.reads).toEqual([1, 3]);
  const rows = await pageRows(id);
  expect(new Set(rows.map((row) => row.resultPath)).size).toBe(4);
  expect(rows.map((row) => row.languages)).toEqual([["eng"], ["eng"], ["eng"], ["eng"]]);
  const reasons = rows.map((row) => fromReasonColumn(row.reason).sentence);
  expect(reasons.map((reason) => reason?.startsWith("Page 1 looks the same"))).toEqual([false, true, false, false]);
  expect(reasons[3]).toContain("Page 2 looks the same");
  const { body } = await bench.storage.get(rows[3]?.resultPath ?? "");
  const copy = pageSchema.parse(JSON.parse(Buffer.concat(await body.toArray()).toString()));
  const word = { id: "p4w1", text: "word1" };
  expect(copy).toMatchObject({ number: 4, blocks: [{ id: "p4b1", lines: [{ words: [word] }] }] });

  // Another attempt may have other options.
  await bench.database.asOwner("DELETE FROM tool_ocr_task_pages");
  await bench.database.asOwner("UPDATE tool_ocr_tasks SET attempt = 2, pages_done = 0");
  await readAll(2);
  expect(bench.reads).toEqual([1, 3, 1, 3]);
});

test("a child is told the page after the one it reads, except on a second try", async () => {
  const told: [number, number | undefined][] = [];
  bench = await workBench({
    inspect: () => pagesOf(3),
    async readPage({ number, next }) {
      told.push([number, next]);
      if (number === 2 && told.length === 2) throw new FailureError("ENGINE_CRASHED");
      return wordPage(number);
    },
  });
  const { id } = await bench.startTask();
  await plan(bench, { task: id, attempt: 1 }, never);
  await readPages(bench, { task: id, attempt: 1, from: 1, to: 3 }, never);
  expect(told).toEqual([
    [1, 1],
    [2, 2],
    [2, undefined],
    [3, undefined],
  ]);
});
