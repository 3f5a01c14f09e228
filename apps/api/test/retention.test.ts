// What is removed by itself: expired files, leftovers, interrupted deletions, objects that nobody names.
import { randomUUID } from "node:crypto";
import { pageKey, resultKey, taskPrefix } from "@legible/storage/keys";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compareStorage, type Orphans } from "../src/retention/compare-storage.ts";
import { expireResults } from "../src/retention/expire-results.ts";
import { expireUnstarted } from "../src/retention/expire-unstarted.ts";
import { purgeDeleted } from "../src/retention/purge-deleted.ts";
import { removeLeftovers, removeOldSessions } from "../src/retention/remove-leftovers.ts";
import { data, type Person, refusal, type TestApi, testApi } from "./api.ts";
import { createTask, pdf, uploadedTask } from "./files.ts";

let api: TestApi;
let person: Person;

beforeEach(async () => {
  api = await testApi();
  person = await api.person();
});
afterEach(() => api.close());

const dayMs = 24 * 60 * 60_000;
const later = (days: number) => new Date(Date.now() + days * dayMs);

async function put(key: string): Promise<string> {
  async function* bytes() {
    yield Buffer.from(key);
  }
  await api.deps.storage.put(key, bytes());
  return key;
}

/** A completed task of one page with everything it has in storage. */
async function completedTask(): Promise<{ taskId: string; id: number; page: string; json: string }> {
  const taskId = await uploadedTask(person, pdf);
  const lease = randomUUID();
  const keys = { page: await put(pageKey(taskId, 1, 1, lease)), json: await put(resultKey(taskId, 1, lease, "json")) };
  for (const format of ["markdown", "pdf", "txt", "zip"] as const) await put(resultKey(taskId, 1, lease, format));
  const { id } = await api.database.asSystem("test", async (tx) => {
    const task = await tx.task.update({
      where: { taskId },
      data: {
        status: "completed",
        completedAt: new Date(),
        pagesTotal: 1,
        pagesDone: 1,
        resultJsonPath: keys.json,
        resultMarkdownPath: resultKey(taskId, 1, lease, "markdown"),
        resultPdfPath: resultKey(taskId, 1, lease, "pdf"),
      },
    });
    const row = { taskId: task.id, attempt: 1, number: 1, filePosition: 1, pageIndex: 0, decision: "text" };
    await tx.taskPage.create({ data: { ...row, status: "done", source: "text", resultPath: keys.page } });
    await tx.pageText.create({
      data: { taskId: task.id, userId: person.id, number: 1, text: "Secret", folded: "secret" },
    });
    return task;
  });
  return { taskId, id, ...keys };
}

async function keysOf(taskId: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of api.deps.storage.list(taskPrefix(taskId))) keys.push(key);
  return keys;
}

const entries = (taskId: string, action: string) =>
  api.database.asOwner("select 1 from tool_ocr_audit_logs where object = $1 and action = $2", [taskId, action]);

test("files expire on the day that the task names; the row and the audit entries stay, and the words are gone", async () => {
  const { taskId } = await completedTask();
  const view = await data<{ expiresAt: string }>(person.query("task.get", { taskId }));
  const end = Date.parse(view.expiresAt);
  expect(await expireResults(api.deps, new Date(end - 1))).toBe(0);
  expect(await expireResults(api.deps, new Date(end + 1))).toBe(1);
  expect(await expireResults(api.deps, new Date(end + 1))).toBe(0);
  expect(await keysOf(taskId)).toEqual([]);
  expect(await data(person.query("task.get", { taskId }))).toMatchObject({ status: "completed", fileDeleted: true });
  expect(await entries(taskId, "retention.expired")).toHaveLength(1);
  expect(await api.database.asOwner("select 1 from tool_ocr_page_texts")).toEqual([]);
  for (const path of ["download/json", "source"]) {
    expect(await refusal(person.fetch(`/api/v2/tasks/${taskId}/${path}`))).toEqual({ status: 404, code: "NOT_FOUND" });
  }
  expect(await refusal(person.query("task.page", { taskId, number: 1 }))).toEqual({ status: 404, code: "NOT_FOUND" });
});

test("nothing expires while it is read, when nothing is set to expire, or before its own end", async () => {
  const { id } = await completedTask();
  const never = { ...api.deps, limits: { ...api.deps.limits, retentionDays: 0 } };
  expect(await expireResults(never, later(36_000))).toBe(0);
  const longer = { ...api.deps, limits: { ...api.deps.limits, retentionDays: 100 } };
  expect(await expireResults(longer, later(99))).toBe(0);
  await api.database.asOwner("update tool_ocr_tasks set status = 'processing' where id = $1", [id]);
  expect(await expireResults(api.deps, later(99))).toBe(0);
});

test("a task whose files never all arrived goes after a day without a change, row and all", async () => {
  const left = await createTask(person);
  const ready = await uploadedTask(person, pdf);
  expect(await removeLeftovers(api.deps, later(0.99))).toBe(0);
  expect(await removeLeftovers(api.deps, later(1.01))).toBe(1);
  expect(await api.database.asOwner("select task_id from tool_ocr_tasks")).toEqual([{ task_id: ready }]);
  expect(await entries(left, "retention.purged")).toHaveLength(1);
});

test("a document that nobody starts loses its file after a day, says so, and cannot be started any more", async () => {
  const [ready, started] = [await uploadedTask(person, pdf), await uploadedTask(person, pdf)];
  const half = await createTask(person);
  await person.mutate("task.start", { taskId: started });
  expect(await expireUnstarted(api.deps, later(0.99))).toBe(0);
  expect(await expireUnstarted(api.deps, later(1.01))).toBe(1);
  expect(await expireUnstarted(api.deps, later(1.01))).toBe(0);
  expect(await keysOf(ready)).toEqual([]);
  expect(await data(person.query("task.get", { taskId: ready }))).toMatchObject({
    status: "failed",
    fileDeleted: true,
    error: { code: "NOT_STARTED", message: expect.stringContaining("not started within a day") },
  });
  expect(await entries(ready, "retention.expired")).toHaveLength(1);
  for (const verb of ["start", "retry"]) {
    const refused = { status: 409, code: "CONFLICT" };
    expect(await refusal(person.mutate(`task.${verb}`, { taskId: ready }))).toEqual(refused);
  }
  expect(await keysOf(started)).toHaveLength(1);
  expect(await data(person.query("task.get", { taskId: half }))).toMatchObject({ status: "pending" });
  expect(await compareStorage(api.deps, new Map(), new Date())).toMatchObject({ waiting: 0, missing: 0 });
});

test("a deletion that was interrupted between its objects and its row is finished", async () => {
  const { taskId } = await completedTask();
  await person.mutate("task.delete", { taskId });
  await api.deps.storage.removePrefix(taskPrefix(taskId));
  expect(await purgeDeleted(api.deps, later(1))).toBe(1);
  for (const table of ["tasks", "task_files", "task_pages", "page_texts"]) {
    expect(await api.database.asOwner(`select 1 from tool_ocr_${table}`)).toEqual([]);
  }
  expect(await entries(taskId, "retention.purged")).toHaveLength(1);
});

test("only sessions that ended long ago are forgotten", async () => {
  await api.database.asOwner("update tool_ocr_sessions set absolute_expires_at = now() - interval '31 days'");
  await api.person();
  expect(await removeOldSessions(api.deps, new Date())).toBe(1);
  expect(await api.database.asOwner("select 1 from tool_ocr_sessions")).toHaveLength(1);
});

test("objects that no row names go when they were seen so for a day: of older attempts, and of tasks that are not there", async () => {
  const { taskId } = await completedTask();
  const whole = await keysOf(taskId);
  // Previews, say: no row names them.
  whole.push(await put(`${taskPrefix(taskId)}made/1.png`));
  const stray = [
    await put(pageKey(taskId, 7, 1, randomUUID())),
    await put(resultKey(taskId, 7, randomUUID(), "json")),
    await put(pageKey(randomUUID(), 1, 1, randomUUID())),
  ];
  const orphans: Orphans = new Map();
  expect(await compareStorage(api.deps, orphans, later(0))).toMatchObject({ removed: 0, waiting: 3, missing: 0 });
  expect(await compareStorage(api.deps, orphans, later(0.9))).toMatchObject({ removed: 0, waiting: 3 });
  expect(await compareStorage(api.deps, orphans, later(1.1))).toMatchObject({ tasks: 1, removed: 3, waiting: 0 });
  for (const key of stray) expect(await api.deps.storage.size(key)).toBeUndefined();
  expect((await keysOf(taskId)).sort()).toEqual(whole.sort());
});

test("an object that got its row meanwhile is nobody's no more", async () => {
  const { id, taskId } = await completedTask();
  const key = await put(pageKey(taskId, 1, 2, randomUUID()));
  const orphans: Orphans = new Map();
  expect(await compareStorage(api.deps, orphans, later(0))).toMatchObject({ waiting: 1 });
  await api.database.asOwner("update tool_ocr_task_pages set result_path = $2 where task_id = $1", [id, key]);
  // The page's former object is nobody's now, and new as such.
  expect(await compareStorage(api.deps, orphans, later(2))).toMatchObject({ removed: 0, waiting: 1 });
  expect(await api.deps.storage.size(key)).toBeGreaterThan(0);
});

test("a page that is missing is read again, a result is assembled again, and both are reported", async () => {
  const first = await completedTask();
  const second = await completedTask();
  await api.deps.storage.remove(first.page);
  await api.deps.storage.remove(second.json);
  expect(await compareStorage(api.deps, new Map(), new Date())).toMatchObject({ missing: 2, repaired: 2, removed: 0 });
  const jobs = await api.database.asOwner(
    "select name, (data->>'task')::int as task, (data->>'attempt')::int as attempt from pgboss.job order by 2",
  );
  expect(jobs).toEqual([
    { name: "pages", task: first.id, attempt: 2 },
    { name: "assemble", task: second.id, attempt: 2 },
  ]);
  expect(await entries(first.taskId, "storage.repaired")).toHaveLength(1);
  expect(api.logged.filter((line) => line.message === "Objects are missing.")).toHaveLength(2);
});

test("a missing original is reported once, and is gone for its owner and not an error", async () => {
  const { taskId } = await completedTask();
  const key = (await keysOf(taskId)).find((one) => one.includes("/uploads/")) ?? "";
  await api.deps.storage.remove(key);
  expect(await compareStorage(api.deps, new Map(), new Date())).toMatchObject({ missing: 1, repaired: 0 });
  expect(await compareStorage(api.deps, new Map(), new Date())).toMatchObject({ missing: 0 });
  expect(await refusal(person.fetch(`/api/v2/tasks/${taskId}/source`))).toEqual({ status: 404, code: "NOT_FOUND" });
  expect((await person.fetch(`/api/v2/tasks/${taskId}/download/json`)).status).toBe(200);
  expect(await refusal(person.mutate("task.retry", { taskId }))).toEqual({ status: 409, code: "CONFLICT" });
});
