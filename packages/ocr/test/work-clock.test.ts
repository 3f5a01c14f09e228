// The machine's clock is moved while a document is read: by hand, by a time server, or because it began in 1970.
import { afterEach, expect, test, vi } from "vitest";
import { reconcile } from "../src/work/reconcile.ts";
import { startWorker, type Worker } from "../src/work/worker.ts";
import { someReason } from "./stubs/requests.ts";
import { wordPage } from "./word-page.ts";
import { type Bench, workBench } from "./work-stubs.ts";

let bench: Bench;
let worker: Worker | undefined;

afterEach(async () => {
  vi.useRealTimers();
  await worker?.stop(0);
  worker = undefined;
  await bench.close();
});

const dayMs = 24 * 60 * 60_000;
const pagesOf = (count: number) => ({
  pages: Array.from({ length: count }, (_, index) => ({ index, decision: "ocr" as const, reason: someReason })),
});
const taskRow = (id: number) => bench.database.asSystem("test", (tx) => tx.task.findUniqueOrThrow({ where: { id } }));

test.each([
  ["56 years forward", 56 * 365 * dayMs],
  ["an hour forward", dayMs / 24],
  ["a day back", -dayMs],
])("a clock that is moved %s in the middle of a document costs nothing", async (_name, ms) => {
  bench = await workBench({
    inspect: () => pagesOf(3),
    async readPage({ number }) {
      if (number === 2) vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
      return wordPage(number);
    },
  });
  worker = await startWorker({ ...bench, concurrency: 1 });
  const { id } = await bench.startTask();
  await vi.waitFor(async () => expect((await taskRow(id)).status).toBe("completed"), { timeout: 15_000, interval: 20 });
  const row = await taskRow(id);
  expect(row).toMatchObject({ pagesDone: 3, pagesFailed: 0 });
  expect(row.processingTimeMs).toBeGreaterThanOrEqual(0);
  expect(bench.reads).toEqual([1, 2, 3]);
});

test("a task that lost its job is found although it seems to have changed tomorrow", async () => {
  bench = await workBench({ inspect: () => pagesOf(1), readPage: async ({ number }) => wordPage(number) });
  const { id } = await bench.startTask();
  await bench.database.asOwner("DELETE FROM pgboss.job");
  await bench.database.asOwner("UPDATE tool_ocr_tasks SET updated_at = now() + interval '1 day' WHERE id = $1", [id]);
  expect(await reconcile(bench)).toBe(1);
});
