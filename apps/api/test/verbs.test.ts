// Moves of a task by its owner: who wins a race, what a retry keeps, what a deletion can be taken back.
import { randomUUID } from "node:crypto";
import type { TaskView } from "@legible/shared/task";
import { pageKey } from "@legible/storage/keys";
import { afterAll, beforeAll, expect, test } from "vitest";
import { data, type Person, refusal, type TestApi, testApi } from "./api.ts";
import { createTask, pdf, uploadedTask } from "./files.ts";

let api: TestApi;
let person: Person;

beforeAll(async () => {
  api = await testApi();
  person = await api.person();
});
afterAll(() => api.close());

const jobsOf = (id: number, name: string, attempt: number) =>
  api.database.asOwner<{ from: string; to: string }>(
    `select data->>'from' as from, data->>'to' as to from pgboss.job
     where name = $2 and (data->>'task')::int = $1 and (data->>'attempt')::int = $3 order by (data->>'from')::int`,
    [id, name, attempt],
  );

/** A settled task of three pages: read, failed, never reached. */
async function settledTask(status: "completed" | "failed" | "cancelled"): Promise<{ taskId: string; id: number }> {
  const taskId = await uploadedTask(person, pdf);
  return await api.database.asSystem("test", async (tx) => {
    const counts = { pagesTotal: 3, pagesDone: 1, pagesFailed: 1 };
    const { id } = await tx.task.update({ where: { taskId }, data: { status, completedAt: new Date(), ...counts } });
    const row = { taskId: id, attempt: 1, filePosition: 1, decision: "text" };
    await tx.taskPage.createMany({
      data: [
        { ...row, number: 1, pageIndex: 0, status: "done", resultPath: pageKey(taskId, 1, 1, randomUUID()) },
        { ...row, number: 2, pageIndex: 1, status: "failed", errorCode: "PAGE_TIMEOUT", tries: 2 },
        { ...row, number: 3, pageIndex: 2, status: status === "completed" ? "failed" : "waiting" },
      ],
    });
    return { taskId, id };
  });
}

const pagesOf = (id: number) =>
  api.database.asSystem("test", (tx) => tx.taskPage.findMany({ where: { taskId: id }, orderBy: { number: "asc" } }));

test.each([
  ["start", "pending"],
  ["cancel", "pending"],
  ["retry", "failed"],
] as const)(
  "twenty tabs that %s the same task get one winner, nineteen conflicts and one audit entry",
  async (verb, status) => {
    const taskId = await uploadedTask(person, pdf);
    await api.database.asSystem("test", (tx) => tx.task.update({ where: { taskId }, data: { status } }));
    const answers = await Promise.all(Array.from({ length: 20 }, () => person.mutate(`task.${verb}`, { taskId })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(19).fill(409)]);
    const action = { start: "task.started", cancel: "task.cancelled", retry: "task.retried" }[verb];
    const entries = await api.database.asOwner("select 1 from tool_ocr_audit_logs where object = $1 and action = $2", [
      taskId,
      action,
    ]);
    expect(entries).toHaveLength(1);
  },
);

test("different verbs at once leave one of the allowed statuses, and as many entries as winners", async () => {
  const taskId = await uploadedTask(person, pdf);
  const answers = await Promise.all(
    ["start", "cancel", "delete"].map((verb) => person.mutate(`task.${verb}`, { taskId })),
  );
  const won = answers.filter((answer) => answer.status === 200).length;
  const entries = await api.database.asOwner(
    "select 1 from tool_ocr_audit_logs where object = $1 and action in ('task.started', 'task.cancelled', 'task.deleted')",
    [taskId],
  );
  expect(won).toBeGreaterThanOrEqual(1);
  expect(entries).toHaveLength(won);
});

test.each(["failed", "cancelled", "completed"] as const)(
  "a retry of a %s task keeps the pages that were read",
  async (status) => {
    const { taskId, id } = await settledTask(status);
    expect(await data(person.mutate("task.retry", { taskId }))).toMatchObject({
      status: "processing",
      pagesTotal: 3,
      pagesDone: 1,
      pagesFailed: 0,
    });
    expect(await pagesOf(id)).toMatchObject([
      { number: 1, status: "done", attempt: 2, resultPath: expect.any(String) },
      { number: 2, status: "waiting", attempt: 2, errorCode: null, tries: 0 },
      { number: 3, status: "waiting", attempt: 2 },
    ]);
    expect(await jobsOf(id, "pages", 2)).toEqual([
      { from: "2", to: "2" },
      { from: "3", to: "3" },
    ]);
    expect(await jobsOf(id, "plan", 2)).toEqual([]);
  },
);

test("a retry of everything, or with other options, begins with a plan and keeps no page", async () => {
  for (const input of [{ pages: "all" }, { options: { languages: ["jpn"] } }]) {
    const { taskId, id } = await settledTask("completed");
    expect(await data(person.mutate("task.retry", { taskId, ...input }))).toMatchObject({
      pagesTotal: null,
      pagesDone: 0,
    });
    expect(await pagesOf(id)).toEqual([]);
    expect(await jobsOf(id, "plan", 2)).toHaveLength(1);
  }
});

test("only what failed can be asked for, and where nothing did that is a conflict", async () => {
  const { taskId, id } = await settledTask("completed");
  await api.database.asOwner("delete from tool_ocr_task_pages where task_id = $1 and number > 1", [id]);
  expect(await refusal(person.mutate("task.retry", { taskId, pages: "failed" }))).toEqual({
    status: 409,
    code: "CONFLICT",
  });
  expect((await person.mutate("task.retry", { taskId })).status).toBe(200);
});

test("while a page is read again, the ledger says so beside what was read before; a page never read only waits", async () => {
  const { taskId, id } = await settledTask("completed");
  await api.database.asOwner("update tool_ocr_task_pages set source = 'ocr' where task_id = $1 and number = 1", [id]);
  const readingAgain = async () =>
    (await data<{ readingAgain: boolean }[]>(person.query("task.pages", { taskId }))).map((row) => row.readingAgain);
  expect(await readingAgain()).toEqual([false, false, false]);
  await data(person.mutate("task.rerunPages", { taskId, pages: "1-2", options: {} }));
  expect(await readingAgain()).toEqual([true, false, false]);
  await api.database.asOwner(
    "update tool_ocr_task_pages set status = 'reading', lease = gen_random_uuid() where task_id = $1 and number = 1",
    [id],
  );
  expect(await readingAgain()).toEqual([true, false, false]);
  await api.database.asOwner(
    "update tool_ocr_task_pages set status = 'done', lease = null where task_id = $1 and number = 1",
    [id],
  );
  expect(await readingAgain()).toEqual([false, false, false]);
});

test("chosen pages are read again with options of their own; the others and the document's options stay", async () => {
  const { taskId, id } = await settledTask("completed");
  const input = { taskId, pages: "1,9", options: { languages: ["jpn"], mode: "force", rotate: false } };
  expect(await data<TaskView>(person.mutate("task.rerunPages", input))).toMatchObject({
    status: "processing",
    pagesDone: 0,
    pagesFailed: 2,
    options: { languages: ["eng"], mode: "auto" },
  });
  expect(await pagesOf(id)).toMatchObject([
    { status: "waiting", decision: "ocr", options: { languages: ["jpn"], mode: "force", rotate: false, deskew: true } },
    { status: "failed", options: null },
    { status: "failed", options: null },
  ]);
  expect(await jobsOf(id, "pages", 2)).toEqual([{ from: "1", to: "1" }]);
  expect(await refusal(person.mutate("task.rerunPages", input))).toEqual({ status: 409, code: "CONFLICT" });
  await api.database.asOwner("update tool_ocr_tasks set status = 'completed' where id = $1", [id]);
  const none = person.mutate("task.rerunPages", { ...input, pages: "7-" });
  expect(await refusal(none)).toEqual({ status: 400, code: "INVALID_INPUT" });
});

test("a document whose original is gone cannot be read again", async () => {
  const { taskId } = await settledTask("completed");
  await api.database.asSystem("test", (tx) => tx.task.update({ where: { taskId }, data: { fileDeleted: true } }));
  expect(await refusal(person.mutate("task.retry", { taskId }))).toEqual({ status: 409, code: "CONFLICT" });
  const rerun = person.mutate("task.rerunPages", { taskId, pages: "1", options: {} });
  expect(await refusal(rerun)).toEqual({ status: 409, code: "CONFLICT" });
});

test("a deletion is taken back within its time, not later, and only once", async () => {
  const { taskId } = await settledTask("completed");
  await person.mutate("task.delete", { taskId });
  expect(await data(person.mutate("task.restore", { taskId }))).toMatchObject({ taskId, status: "completed" });
  expect(await refusal(person.mutate("task.restore", { taskId }))).toEqual({ status: 409, code: "CONFLICT" });
  await person.mutate("task.delete", { taskId });
  await api.database.asOwner("update tool_ocr_tasks set deleted_at = now() - interval '11 s' where task_id = $1", [
    taskId,
  ]);
  expect(await refusal(person.mutate("task.restore", { taskId }))).toEqual({ status: 404, code: "NOT_FOUND" });
});

test("a task that was deleted while it was read comes back cancelled, and its idempotency key is free", async () => {
  const files = [{ name: "a.pdf", size: 3 }];
  const taskId = await createTask(person, { files, idempotencyKey: "again" });
  await person.mutate("task.delete", { taskId });
  expect(await createTask(person, { files, idempotencyKey: "again" })).not.toBe(taskId);
  expect(await data(person.mutate("task.restore", { taskId }))).toMatchObject({ status: "cancelled" });
});

test("a verb for many acts on each by itself and says what was refused", async () => {
  const [ready, settled] = [await uploadedTask(person, pdf), (await settledTask("completed")).taskId];
  const foreign = await uploadedTask(await api.person(), pdf);
  const bulk = (action: string) =>
    data(person.mutate("task.bulk", { taskIds: [ready, ready, settled, foreign], action }));
  expect(await bulk("cancel")).toEqual({
    changed: [ready],
    refused: [
      { taskId: settled, code: "CONFLICT", message: expect.any(String) },
      { taskId: foreign, code: "NOT_FOUND", message: expect.any(String) },
    ],
  });
  expect(await bulk("delete")).toMatchObject({ changed: [ready, settled] });
  expect(await bulk("restore")).toMatchObject({ changed: [ready, settled] });
  expect(await bulk("retry")).toMatchObject({ changed: [ready, settled] });
});
