import type { TaskView } from "@legible/shared/task";
import { afterEach, beforeEach, expect, test } from "vitest";
import { purgeDeleted } from "../src/retention/purge-deleted.ts";
import { closeServer } from "../src/server.ts";
import { type Person, type TestApi, testApi } from "./api.ts";
import { open } from "./event-stream.ts";
import { createTask, pdf, uploadedTask } from "./files.ts";

let api: TestApi;
let person: Person;

beforeEach(async () => {
  api = await testApi();
  person = await api.person();
});
afterEach(() => api.close());

function change(taskId: string, columns: object) {
  return api.database.asSystem("test", (tx) =>
    tx.task.update({ where: { taskId }, data: { ...columns, revision: { increment: 1 } } }),
  );
}

test("a watched task is sent as it is and then whenever it changes, each time whole and under its revision", async () => {
  const taskId = await createTask(person);
  const stream = await open(person, "task.watch", { taskId });
  expect(stream.response.headers.get("content-type")).toBe("text/event-stream");
  expect(stream.response.headers.get("x-accel-buffering")).toBe("no");
  expect(stream.response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(await stream.next()).toMatchObject({ id: "0", data: { taskId, status: "pending" } });
  await change(taskId, { status: "processing", pagesTotal: 2 });
  expect(await stream.next()).toMatchObject({ id: "1", data: { status: "processing", pagesTotal: 2, pagesDone: 0 } });
  await change(taskId, { pagesDone: 1 });
  expect(await stream.next()).toMatchObject({ id: "2", data: { pagesDone: 1, filename: "scan.pdf" } });
  await person.mutate("task.delete", { taskId });
  const events = [await stream.next(), await stream.next()].filter((event) => event?.event === "serialized-error");
  expect(events[0]?.data).toMatchObject({ data: { appCode: "NOT_FOUND" } });
});

test("many changes at once end in the last state", async () => {
  const taskId = await createTask(person);
  const stream = await open(person, "task.watch", { taskId });
  await stream.next();
  await Promise.all(Array.from({ length: 30 }, () => change(taskId, { pagesDone: { increment: 1 } })));
  let view: TaskView | undefined;
  while (view?.pagesDone !== 30) view = (await stream.next())?.data as TaskView;
  expect(view.revision).toBe(30);
});

test("a foreign task cannot be watched, and the stream of all shows the caller's own only", async () => {
  const foreign = await createTask(await api.person());
  const refused = await open(person, "task.watch", { taskId: foreign });
  expect(await refused.next()).toMatchObject({ event: "serialized-error", data: { data: { appCode: "NOT_FOUND" } } });

  const stream = await open(person, "task.watchAll", {});
  await change(foreign, { status: "processing" });
  const own = await createTask(person);
  expect(await stream.next()).toMatchObject({
    id: expect.stringMatching(/^\d+$/u),
    data: { kind: "task", task: { taskId: own } },
  });
  await person.mutate("task.delete", { taskId: own });
  let last = await stream.next();
  while ((last?.data as { kind: string } | undefined)?.kind === "task") last = await stream.next();
  expect(last?.data).toEqual({ kind: "removed", taskId: own });
});

test("a client that comes back with the last revision is sent nothing twice, and what it missed at once", async () => {
  const taskId = await createTask(person);
  const stream = await open(person, "task.watch", { taskId, lastEventId: "0" });
  await change(taskId, { pagesDone: 1 });
  expect(await stream.next()).toMatchObject({ id: "1", data: { pagesDone: 1 } });
  await change(taskId, { status: "completed" });
  const again = await open(person, "task.watch", { taskId, lastEventId: "1" });
  expect(await again.next()).toMatchObject({ id: "2", data: { status: "completed" } });
});

test("a stream of all that comes back is sent what settled and what went while it was away", async () => {
  const [done, gone, old] = [await createTask(person), await createTask(person), await createTask(person)];
  await change(old, { status: "completed" });
  await api.database.asOwner("update tool_ocr_tasks set updated_at = now() - interval '1 hour' where task_id = $1", [
    old,
  ]);
  const first = await open(person, "task.watchAll", {});
  const { id } = (await first.next()) ?? {};
  first.close();
  await change(done, { status: "completed" });
  await person.mutate("task.delete", { taskId: gone });
  const stream = await open(person, "task.watchAll", { lastEventId: id });
  const events = [await stream.next(), await stream.next()];
  expect(events.map((event) => event?.data)).toMatchObject([
    { kind: "task", task: { taskId: done, status: "completed" } },
    { kind: "removed", taskId: gone },
  ]);
});

test("a stream of all that comes back is told what was removed for good while it was away, and nothing of others", async () => {
  const other = await api.person();
  const [gone, foreign] = [await createTask(person), await createTask(other)];
  const first = await open(person, "task.watchAll", {});
  const { id } = (await first.next()) ?? {};
  first.close();
  await person.mutate("task.delete", { taskId: gone });
  await other.mutate("task.delete", { taskId: foreign });
  expect(await purgeDeleted(api.deps, new Date(Date.now() + 60_000))).toBe(2);
  const stream = await open(person, "task.watchAll", { lastEventId: id });
  expect((await stream.next())?.data).toEqual({ kind: "removed", taskId: gone });
  // What comes next is something new, and not the other one.
  const fresh = await createTask(person);
  expect((await stream.next())?.data).toMatchObject({ kind: "task", task: { taskId: fresh } });
});

test("a stream of all that comes back with a moment to come, because the clock was set back, is sent what settled", async () => {
  const done = await createTask(person);
  await change(done, { status: "completed" });
  const stream = await open(person, "task.watchAll", { lastEventId: String(Date.now() + 3_600_000) });
  expect((await stream.next())?.data).toMatchObject({ kind: "task", task: { taskId: done, status: "completed" } });
});

test("a task that waits is sent again when its place moves, although nothing of it changed", async () => {
  const other = await api.person();
  const [first, second] = [await uploadedTask(other, pdf), await uploadedTask(person, pdf)];
  await other.mutate("task.start", { taskId: first });
  await person.mutate("task.start", { taskId: second });
  const streams = [await open(person, "task.watch", { taskId: second }), await open(person, "task.watchAll", {})];
  const place = { queuePosition: 2, taskId: second };
  expect((await streams[0]?.next())?.data).toMatchObject(place);
  expect((await streams[1]?.next())?.data).toMatchObject({ task: place });
  await api.database.asOwner(
    "delete from pgboss.job where id = (select id from pgboss.job order by created_on limit 1)",
  );
  expect((await streams[0]?.next())?.data).toMatchObject({ queuePosition: 1 });
  expect((await streams[1]?.next())?.data).toMatchObject({ task: { queuePosition: 1 } });
});

test("the stream of all begins with what is not settled yet", async () => {
  const [settled, waiting] = [await createTask(person), await createTask(person)];
  await change(settled, { status: "completed" });
  const stream = await open(person, "task.watchAll", {});
  expect(await stream.next()).toMatchObject({ data: { kind: "task", task: { taskId: waiting } } });
  await change(settled, {});
  expect(await stream.next()).toMatchObject({ data: { kind: "task", task: { taskId: settled } } });
});

test.each(["logout", "disabled"])("a stream ends after %s", async (how) => {
  const stream = await open(person, "task.watchAll", {});
  if (how === "logout") await person.mutate("auth.logout");
  else await api.database.asOwner("update tool_ocr_users set disabled_at = now() where id = $1", [person.id]);
  expect(await stream.next()).toMatchObject({
    event: "serialized-error",
    data: { data: { appCode: "UNAUTHENTICATED" } },
  });
  expect(await stream.next()).toBeUndefined();
});

// F15 of the threat catalogue.
test("open streams end when the server stops, with an error that makes the page come back", async () => {
  const stream = await open(person, "task.watchAll", {});
  api.stopping.abort();
  await closeServer(api.app, 60_000);
  expect(await stream.next()).toMatchObject({ event: "serialized-error", data: { data: { appCode: "UNAVAILABLE" } } });
});

test("a stream that the client closes leaves nothing behind, and one person cannot open any number", async () => {
  const streams = [];
  for (let count = 0; count < 20; count++) streams.push(await open(person, "task.watchAll", {}));
  await expect.poll(() => api.deps.streams.get(person.id)).toBe(20);
  const refused = await open(person, "task.watchAll", {});
  expect(await refused.next()).toMatchObject({
    event: "serialized-error",
    data: { data: { appCode: "RATE_LIMITED" } },
  });
  for (const stream of streams) stream.close();
  await expect.poll(() => api.deps.streams.size).toBe(0);
});
