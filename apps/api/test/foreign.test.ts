// Somebody else's document is one that does not exist: the same answer, from the same questions to the database, at every door that
// takes its id.
import { randomUUID } from "node:crypto";
import type { TaskView } from "@legible/shared/task";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Answer, callProcedure, callRoute, definitions } from "./access/call.ts";
import { procedures, routes } from "./access/matrix.ts";
import { recording } from "./access/recording.ts";
import { makeScene, type Scene } from "./access/scene.ts";
import { data, type Person, refusal, type TestApi, testApi } from "./api.ts";
import { open } from "./event-stream.ts";
import { pdf, uploadedTask } from "./files.ts";

let api: TestApi;
let scene: Scene;
const asked: string[] = [];

beforeAll(async () => {
  api = await testApi();
  api.deps.database = recording(api.database, asked);
  scene = await makeScene(api);
});
afterAll(() => api.close());

/** True for a procedure whose input names a task. */
function takesTask(path: string): boolean {
  const [schema] = definitions[path]?._def.inputs ?? [];
  return schema instanceof z.ZodObject && "taskId" in schema.shape;
}
const byProcedure = Object.keys(procedures).filter(takesTask);
const byRoute = Object.keys(routes).filter((route) => route.includes(":taskId"));

/** An answer without what differs from request to request. */
function comparable({ status, body, headers }: Answer) {
  const { "x-request-id": id = "", date: _, ...rest } = headers;
  return { status, body: body.replaceAll(id, "…"), headers: rest };
}

/** Answer and questions of a call. */
async function trace(call: () => Promise<Answer>) {
  asked.length = 0;
  const answer = comparable(await call());
  return { ...answer, asked: [...asked] };
}

const rowsOf = () =>
  api.database.asOwner("SELECT * FROM tool_ocr_tasks WHERE user_id = $1 ORDER BY id", [scene.owner.id]);

test("there are such procedures and routes", () => {
  expect(byProcedure).toContain("task.get");
  expect(byProcedure.length).toBeGreaterThanOrEqual(10);
  expect(byRoute.length).toBeGreaterThanOrEqual(9);
});

describe.each(["other", "admin"] as const)("to %s who is not the owner", (who) => {
  test.each(byProcedure)("%s", async (path) => {
    const input = (await procedures[path]?.input?.(scene)) as { taskId: string };
    const before = await rowsOf();
    const foreign = await trace(() => callProcedure(scene[who], path, input));
    const unknown = await trace(() => callProcedure(scene[who], path, { ...input, taskId: randomUUID() }));
    expect(foreign.status).toBe(404);
    expect(foreign.asked.length).toBeGreaterThan(1);
    expect(foreign).toEqual(unknown);
    expect(await rowsOf()).toEqual(before);
  });

  test.each(byRoute)("%s", async (route) => {
    const line = routes[route];
    if (line === undefined) throw new Error("no such line");
    const input = (await line.input?.(scene)) as { taskId: string };
    const before = await rowsOf();
    const foreign = await trace(() => callRoute(scene[who], route, line, input));
    const unknown = await trace(() => callRoute(scene[who], route, line, { ...input, taskId: randomUUID() }));
    expect(foreign.status).toBe(404);
    expect(foreign.asked.length).toBeGreaterThan(1);
    expect(foreign).toEqual(unknown);
    expect(await rowsOf()).toEqual(before);
  });
});

const bulkActions = ["start", "cancel", "retry", "delete", "restore"] as const;
test.each(bulkActions)(
  "a %s of many with foreign and unknown ids among them does the own ones alone, and tells the others alike",
  async (action) => {
    const state = {
      start: "unstarted",
      cancel: "unstarted",
      retry: "completed",
      delete: "completed",
      restore: "deleted",
    } as const;
    const foreign = await scene.task(scene.owner, state[action]);
    const own = await scene.task(scene.other, state[action]);
    const unknown = randomUUID();
    // A whole retry: pages that are all read are no reason for another one.
    await api.database.asOwner("UPDATE tool_ocr_task_pages SET status = 'failed'");
    const before = await rowsOf();
    const answer = await data<{ changed: string[]; refused: { taskId: string }[] }>(
      scene.other.mutate("task.bulk", { taskIds: [foreign, own, unknown], action }),
    );
    expect(answer.changed).toEqual([own]);
    const [first, second] = answer.refused;
    expect(first).toMatchObject({ taskId: foreign, code: "NOT_FOUND" });
    expect(second).toEqual({ ...first, taskId: unknown });
    expect(await rowsOf()).toEqual(before);
    expect(await api.database.asOwner("SELECT FROM tool_ocr_audit_logs WHERE object = $1", [foreign])).toEqual([]);
  },
);

test.each(["download/json", "download/zip", "source"])(
  "the owner's ETag and ranges of %s are worth nothing to another",
  async (path) => {
    const taskId = await scene.task(scene.owner, "completed");
    const get = (who: Person, headers: Record<string, string>) =>
      who.fetch(`/api/v2/tasks/${taskId}/${path}`, { headers });
    const etag = (await get(scene.owner, {})).headers.get("etag") ?? "";
    expect(etag).not.toBe("");
    const attempts = [
      { "if-none-match": etag },
      { "if-none-match": "*" },
      { range: "bytes=0-1" },
      { range: "bytes=0-1", "if-range": etag },
      { range: "bytes=99999-" },
    ];
    const owners = [304, 304, 206, 206, 416];
    for (const [index, headers] of attempts.entries()) {
      expect((await get(scene.owner, headers)).status).toBe(owners[index]);
      const refused = await get(scene.other, headers);
      expect(refused.headers.get("etag")).toBeNull();
      expect(refused.headers.get("content-range")).toBeNull();
      expect(await refusal(refused)).toEqual({ status: 404, code: "NOT_FOUND" });
    }
  },
);

test("the stream of all tells nothing of a document that another works on", async () => {
  const [owner, other] = [await api.person(), await api.person()];
  const stream = await open(other, "task.watchAll", {});
  const theirs = await uploadedTask(owner, pdf);
  for (const verb of ["start", "cancel", "retry", "delete", "restore"]) {
    expect((await owner.mutate(`task.${verb}`, { taskId: theirs })).status).toBe(200);
  }
  // Whatever the stream told of the above comes before this one's first event.
  const mine = await scene.task(other, "waiting");
  await api.database.asOwner("UPDATE tool_ocr_tasks SET revision = 7 WHERE task_id = $1", [mine]);
  for (let seen = 0; seen < 7; ) {
    const event = (await stream.next())?.data as { kind: string; task: TaskView };
    expect(event).toMatchObject({ kind: "task", task: { taskId: mine } });
    seen = event.task.revision;
  }
  stream.close();
});

test("fifty people who ask at once are each answered with their own documents", async () => {
  const people = await Promise.all(Array.from({ length: 50 }, () => api.person()));
  const own = new Map<Person, string>();
  for (const person of people) own.set(person, await scene.task(person, "completed"));
  const ways: ((person: Person) => Promise<string[]>)[] = [
    async (person) =>
      (await data<{ items: TaskView[] }>(person.query("task.list", {}))).items.map((task) => task.taskId),
    async (person) =>
      (await data<{ items: TaskView[] }>(person.query("task.search", { text: "nothing" }))).items.map(
        (found) => found.taskId,
      ),
    async (person) => {
      const { total, completed } = await data<{ total: number; completed: number }>(person.query("task.stats"));
      return total === 1 && completed === 1 ? [own.get(person) ?? ""] : [`${total} of ${completed}`];
    },
  ];
  for (let round = 0; round < 6; round++) {
    const wrong = await Promise.all(
      people.map(async (person, index) => {
        const found = await (ways[(index + round) % ways.length] ?? expect.unreachable())(person);
        return found.join() === own.get(person) ? undefined : found;
      }),
    );
    expect(wrong.filter((found) => found !== undefined)).toEqual([]);
  }
});

test("the same bytes as in another person's document are no duplicate", async () => {
  const bytes = Buffer.concat([pdf, Buffer.from(randomUUID())]);
  const [owner, other] = [await api.person(), await api.person()];
  const upload = async (person: Person) => {
    const input = { files: [{ name: "a.pdf", size: bytes.length }], start: false };
    const { taskId } = await data<{ taskId: string }>(person.mutate("task.create", input));
    const put = await person.fetch(`/api/v2/tasks/${taskId}/files/1`, { method: "PUT", body: bytes });
    const { sha256, duplicateOf } = (await put.json()) as { sha256: string; duplicateOf: string | null };
    await api.database.asOwner("UPDATE tool_ocr_tasks SET status = 'completed' WHERE task_id = $1", [taskId]);
    return { taskId, sha256, duplicateOf };
  };
  const first = await upload(owner);
  expect((await upload(owner)).duplicateOf).not.toBeNull();
  expect((await upload(other)).duplicateOf).toBeNull();
  const named = { files: [{ name: "a.pdf", size: bytes.length, sha256: first.sha256 }] };
  const stranger = await api.person();
  expect(await data(stranger.mutate("task.create", named))).toMatchObject({ duplicateOf: null });
});
