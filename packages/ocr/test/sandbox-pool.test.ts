import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePool, never } from "./make-pool.ts";
import { inspectRequest, someReason, stub } from "./stubs/requests.ts";

const call = { signal: never, timeoutMs: 30_000 };
const misbehaving = { childEntry: stub("misbehave") };

test.each(["exit", "throw", "nonsense", "foreign-answer", "wrong-shape", "free-text", "foreign-code", "endless-line"])(
  "%s: a child that dies or lies is ENGINE_CRASHED, and the next one works",
  async (name) => {
    const pool = await makePool(misbehaving);
    const bad = pool.use((child) => child.inspect(inspectRequest(name), call), { signal: never });
    await expect(bad).rejects.toMatchObject({ code: "ENGINE_CRASHED" });
    const next = await pool.use((child) => child.inspect(inspectRequest("fine"), call), { signal: never });
    expect(next.pages).toHaveLength(1);
  },
);

test.each([
  ["ends by itself", "LANGUAGE_MISSING", "ends-loading"],
  ["is killed", "ENGINE_CRASHED", "killed-loading"],
])("a child that %s while it loads languages is %s", async (_how, code, name) => {
  const pool = await makePool(misbehaving);
  const bad = pool.use((child) => child.inspect(inspectRequest(name), call), { signal: never });
  await expect(bad).rejects.toMatchObject({ code });
});

test("a child that is killed once while pages are decided changes no decision", async () => {
  const pool = await makePool(misbehaving);
  const { pages } = await pool.use((child) => child.inspect(inspectRequest("second-page-is-killed"), call), {
    signal: never,
  });
  expect(pages).toEqual([0, 1, 2].map((index) => ({ index, decision: "text", reason: someReason })));
});

test("a page that kills the child while pages are decided costs one page", async () => {
  const pool = await makePool(misbehaving);
  const { pages } = await pool.use((child) => child.inspect(inspectRequest("second-page-kills"), call), {
    signal: never,
  });
  expect(pages.map((page) => [page.index, page.decision])).toEqual([
    [0, "text"],
    [1, "ocr"],
    [2, "text"],
    [3, "text"],
  ]);
  expect(pages[1]?.reason).toEqual({ code: "EXAMINING_FAILED", params: { failure: "ENGINE_CRASHED" } });
});

test("a child stays warm, and is replaced when it has grown", async () => {
  const pool = await makePool(misbehaving);
  const use = (name: string) => pool.use((child) => child.inspect(inspectRequest(name), call), { signal: never });
  const first = await use("fine");
  expect(await use("fine")).toEqual(first);
  await use("fat");
  expect(pool.pids()).toEqual([]);
  expect(await use("fine")).not.toEqual(first);
});

test("a child is replaced after a hundred calls", async () => {
  const pool = await makePool(misbehaving);
  const pids = new Set<number | undefined>();
  await pool.use(
    async (child) => {
      for (let turn = 0; turn < 99; turn++) await child.inspect(inspectRequest("fine"), call);
    },
    { signal: never },
  );
  pids.add(pool.pids()[0]);
  await pool.use((child) => child.inspect(inspectRequest("fine"), call), { signal: never });
  expect(pids.has(undefined)).toBe(false);
  expect(pool.pids()).toEqual([]);
});

test("the work folder is private, and empty again after each use", async () => {
  const pool = await makePool(misbehaving);
  let folder = "";
  await pool.use(
    async (child) => {
      folder = child.folder;
      writeFileSync(join(folder, "left-behind"), "x");
    },
    { signal: never },
  );
  expect(readdirSync(folder)).toEqual([]);
  await pool.close();
  expect(readdirSync(pool.workRoot)).toEqual([]);
});

test("no more than `size` are used at once, and waiting can be given up without losing anybody's turn", async () => {
  const pool = await makePool(misbehaving);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const held = pool.use(() => released, { signal: never });
  const controller = new AbortController();
  const impatient = pool.use(async () => "never", { signal: controller.signal });
  const patient = pool.use(async () => "turn", { signal: never });
  controller.abort(new Error("gave up"));
  await expect(impatient).rejects.toThrow("gave up");
  release();
  await held;
  expect(await patient).toBe("turn");
});

test("a use goes to the child that did the same work before", async () => {
  const pool = await makePool({ ...misbehaving, size: 2 });
  const folders = new Map<string, string>();
  const { promise: bothRun, resolve: go } = Promise.withResolvers<void>();
  const use = (prefer: string) =>
    pool.use(
      (child) => {
        if (folders.set(prefer, child.folder).size === 2) go();
        return bothRun;
      },
      { signal: never, prefer },
    );
  await Promise.all([use("a"), use("b")]);
  expect(await pool.use(async (child) => child.folder, { signal: never, prefer: "b" })).toBe(folders.get("b"));
});

test("closing kills the children, refuses the waiting and removes every folder", async () => {
  const pool = await makePool(misbehaving);
  const hanging = pool.use((child) => child.inspect(inspectRequest("hang"), { signal: never, timeoutMs: 60_000 }), {
    signal: never,
  });
  const refused = expect(hanging).rejects.toBeDefined();
  while (pool.pids().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const waiting = expect(pool.use(async () => "never", { signal: never })).rejects.toThrow("closed");
  await pool.close();
  await Promise.all([refused, waiting]);
  expect(pool.pids()).toEqual([]);
  expect(existsSync(pool.workRoot) && readdirSync(pool.workRoot)).toEqual([]);
});
