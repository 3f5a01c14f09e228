import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Task } from "../src/generated/client.ts";
import { insertPages } from "../src/page/insert.ts";
import {
  claimPage,
  failPage,
  finishPage,
  type PageResult,
  releaseLeases,
  renewPage,
  returnPage,
} from "../src/page/lease.ts";
import { claimTask, holdTask, returnTask } from "../src/task/lease.ts";
import { moveTask } from "../src/task/move.ts";
import { type TestDatabase, testDatabase } from "../src/testing.ts";

let database: TestDatabase;
let userId: number;
beforeAll(async () => {
  database = await testDatabase();
  userId = (await database.createUser()).id;
});
afterAll(() => database.close());

const leaseMs = 60_000;
const result: PageResult = {
  source: "ocr",
  resultPath: "pages/1",
  resultHash: "0".repeat(64),
  rotation: 90,
  confidence: 91.5,
};
const asSystem = <T>(work: Parameters<typeof database.asSystem<T>>[1]) => database.asSystem("test", work);

/** A task being read, with that many waiting pages. */
function makeTask(pages: number): Promise<Task> {
  return asSystem(async (tx) => {
    const data = { userId, taskId: randomUUID(), filename: "a.pdf", status: "processing" };
    const { id } = await tx.task.create({ data });
    const numbers = Array.from({ length: pages }, (_, index) => index + 1);
    const rows = numbers.map((number) => ({
      number,
      filePosition: 1,
      pageIndex: number - 1,
      decision: "ocr" as const,
    }));
    await insertPages(tx, { id, attempt: 1 }, rows);
    return tx.task.findUniqueOrThrow({ where: { id } });
  });
}
const pageOf = (task: Task, number = 1) => ({ task: task.id, attempt: 1, number });
const claim = (task: Task, number = 1, ms = leaseMs) =>
  asSystem((tx) => claimPage(tx, { ...pageOf(task, number), leaseMs: ms }));
const mustClaim = async (task: Task, number = 1, ms = leaseMs) => {
  const claimed = await claim(task, number, ms);
  if (claimed === undefined) throw new Error("The page could not be claimed.");
  return { ...pageOf(task, number), lease: claimed.lease };
};
const reload = (task: Task) =>
  asSystem((tx) =>
    tx.task.findUniqueOrThrow({ where: { id: task.id }, include: { pages: { orderBy: { number: "asc" } } } }),
  );

describe("a page", () => {
  test("is taken by one of ten readers", async () => {
    const task = await makeTask(1);
    const claims = await Promise.all(Array.from({ length: 10 }, () => claim(task)));
    expect(claims.filter((claimed) => claimed !== undefined)).toHaveLength(1);
    expect((await reload(task)).pages[0]).toMatchObject({ status: "reading", tries: 1 });
  });

  test("is finished by its reader: row, counts and revision together", async () => {
    const task = await makeTask(2);
    const held = await mustClaim(task);
    expect(await asSystem((tx) => finishPage(tx, { ...held, ...result }))).toEqual({ remaining: 1 });
    const after = await reload(task);
    expect(after).toMatchObject({ pagesDone: 1, pagesFailed: 0, revision: task.revision + 1 });
    expect(after.pages[0]).toMatchObject({ status: "done", lease: null, rotation: 90, confidence: 91.5 });
    expect(after.pages[1]).toMatchObject({ status: "waiting" });
  });

  test("whose lease ran out goes to another reader, and the first one's late result is not written", async () => {
    const task = await makeTask(1);
    const zombie = await mustClaim(task, 1, 0);
    const second = await mustClaim(task);
    expect(await asSystem((tx) => finishPage(tx, { ...zombie, ...result, resultPath: "zombie" }))).toBeUndefined();
    expect(await asSystem((tx) => failPage(tx, { ...zombie, errorCode: "PAGE_TIMEOUT" }))).toBeUndefined();
    expect(await asSystem((tx) => returnPage(tx, zombie))).toBe(false);
    expect((await reload(task)).pagesDone).toBe(0);
    expect(await asSystem((tx) => finishPage(tx, { ...second, ...result }))).toEqual({ remaining: 0 });
    expect(await asSystem((tx) => finishPage(tx, { ...second, ...result }))).toBeUndefined();
    expect((await reload(task)).pages[0]).toMatchObject({ resultPath: "pages/1", tries: 2 });
  });

  test("whose lease would last for hours, because the clock was set back, goes to another reader", async () => {
    const task = await makeTask(1);
    const zombie = await mustClaim(task);
    const until = (ms: number) =>
      database.asOwner("UPDATE tool_ocr_task_pages SET lease_until = now() + $1::int * interval '1 ms'", [ms]);
    await until(leaseMs * 1.5);
    expect(await claim(task)).toBeUndefined();
    await until(3_600_000);
    const second = await mustClaim(task);
    expect(await asSystem((tx) => finishPage(tx, { ...zombie, ...result }))).toBeUndefined();
    expect(await asSystem((tx) => finishPage(tx, { ...second, ...result }))).toEqual({ remaining: 0 });
  });

  test("is held for longer by its reader alone", async () => {
    const task = await makeTask(1);
    const held = await mustClaim(task, 1, 1_000);
    const before = (await reload(task)).pages[0]?.leaseUntil?.getTime() ?? 0;
    expect(await asSystem((tx) => renewPage(tx, held, leaseMs))).toBe(true);
    expect((await reload(task)).pages[0]?.leaseUntil?.getTime()).toBeGreaterThan(before);
    expect(await asSystem((tx) => renewPage(tx, { ...held, lease: randomUUID() }, leaseMs))).toBe(false);
    await asSystem((tx) => finishPage(tx, { ...held, ...result }));
    expect(await asSystem((tx) => renewPage(tx, held, leaseMs))).toBe(false);
  });

  test("is not taken while its lease holds, nor after it is settled", async () => {
    const task = await makeTask(1);
    const held = await mustClaim(task);
    expect(await claim(task)).toBeUndefined();
    await asSystem((tx) => finishPage(tx, { ...held, ...result }));
    expect(await claim(task)).toBeUndefined();
  });

  test("of a cancelled task, or of an attempt that is over, takes no result", async () => {
    for (const change of [{ status: "cancelled" }, { attempt: 2 }]) {
      const task = await makeTask(1);
      const held = await mustClaim(task);
      await asSystem((tx) => tx.task.update({ where: { id: task.id }, data: change }));
      expect(await asSystem((tx) => finishPage(tx, { ...held, ...result }))).toBeUndefined();
      expect((await reload(task)).pages[0]).toMatchObject({ status: "reading", resultPath: null });
    }
  });

  test("that fails is counted as failed and says why", async () => {
    const task = await makeTask(1);
    const held = await mustClaim(task);
    expect(await asSystem((tx) => failPage(tx, { ...held, errorCode: "OUT_OF_MEMORY", ms: 12 }))).toEqual({
      remaining: 0,
    });
    const after = await reload(task);
    expect(after).toMatchObject({ pagesDone: 0, pagesFailed: 1 });
    expect(after.pages[0]).toMatchObject({ status: "failed", source: "failed", errorCode: "OUT_OF_MEMORY", ms: 12 });
  });

  test("that is returned waits again without having cost a try", async () => {
    const task = await makeTask(1);
    const held = await mustClaim(task);
    expect(await asSystem((tx) => returnPage(tx, held))).toBe(true);
    expect((await reload(task)).pages[0]).toMatchObject({ status: "waiting", lease: null, tries: 0 });
  });
});

describe("the last page", () => {
  test("is the last one in exactly one transaction, however many settle at once", async () => {
    const task = await makeTask(12);
    const held = await Promise.all(Array.from({ length: 12 }, (_, index) => mustClaim(task, index + 1)));
    const settled = await Promise.all(
      held.map((page) =>
        asSystem((tx) =>
          page.number % 4 === 0
            ? failPage(tx, { ...page, errorCode: "PAGE_TIMEOUT" })
            : finishPage(tx, { ...page, ...result }),
        ),
      ),
    );
    const remaining = settled.map((one) => one?.remaining ?? -1).sort((a, b) => a - b);
    expect(remaining).toEqual(Array.from({ length: 12 }, (_, index) => index));
    expect(await reload(task)).toMatchObject({ pagesDone: 9, pagesFailed: 3, pagesTotal: 12 });
  });
});

describe("a task", () => {
  test("is planned by one holder, who alone may write", async () => {
    const task = await makeTask(0);
    const ref = { task: task.id, attempt: 1 };
    const claims = await Promise.all(
      Array.from({ length: 5 }, () => asSystem((tx) => claimTask(tx, { ...ref, leaseMs }))),
    );
    const [held] = claims.filter((claimed) => claimed !== undefined);
    expect(claims.filter((claimed) => claimed !== undefined)).toHaveLength(1);
    const lease = held?.lease ?? "";
    expect(await asSystem((tx) => holdTask(tx, { ...ref, lease }))).toBe(true);
    expect(await asSystem((tx) => holdTask(tx, { ...ref, lease: randomUUID() }))).toBe(false);
    expect(await asSystem((tx) => returnTask(tx, { ...ref, lease }))).toBe(true);
    expect(await asSystem((tx) => holdTask(tx, { ...ref, lease }))).toBe(false);
  });

  test("whose lease would last for days, because the clock was set back, is planned by another holder", async () => {
    const task = await makeTask(0);
    const ref = { task: task.id, attempt: 1 };
    const zombie = await asSystem((tx) => claimTask(tx, { ...ref, leaseMs }));
    await database.asOwner("UPDATE tool_ocr_tasks SET lease_until = now() + interval '2 days' WHERE id = $1", [
      task.id,
    ]);
    expect(await asSystem((tx) => claimTask(tx, { ...ref, leaseMs }))).toBeDefined();
    expect(await asSystem((tx) => holdTask(tx, { ...ref, lease: zombie?.lease ?? "" }))).toBe(false);
  });

  test("that is cancelled is taken out of its holder's hands", async () => {
    const task = await makeTask(0);
    const ref = { task: task.id, attempt: 1 };
    const held = await asSystem((tx) => claimTask(tx, { ...ref, leaseMs }));
    await database.asUser(userId, (tx) => moveTask(tx, task.id, "cancel", { completedAt: new Date() }));
    expect(await asSystem((tx) => holdTask(tx, { ...ref, lease: held?.lease ?? "" }))).toBe(false);
  });

  test("moves along the table only, and counts its revision", async () => {
    const task = await makeTask(0);
    const done = await asSystem((tx) => moveTask(tx, task.id, "complete", { confidence: 80 }));
    expect(done).toMatchObject({ status: "completed", confidence: 80, revision: task.revision + 1 });
    await expect(asSystem((tx) => moveTask(tx, task.id, "cancel"))).rejects.toMatchObject({
      code: "CONFLICT",
      details: { status: "completed", move: "cancel" },
    });
  });

  test("of somebody else cannot be moved, and is not there", async () => {
    const task = await makeTask(0);
    const other = await database.createUser("admin");
    const as = { asUser: database.asUser, asAdmin: database.asAdmin };
    await expect(as.asUser(other.id, (tx) => moveTask(tx, task.id, "cancel"))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(as.asAdmin(other.id, (tx) => moveTask(tx, task.id, "cancel"))).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect((await reload(task)).status).toBe("processing");
  });

  test("ends once when it is completed and cancelled at the same moment", async () => {
    const task = await makeTask(0);
    const moves = await Promise.allSettled([
      asSystem((tx) => moveTask(tx, task.id, "complete")),
      database.asUser(userId, (tx) => moveTask(tx, task.id, "cancel")),
    ]);
    expect(moves.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("after a crash of the only process", () => {
  test("every lease is released", async () => {
    const task = await makeTask(1);
    const held = await mustClaim(task);
    await asSystem((tx) => claimTask(tx, { task: task.id, attempt: 1, leaseMs }));
    await asSystem(releaseLeases);
    expect(await reload(task)).toMatchObject({ lease: null, pages: [{ status: "waiting", lease: null }] });
    expect(await asSystem((tx) => finishPage(tx, { ...held, ...result }))).toBeUndefined();
  });
});
