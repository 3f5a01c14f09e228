import type { TaskView } from "@legible/shared/task";
import { afterEach, beforeEach, expect, test } from "vitest";
import { closeServer } from "../src/server.ts";
import { type Person, type TestApi, testApi } from "./api.ts";
import { createTask } from "./files.ts";

let api: TestApi;
let person: Person;

beforeEach(async () => {
  api = await testApi();
  person = await api.person();
});
afterEach(() => api.close());

type Event = { event: string; id?: string; data: unknown };

/** An open stream; `next` gives the next event that is no ping. */
async function open(who: Person, procedure: string, input: object) {
  const abort = new AbortController();
  const response = await who.fetch(`/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`, {
    headers: { accept: "text/event-stream" },
    signal: abort.signal,
  });
  const events = parse(response);
  const next = async (): Promise<Event | undefined> => {
    const { value, done } = await events.next();
    return done === true ? undefined : value;
  };
  expect(await next()).toMatchObject({ event: "connected" });
  return { response, next, close: () => abort.abort() };
}

async function* parse(response: Response): AsyncGenerator<Event, void> {
  let text = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks.map((part) => part.trim()).filter((part) => part !== "")) {
      const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/su)));
      const event: Event = {
        event: fields.event ?? "message",
        data: fields.data ? JSON.parse(fields.data) : undefined,
      };
      if (fields.id !== undefined) event.id = fields.id;
      if (event.event !== "ping") yield event;
    }
  }
}

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
