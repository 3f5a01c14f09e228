// Results after a correction, on a real database, queue and storage; only the sandbox is a stub.
import { randomUUID } from "node:crypto";
import { FailureError } from "@legible/shared/failures";
import { previewKey, resultBeside } from "@legible/storage/keys";
import { afterEach, expect, test, vi } from "vitest";
import { assembleResults } from "../src/work/assemble.ts";
import { readPages } from "../src/work/pages.ts";
import { plan } from "../src/work/plan.ts";
import { createPreviews } from "../src/work/previews.ts";
import { reassembleResults } from "../src/work/reassemble.ts";
import { reconcile } from "../src/work/reconcile.ts";
import { startWorker, type Worker } from "../src/work/worker.ts";
import { someReason } from "./stubs/requests.ts";
import { wordPage } from "./word-page.ts";
import { type Bench, workBench } from "./work-stubs.ts";

let bench: Bench;
let worker: Worker | undefined;
const never = new AbortController().signal;

afterEach(async () => {
  await worker?.stop(0);
  worker = undefined;
  await bench.close();
});

const taskRow = (id: number) => bench.database.asSystem("test", (tx) => tx.task.findUniqueOrThrow({ where: { id } }));

/** A completed task of one page, without a worker. */
async function completed(): Promise<{ id: number; taskId: string }> {
  bench = await workBench({
    inspect: () => ({ pages: [{ index: 0, decision: "ocr", reason: someReason }] }),
    readPage: async ({ number }) => wordPage(number),
  });
  const task = await bench.startTask();
  const payload = { task: task.id, attempt: 1 };
  await plan(bench, payload, never);
  await readPages(bench, { ...payload, from: 1, to: 1 }, never);
  await assembleResults(bench, payload, never);
  return task;
}

/** As `task.correct` leaves the row. */
const correct = (id: number) =>
  bench.database.asSystem("test", (tx) =>
    tx.task.update({ where: { id }, data: { corrections: { increment: 1 }, revision: { increment: 1 } } }),
  );

test("corrected trees become results, the task stays completed, and those of the reading itself are kept", async () => {
  const { id } = await completed();
  const before = await taskRow(id);
  await reassembleResults(bench, { task: id, attempt: 1 }, never);
  expect(bench.assembled).toHaveLength(1);
  await correct(id);
  await reassembleResults(bench, { task: id, attempt: 1 }, never);
  const after = await taskRow(id);
  expect(after).toMatchObject({
    status: "completed",
    corrections: 1,
    correctionsAssembled: 1,
    uncorrectedJsonPath: before.resultJsonPath,
    revision: before.revision + 2,
    lease: null,
  });
  expect(after.resultJsonPath).not.toBe(before.resultJsonPath);
  for (const path of [before.resultJsonPath, after.resultJsonPath]) {
    expect(await bench.storage.size(resultBeside(path ?? "", "pdf"))).toBeGreaterThan(0);
  }
});

test("results of an earlier correction go when later ones take their place", async () => {
  const { id } = await completed();
  const paths: string[] = [];
  for (let turn = 0; turn < 3; turn++) {
    paths.push((await taskRow(id)).resultJsonPath ?? "");
    await correct(id);
    await reassembleResults(bench, { task: id, attempt: 1 }, never);
  }
  const sizes = await Promise.all(paths.map((path) => bench.storage.size(path)));
  expect(sizes.map((size) => size !== undefined)).toEqual([true, false, false]);
});

test("a correction that comes while results are made is taken by one more run", async () => {
  const { id } = await completed();
  await correct(id);
  const { use } = bench.sandbox;
  let late = true;
  bench.sandbox.use = async (work, options) => {
    if (late) await correct(id);
    late = false;
    return use(work, options);
  };
  worker = await startWorker({ ...bench, concurrency: 1 });
  await reassembleResults(bench, { task: id, attempt: 1 }, never);
  await vi.waitFor(async () => expect(await taskRow(id)).toMatchObject({ corrections: 2, correctionsAssembled: 2 }), {
    timeout: 15_000,
  });
});

test("results that cannot be made leave the old ones, and a note", async () => {
  const { id } = await completed();
  const before = await taskRow(id);
  await correct(id);
  bench.sandbox.use = () => Promise.reject(new FailureError("ENCRYPTED_PDF"));
  await reassembleResults(bench, { task: id, attempt: 1 }, never);
  expect(await taskRow(id)).toMatchObject({
    status: "completed",
    resultJsonPath: before.resultJsonPath,
    uncorrectedJsonPath: null,
    notes: ["SOURCE_SIGNED", "CORRECTIONS_LEFT_OUT"],
  });
});

test("a new attempt wins over results that are being made anew", async () => {
  const { id, taskId } = await completed();
  await correct(id);
  const { use } = bench.sandbox;
  bench.sandbox.use = async (work, options) => {
    const built = await use(work, options);
    await bench.database.asSystem("test", (tx) =>
      tx.task.update({ where: { id }, data: { status: "processing", attempt: 2, lease: null, resultJsonPath: null } }),
    );
    return built;
  };
  const results = async () => {
    const keys: string[] = [];
    for await (const key of bench.storage.list(`tasks/${taskId}/results/`)) keys.push(key);
    return keys.sort();
  };
  const before = await results();
  await reassembleResults(bench, { task: id, attempt: 1 }, never);
  expect(await taskRow(id)).toMatchObject({ status: "processing", attempt: 2, resultJsonPath: null });
  expect(await results()).toEqual(before);
});

test("a correction whose job was lost is found", async () => {
  const { id } = await completed();
  await correct(id);
  await bench.database.asOwner("update tool_ocr_tasks set updated_at = now() - interval '5 minutes' where id = $1", [
    id,
  ]);
  await bench.database.asOwner("delete from pgboss.job", []);
  expect(await reconcile(bench)).toBe(1);
  expect(await bench.database.queue.tasksWithJobs()).toEqual(new Set([id]));
});

/** A page of a task as the API names it. */
async function pageOf({ id, taskId }: { id: number; taskId: string }, number = 1) {
  const file = await bench.database.asSystem("test", (tx) => tx.taskFile.findFirstOrThrow({ where: { taskId: id } }));
  const source = { position: 1, storedPath: file.storedPath ?? "", mimeType: "application/pdf" as const };
  const more = { displayName: "scan.pdf", size: 5, sha256: file.fileHash ?? "" };
  const { userId } = await taskRow(id);
  return { userId, taskId, attempt: 1, source: { ...source, ...more }, number, pageIndex: number - 1, rotation: 0 };
}

test("a page is drawn once, for everybody who waits for it and for everybody after", async () => {
  const page = await pageOf(await completed());
  const previews = createPreviews(bench);
  await Promise.all([previews.ensure(page, never), previews.ensure(page, never)]);
  await previews.ensure(page, never);
  expect(bench.previewed).toEqual([0]);
  for (const size of ["full", "thumbnail"] as const) {
    expect(await bench.storage.size(previewKey(page.taskId, 1, page, size))).toBeGreaterThan(0);
  }
});

test("a page that cannot be drawn is not tried again and again", async () => {
  const page = await pageOf(await completed());
  let tries = 0;
  bench.sandbox.use = () => {
    tries += 1;
    return Promise.reject(new FailureError("OUT_OF_MEMORY"));
  };
  const previews = createPreviews(bench);
  for (let turn = 0; turn < 3; turn++) {
    await expect(previews.ensure(page, never)).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  expect(tries).toBe(1);
});

test("who scrolled past does not keep the child busy, and who comes after begins anew", async () => {
  const page = await pageOf(await completed());
  const { use } = bench.sandbox;
  const begun = Promise.withResolvers<AbortSignal>();
  bench.sandbox.use = (_work, { signal }) => {
    begun.resolve(signal);
    return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  };
  const previews = createPreviews(bench);
  const leaving = new AbortController();
  const first = previews.ensure(page, leaving.signal);
  const signal = await begun.promise;
  leaving.abort(new Error("gone"));
  await expect(first).rejects.toThrow("gone");
  expect(signal.aborted).toBe(true);
  bench.sandbox.use = use;
  await previews.ensure(page, never);
  expect(bench.previewed).toEqual([0]);
});

test("one person cannot fill the line", async () => {
  const page = await pageOf(await completed());
  bench.sandbox.use = () => new Promise(() => undefined);
  const previews = createPreviews(bench);
  const leaving = new AbortController();
  const waits = Array.from({ length: 32 }, (_, index) =>
    previews.ensure({ ...page, number: index + 1 }, leaving.signal).catch(() => undefined),
  );
  await vi.waitFor(() =>
    expect(previews.ensure({ ...page, number: 99 }, never)).rejects.toMatchObject({ code: "RATE_LIMITED" }),
  );
  leaving.abort(new Error("gone"));
  await Promise.all(waits);
});

test("a task that was deleted while its page was drawn leaves no picture", async () => {
  const task = await completed();
  const page = await pageOf(task);
  await bench.database.asSystem("test", (tx) =>
    tx.task.update({ where: { id: task.id }, data: { deletedAt: new Date() } }),
  );
  await createPreviews(bench).ensure(page, never);
  expect(await bench.storage.size(previewKey(page.taskId, 1, page, "full"))).toBeUndefined();
});

test("pages behind a password are drawn while they are read", async () => {
  bench = await workBench({
    inspect: () => ({ pages: [{ index: 0, decision: "text", reason: someReason }] }),
    readPage: async ({ number }) => wordPage(number),
  });
  const task = await bench.startTask();
  bench.passwords.set(task.taskId, randomUUID());
  await plan(bench, { task: task.id, attempt: 1 }, never);
  await readPages(bench, { task: task.id, attempt: 1, from: 1, to: 1 }, never);
  const page = await pageOf(task);
  expect(await bench.storage.size(previewKey(page.taskId, 1, page, "thumbnail"))).toBeGreaterThan(0);
});
