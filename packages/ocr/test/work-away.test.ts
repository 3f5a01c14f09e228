// The database goes away in the moment when a job writes: before the transaction, or after its commit and before the answer.
import { AppError } from "@legible/shared/errors";
import { FailureError } from "@legible/shared/failures";
import { afterEach, expect, test, vi } from "vitest";
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

const pages = ["ocr", "ocr"] as const;
const taskRow = (id: number) =>
  bench.database.asSystem("test", (tx) => tx.task.findUniqueOrThrow({ where: { id }, include: { pages: true } }));

/** The bench's database, which is away for the `nth` scope of that `reason`. Tells how often it was. */
function awayAt(reason: string, nth: number, when: "before" | "after") {
  let scopes = 0;
  const away = () => new AppError("UNAVAILABLE");
  const asSystem: Bench["database"]["asSystem"] = async (why, work) => {
    if (why !== reason || ++scopes !== nth) return bench.database.asSystem(why, work);
    if (when === "after") await bench.database.asSystem(why, work);
    throw away();
  };
  return { database: { ...bench.database, asSystem }, met: () => scopes >= nth };
}

async function keys(): Promise<string[]> {
  const all: string[] = [];
  for await (const key of bench.storage.list("")) all.push(key);
  return all;
}

const moments: [string, number][] = [
  ["plan", 1],
  ["write the plan", 1],
  ["read page", 1],
  ["keep page", 1],
  ["keep page", 2],
  ["assemble", 1],
  ["complete", 1],
];

test.each(moments.flatMap(([reason, nth]) => [[reason, nth, "before"] as const, [reason, nth, "after"] as const]))(
  'away at "%s" %i, %s it is written: each page is read once, and the task completed once',
  async (reason, nth, when) => {
    bench = await workBench({
      inspect: () => ({
        pages: pages.map((decision, index) => ({ index, decision, reason: someReason })),
      }),
      readPage: async ({ number }) => wordPage(number),
    });
    const { database, met } = awayAt(reason, nth, when);
    worker = await startWorker({ ...bench, database, concurrency: 1 });
    const { id, taskId } = await bench.startTask();
    await vi.waitFor(async () => expect((await taskRow(id)).status).toBe("completed"), {
      timeout: 15_000,
      interval: 20,
    });
    expect(met()).toBe(true);
    const row = await taskRow(id);
    expect(row).toMatchObject({ pagesDone: 2, pagesFailed: 0, lease: null });
    expect(row.pages.map((page) => [page.status, page.tries, page.lease])).toEqual([
      ["done", 1, null],
      ["done", 1, null],
    ]);
    expect(bench.reads).toEqual([1, 2]);
    expect(bench.assembled).toHaveLength(1);
    const there = await keys();
    for (const key of [row.resultJsonPath, row.resultPdfPath, ...row.pages.map((page) => page.resultPath)]) {
      expect(there).toContain(key);
    }
    // The upload, two trees, one set of results and nothing else.
    expect(there.filter((key) => key.includes("/pages/"))).toHaveLength(2);
    expect(new Set(there.filter((key) => key.includes("/results/")).map((key) => key.split("/").at(-2))).size).toBe(1);
    const entries = await bench.database.asOwner(
      "SELECT 1 FROM tool_ocr_audit_logs WHERE object = $1 AND action = 'task.completed'",
      [taskId],
    );
    expect(entries).toHaveLength(1);
  },
);

test.each(["before", "after"] as const)(
  "away when a page fails, %s it is written: it fails once and the rest completes",
  async (when) => {
    bench = await workBench({
      inspect: () => ({
        pages: pages.map((decision, index) => ({ index, decision, reason: someReason })),
      }),
      async readPage({ number }) {
        if (number === 1) throw new FailureError("DAMAGED_FILE");
        return wordPage(number);
      },
    });
    const { database, met } = awayAt("keep failure", 1, when);
    worker = await startWorker({ ...bench, database, concurrency: 1 });
    const { id } = await bench.startTask();
    await vi.waitFor(async () => expect((await taskRow(id)).status).toBe("completed"), {
      timeout: 15_000,
      interval: 20,
    });
    expect(met()).toBe(true);
    expect(await taskRow(id)).toMatchObject({ pagesDone: 1, pagesFailed: 1 });
    expect(bench.reads).toEqual([1, 2]);
  },
);

test("a cancelled job does not wait for a database that is away", async () => {
  bench = await workBench({
    inspect: () => ({
      pages: pages.map((decision, index) => ({ index, decision, reason: someReason })),
    }),
    readPage: (_request, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  });
  const { database, met } = awayAt("hand page back", 1, "before");
  worker = await startWorker({ ...bench, database, concurrency: 1 });
  const { id } = await bench.startTask();
  await vi.waitFor(() => expect(bench.reads).toEqual([1]), { timeout: 10_000 });
  await bench.database.asOwner(
    "UPDATE tool_ocr_tasks SET status = 'cancelled', revision = revision + 1 WHERE id = $1",
    [id],
  );
  await vi.waitFor(() => expect(met()).toBe(true), { timeout: 10_000 });
  const other = await bench.startTask();
  // Its place is free: the next document is begun.
  await vi.waitFor(() => expect(bench.files.some((name) => name.startsWith(other.taskId))).toBe(true), {
    timeout: 10_000,
  });
});

test("a cancellation that cannot be looked at, for the database is away, ends the page when the database is back", async () => {
  let aborted = false;
  bench = await workBench({
    inspect: () => ({
      pages: pages.map((decision, index) => ({ index, decision, reason: someReason })),
    }),
    readPage: (_request, { signal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => {
          aborted = true;
          reject(signal.reason);
        }),
      ),
  });
  let away = 0;
  const said: string[] = [];
  const asSystem: Bench["database"]["asSystem"] = async (why, work) => {
    if (why === "is the task still wanted" && away > 0 && away-- > 0) throw new AppError("UNAVAILABLE");
    return bench.database.asSystem(why, work);
  };
  const log = { ...bench.log, warn: (_fields: object, message: string) => void said.push(message) };
  worker = await startWorker({ ...bench, log, database: { ...bench.database, asSystem }, concurrency: 1 });
  const { id } = await bench.startTask();
  await vi.waitFor(() => expect(bench.reads).toEqual([1]), { timeout: 10_000 });
  away = 2;
  await bench.database.asOwner(
    "UPDATE tool_ocr_tasks SET status = 'cancelled', revision = revision + 1 WHERE id = $1",
    [id],
  );
  await vi.waitFor(() => expect(aborted).toBe(true), { timeout: 10_000 });
  expect(away).toBe(0);
  expect(said).toEqual(["The database is away or too busy; a job waits for it."]);
});
