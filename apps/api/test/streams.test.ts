// Five hundred open streams on one process: one listening connection, every change told once to each who watches it.
import type { TaskView } from "@legible/shared/task";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Person, type TestApi, testApi } from "./api.ts";
import { open } from "./event-stream.ts";
import { createTask } from "./files.ts";

const people = 25;
/** As many as one person may hold. */
const each = 20;

let api: TestApi;

beforeAll(async () => {
  // As in the product; the tests' own 50 ms would make 10,000 look-ups a second.
  api = await testApi({ streamCheckMs: 5_000 });
});
afterAll(() => api.close());

test("500 streams share one listener, all hear of their own change and of nobody else's", async () => {
  const watched: { person: Person; taskId: string; streams: Awaited<ReturnType<typeof open>>[] }[] = [];
  for (let count = 0; count < people; count++) {
    const person = await api.person();
    const taskId = await createTask(person);
    const streams = await Promise.all(Array.from({ length: each }, () => open(person, "task.watch", { taskId })));
    watched.push({ person, taskId, streams });
  }
  await Promise.all(watched.flatMap(({ streams }) => streams.map((stream) => stream.next())));
  expect([...api.deps.streams.values()].reduce((sum, count) => sum + count, 0)).toBe(people * each);
  const listeners = await api.database.asOwner(
    "select 1 from pg_stat_activity where datname = current_database() and query = 'LISTEN legible_task'",
  );
  expect(listeners).toHaveLength(1);

  for (const { taskId } of watched) {
    await api.database.asSystem("test", (tx) =>
      tx.task.update({ where: { taskId }, data: { status: "completed", revision: { increment: 1 } } }),
    );
  }
  for (const { taskId, streams } of watched) {
    const events = await Promise.all(streams.map((stream) => stream.next()));
    for (const event of events) {
      expect(event?.id).toBe("1");
      expect(event?.data as TaskView).toMatchObject({ taskId, status: "completed" });
    }
  }
  for (const { streams } of watched) for (const stream of streams) stream.close();
  await expect.poll(() => api.deps.streams.size, { timeout: 10_000 }).toBe(0);
});
