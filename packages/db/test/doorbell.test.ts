import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TaskRing } from "../src/doorbell.ts";
import { type TestDatabase, testDatabase } from "../src/testing.ts";

let database: TestDatabase;
let userId: number;
beforeAll(async () => {
  database = await testDatabase();
  userId = (await database.createUser()).id;
});
afterAll(() => database.close());

function listen() {
  const rings: TaskRing[] = [];
  const stop = database.doorbell.onTask((ring) => rings.push(ring));
  const until = async (count: number): Promise<TaskRing[]> => {
    while (rings.length < count) await delay(5);
    return rings;
  };
  return { rings, until, stop };
}
const insert = () =>
  database.asUser(userId, (tx) => tx.task.create({ data: { userId, taskId: randomUUID(), filename: "a.pdf" } }));
/** A task whose first ring is over. */
async function create() {
  const heard = listen();
  const task = await insert();
  await heard.until(1);
  heard.stop();
  return task;
}
const touch = (id: number) =>
  database.asUser(userId, (tx) => tx.task.update({ where: { id }, data: { revision: { increment: 1 } } }));

test("the doorbell rings for a new, a changed and a deleted task, once a transaction", async () => {
  const heard = listen();
  const task = await insert();
  await heard.until(1);
  await database.asUser(userId, async (tx) => {
    for (let i = 0; i < 3; i++) await tx.task.update({ where: { id: task.id }, data: { revision: { increment: 1 } } });
  });
  await heard.until(2);
  await database.asUser(userId, (tx) => tx.task.delete({ where: { id: task.id } }));
  const ring = { task: task.id, userId, taskId: task.taskId };
  expect(await heard.until(3)).toEqual([ring, ring, ring]);
  heard.stop();
});

test("nobody is rung for a change that was undone, nor after leaving", async () => {
  const task = await create();
  const left = listen();
  left.stop();
  const heard = listen();
  const undone = database.asUser(userId, async (tx) => {
    await tx.task.update({ where: { id: task.id }, data: { filename: "b.pdf" } });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  const other = await insert();
  expect((await heard.until(1)).map((ring) => ring.task)).toEqual([other.id]);
  expect(left.rings).toEqual([]);
  heard.stop();
});

test("a listener that throws does not keep the others from hearing, and nonsense on the channel harms nobody", async () => {
  const stop = database.doorbell.onTask(() => {
    throw new Error("broken listener");
  });
  const heard = listen();
  await database.asOwner("SELECT pg_notify('legible_task', 'nonsense')");
  const task = await insert();
  expect((await heard.until(1)).map((ring) => ring.task)).toEqual([task.id]);
  stop();
  heard.stop();
});

test("after a lost connection it listens again and tells its listeners that they may have missed something", async () => {
  const task = await create();
  const heard = listen();
  const again = new Promise<void>((resolve) => {
    const stop = database.doorbell.onReconnect(() => {
      stop();
      resolve();
    });
  });
  await database.asOwner(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN legible_task'",
  );
  await again;
  await touch(task.id);
  expect((await heard.until(1)).at(-1)).toMatchObject({ task: task.id });
  heard.stop();
});
