import { randomUUID } from "node:crypto";
import type { TaskView } from "@legible/shared/task";
import { pageKey } from "@legible/storage/keys";
import { afterAll, beforeAll, expect, test } from "vitest";
import { purgeDeleted } from "../src/retention/purge-deleted.ts";
import { data, type Person, refusal, type TestApi, testApi } from "./api.ts";
import { createTask, pdf, putFile, uploadedTask } from "./files.ts";

let api: TestApi;
let person: Person;
let stranger: Person;

beforeAll(async () => {
  api = await testApi();
  person = await api.person();
  stranger = await api.person("admin");
});
afterAll(() => api.close());

function set(taskId: string, columns: object) {
  return api.database.asSystem("test", (tx) => tx.task.update({ where: { taskId }, data: columns }));
}

test("a new task has clean names, the installation's options and an address for each file", async () => {
  const created = await data<{ taskId: string; uploads: { url: string }[] }>(
    person.mutate("task.create", {
      files: [
        { name: "../\u202ea\u0000.pdf", size: 3 },
        { name: "b.png", size: 4 },
      ],
    }),
  );
  expect(created).toEqual({
    taskId: expect.any(String),
    duplicateOf: null,
    uploads: [1, 2].map((position) => ({
      position,
      method: "PUT",
      url: `/api/v2/tasks/${created.taskId}/files/${position}`,
    })),
  });
  expect(await data(person.query("task.get", { taskId: created.taskId }))).toMatchObject({
    filename: "a.pdf",
    status: "pending",
    pagesTotal: null,
    queuePosition: null,
    error: null,
    options: { languages: ["eng"], mode: "auto", rotate: true, deskew: true, pdfa: false },
    files: [
      { name: "a.pdf", uploaded: false },
      { name: "b.png", uploaded: false },
    ],
  });
});

test("a language that is not installed is refused with the ones that are", async () => {
  const answer = await person.mutate("task.create", {
    files: [{ name: "a", size: 1 }],
    options: { languages: ["eng", "deu"] },
  });
  const { error } = (await answer.json()) as { error: { message: string; data: object } };
  expect(answer.status).toBe(400);
  expect(error.message).toContain("eng, jpn");
  expect(error.data).toMatchObject({
    appCode: "INVALID_INPUT",
    details: { missing: ["deu"], installed: ["eng", "jpn"] },
  });
});

test("languages may be left to the reader", async () => {
  const taskId = await createTask(person, { options: { languages: ["auto"] } });
  expect(await data(person.query("task.get", { taskId }))).toMatchObject({ options: { languages: ["auto"] } });
  expect((await person.mutate("task.delete", { taskId })).status).toBe(200);
});

test("a PDF password is kept in memory and nowhere else", async () => {
  const password = "only for this document";
  const taskId = await createTask(person, { options: { password } });
  expect(api.deps.passwords.get(taskId)).toBe(password);
  const rows = await api.database.asOwner("select * from tool_ocr_tasks, tool_ocr_audit_logs");
  expect(JSON.stringify(rows)).not.toContain(password);
  expect((await person.mutate("task.delete", { taskId })).status).toBe(200);
  expect(api.deps.passwords.get(taskId)).toBeUndefined();
});

test("twenty creations with one key make one task; another document under that key is a conflict; keys are the caller's own", async () => {
  const input = { files: [{ name: "a.pdf", size: 1 }], idempotencyKey: "double click" };
  const ids = await Promise.all(
    Array.from(
      { length: 20 },
      async () => (await data<{ taskId: string }>(person.mutate("task.create", input))).taskId,
    ),
  );
  expect(new Set(ids).size).toBe(1);
  const other = { ...input, files: [{ name: "b.pdf", size: 1 }] };
  expect(await refusal(person.mutate("task.create", other))).toEqual({ status: 409, code: "CONFLICT" });
  expect((await data<{ taskId: string }>(stranger.mutate("task.create", input))).taskId).not.toBe(ids[0]);
});

test("a list is filtered, sorted and paged, and holds the caller's tasks only", async () => {
  const owner = await api.person();
  const names = ["b_1.pdf", "a%1.pdf", "c.pdf"];
  const ids = [];
  for (const name of names) ids.push(await createTask(owner, { files: [{ name, size: 1 }] }));
  await set(ids[2] ?? "", { status: "completed", pagesTotal: 3, completedAt: new Date() });
  type List = { items: TaskView[]; total: number };
  const list = async (input: object) => {
    const { items, total } = await data<List>(owner.query("task.list", input));
    return { names: items.map((item) => item.filename), total };
  };
  expect(await list({})).toEqual({ names: ["c.pdf", "a%1.pdf", "b_1.pdf"], total: 3 });
  expect(await list({ sort: "filename", order: "asc" })).toEqual({ names: ["a%1.pdf", "b_1.pdf", "c.pdf"], total: 3 });
  expect(await list({ sort: "pages" })).toMatchObject({ names: ["c.pdf", expect.any(String), expect.any(String)] });
  expect(await list({ sort: "completedAt", order: "asc" })).toMatchObject({ total: 3 });
  expect(await list({ page: 2, pageSize: 2 })).toEqual({ names: ["b_1.pdf"], total: 3 });
  expect(await list({ status: ["completed"] })).toEqual({ names: ["c.pdf"], total: 1 });
  expect(await list({ filename: "_1" })).toEqual({ names: ["b_1.pdf"], total: 1 });
  expect(await list({ filename: "%" })).toEqual({ names: ["a%1.pdf"], total: 1 });
  expect(await list({ filename: "B_1.PDF" })).toEqual({ names: ["b_1.pdf"], total: 1 });
  expect(await list({ to: "2020-01-01T00:00:00Z" })).toEqual({ names: [], total: 0 });
  expect(await data(owner.query("task.stats"))).toMatchObject({ total: 3, pending: 2, completed: 1, processing: 0 });
});

test("tasks that wait know their place, counting everybody's", async () => {
  const [first, second] = [await uploadedTask(person, pdf), await uploadedTask(stranger, pdf)];
  const placeOf = async (who: Person, taskId: string) =>
    (await data<TaskView>(who.query("task.get", { taskId }))).queuePosition ?? 0;
  await person.mutate("task.start", { taskId: first });
  await stranger.mutate("task.start", { taskId: second });
  expect((await placeOf(stranger, second)) - (await placeOf(person, first))).toBe(1);
  const before = await placeOf(stranger, second);
  // As the worker does that takes its job and opens the file.
  const { id } = await set(first, { pagesTotal: 4 });
  await api.database.asOwner("delete from pgboss.job where name = 'plan' and data->>'task' = $1", [String(id)]);
  expect(await data(person.query("task.get", { taskId: first }))).toMatchObject({ queuePosition: null });
  expect(await placeOf(stranger, second)).toBe(before - 1);
});

test("the ledger names each page's fate, and a page that is done can be read before the rest", async () => {
  const taskId = await uploadedTask(person, pdf);
  const { id } = await set(taskId, { status: "processing", pagesTotal: 3 });
  const lease = randomUUID();
  const key = pageKey(taskId, 1, 1, lease);
  const page = {
    number: 1,
    width: 100,
    height: 100,
    unit: "px",
    dpi: 72,
    source: "text",
    rotation: 0,
    rotationConfidence: null,
    deskewDegrees: 0,
    confidence: null,
    error: null,
    blocks: [],
  };
  await api.deps.storage.put(
    key,
    (async function* () {
      yield Buffer.from(JSON.stringify(page));
    })(),
  );
  const row = { taskId: id, attempt: 1, filePosition: 1, decision: "text" };
  await api.database.asSystem("test", (tx) =>
    tx.taskPage.createMany({
      data: [
        { ...row, number: 1, pageIndex: 0, status: "done", source: "text", resultPath: key },
        { ...row, number: 2, pageIndex: 1, status: "failed", errorCode: "PAGE_TIMEOUT" },
        { ...row, number: 3, pageIndex: 2 },
      ],
    }),
  );
  const ledger = await data<object[]>(person.query("task.pages", { taskId }));
  expect(ledger).toMatchObject([
    { number: 1, source: "text", error: null },
    { number: 2, source: "failed", error: { code: "PAGE_TIMEOUT", message: "Reading the page took too long." } },
    { number: 3, source: null, error: null },
  ]);
  expect(await data(person.query("task.page", { taskId, number: 1 }))).toEqual(page);
  expect(await refusal(person.query("task.page", { taskId, number: 2 }))).toEqual({ status: 409, code: "CONFLICT" });
  expect(await refusal(person.query("task.page", { taskId, number: 3 }))).toEqual({ status: 409, code: "CONFLICT" });
  expect(await refusal(person.query("task.page", { taskId, number: 4 }))).toEqual({ status: 404, code: "NOT_FOUND" });
});

test("a failed task says why and what page, and can be read again as a new attempt", async () => {
  const taskId = await uploadedTask(person, pdf);
  const failed = { status: "failed", errorCode: "PAGE_TIMEOUT", errorPage: 2, pagesTotal: 2, pagesFailed: 2 } as const;
  await set(taskId, { ...failed, notes: ["SOURCE_SIGNED", "of a later version"] });
  expect(await data(person.query("task.get", { taskId }))).toMatchObject({
    status: "failed",
    error: { code: "PAGE_TIMEOUT", page: 2 },
    notes: [{ code: "SOURCE_SIGNED", message: expect.stringContaining("signed") }],
  });
  expect(await data(person.mutate("task.retry", { taskId, options: { languages: ["jpn"] } }))).toMatchObject({
    status: "processing",
    error: null,
    notes: [],
    pagesTotal: null,
    pagesFailed: 0,
    options: { languages: ["jpn"] },
  });
  const jobs = await api.database.asOwner("select 1 from pgboss.job where name = 'plan' and data->>'attempt' = '2'");
  expect(jobs).toHaveLength(1);
  expect(await refusal(person.mutate("task.retry", { taskId }))).toEqual({ status: 409, code: "CONFLICT" });
});

test("a task is cancelled once", async () => {
  const taskId = await createTask(person);
  expect(await data(person.mutate("task.cancel", { taskId }))).toMatchObject({ status: "cancelled" });
  expect(await refusal(person.mutate("task.cancel", { taskId }))).toEqual({ status: 409, code: "CONFLICT" });
});

test("a deleted task is hidden at once, and gone with its rows and its files when it cannot be undone", async () => {
  const taskId = await uploadedTask(person, pdf);
  await person.mutate("task.start", { taskId });
  const { done, until } = await data<{ done: boolean; until: string }>(person.mutate("task.delete", { taskId }));
  expect(done).toBe(true);
  // What other tests of this file deleted.
  await api.database.asOwner("delete from tool_ocr_tasks where deleted_at is not null and task_id <> $1", [taskId]);
  expect(await refusal(person.query("task.get", { taskId }))).toEqual({ status: 404, code: "NOT_FOUND" });
  expect(await refusal(person.mutate("task.delete", { taskId }))).toEqual({ status: 404, code: "NOT_FOUND" });
  expect(await purgeDeleted(api.deps, new Date(Date.parse(until) - 1))).toBe(0);
  expect(await purgeDeleted(api.deps, new Date(Date.parse(until) + 1))).toBe(1);
  expect(await api.database.asOwner("select 1 from tool_ocr_tasks where task_id = $1", [taskId])).toEqual([]);
  const keys: string[] = [];
  for await (const key of api.deps.storage.list(`tasks/${taskId}/`)) keys.push(key);
  expect(keys).toEqual([]);
});

test("every change of a task is written down in the same transaction: without the entry there is no change", async () => {
  const taskId = await uploadedTask(person, pdf);
  await api.database.asOwner(
    "alter table tool_ocr_audit_logs add constraint refuse check (action not like 'task.%') not valid",
  );
  try {
    for (const verb of ["start", "cancel", "delete"]) {
      expect(await refusal(person.mutate(`task.${verb}`, { taskId }))).toEqual({ status: 500, code: "INTERNAL" });
    }
    expect(await refusal(putFile(person, taskId, pdf))).toEqual({ status: 500, code: "INTERNAL" });
    const [before, after] = [
      await countTasks(),
      await person.mutate("task.create", { files: [{ name: "a", size: 1 }] }).then(countTasks),
    ];
    expect(after).toBe(before);
  } finally {
    await api.database.asOwner("alter table tool_ocr_audit_logs drop constraint refuse");
  }
  const view = await data<TaskView>(person.query("task.get", { taskId }));
  expect(view).toMatchObject({ status: "pending", files: [{ uploaded: true }] });
  expect((await person.fetch(`/api/v2/tasks/${taskId}/source`)).status).toBe(200);
});

async function countTasks(): Promise<number> {
  return (await api.database.asOwner("select 1 from tool_ocr_tasks")).length;
}

test("somebody else's task looks exactly like one that does not exist, at every door, to an administrator too", async () => {
  const foreign = await uploadedTask(person, pdf);
  await set(foreign, { status: "completed" });
  const doors: [string, (taskId: string) => Promise<Response>][] = [
    ...["get", "pages", "page"].map((name): [string, (taskId: string) => Promise<Response>] => [
      name,
      (taskId) => stranger.query(`task.${name}`, { taskId, ...(name === "page" ? { number: 1 } : {}) }),
    ]),
    ...["start", "cancel", "retry", "delete", "restore"].map(
      (name): [string, (taskId: string) => Promise<Response>] => [
        name,
        (taskId) => stranger.mutate(`task.${name}`, { taskId }),
      ],
    ),
    ["rerunPages", (taskId) => stranger.mutate("task.rerunPages", { taskId, pages: "1", options: {} })],
    ["put", (taskId) => putFile(stranger, taskId, pdf)],
    ...["", "/pages", "/source", "/download/json", "/download/markdown", "/download/pdf"].map(
      (path): [string, (taskId: string) => Promise<Response>] => [
        `GET ${path}`,
        (taskId) => stranger.fetch(`/api/v2/tasks/${taskId}${path}`),
      ],
    ),
    ["DELETE", (taskId) => stranger.fetch(`/api/v2/tasks/${taskId}`, { method: "DELETE" })],
    ...["start", "cancel", "retry"].map((verb): [string, (taskId: string) => Promise<Response>] => [
      `POST ${verb}`,
      (taskId) => stranger.fetch(`/api/v2/tasks/${taskId}/${verb}`, { method: "POST" }),
    ]),
  ];
  const missing = randomUUID();
  for (const [name, open] of doors) {
    const answers = await Promise.all(
      [foreign, missing].map(async (taskId) => {
        const answer = await open(taskId);
        const body = (await answer.text()).replace(/"requestId":"[^"]+"/u, "");
        return { name, status: answer.status, body };
      }),
    );
    expect(answers[0]).toEqual({ ...answers[1], status: 404 });
  }
  expect(await data(person.query("task.get", { taskId: foreign }))).toMatchObject({ status: "completed" });
});
