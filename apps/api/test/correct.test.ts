// Correcting words, up to the job that makes the results anew (packages/ocr/test/work-corrections.test.ts goes on from there).
import { randomUUID } from "node:crypto";
import type { Page } from "@legible/shared/document";
import type { TaskView } from "@legible/shared/task";
import { pageKey, resultKey } from "@legible/storage/keys";
import { afterAll, beforeAll, expect, test } from "vitest";
import { data, type Person, refusal, type TestApi, testApi } from "./api.ts";
import { pdf, uploadedTask } from "./files.ts";

let api: TestApi;
let person: Person;
let stranger: Person;

beforeAll(async () => {
  api = await testApi();
  person = await api.person();
  stranger = await api.person("admin");
});
afterAll(() => api.close());

const bbox: [number, number, number, number] = [10, 10, 90, 30];
const word = (n: number, text: string, confidence: number) => ({ id: `p1w${n}`, text, bbox, confidence });
const page: Page = {
  number: 1,
  width: 100,
  height: 100,
  unit: "px",
  dpi: 100,
  source: "ocr",
  rotation: 0,
  rotationConfidence: null,
  deskewDegrees: 0,
  confidence: 65,
  error: null,
  blocks: [
    {
      id: "p1b1",
      type: "paragraph",
      bbox,
      confidence: 65,
      lines: [{ bbox, baseline: bbox, words: [word(1, "Tota1", 40), word(2, "right", 90)] }],
    },
  ],
};

async function* bytes(text: string) {
  yield Buffer.from(text);
}

async function completedTask(status = "completed"): Promise<string> {
  const taskId = await uploadedTask(person, pdf);
  const path = pageKey(taskId, 1, 1, randomUUID());
  await api.deps.storage.put(path, bytes(JSON.stringify(page)));
  await api.database.asSystem("test", async (tx) => {
    const { id } = await tx.task.update({ where: { taskId }, data: { status, pagesTotal: 1, pagesDone: 1 } });
    const place = { taskId: id, attempt: 1, number: 1, filePosition: 1, pageIndex: 0 };
    await tx.taskPage.create({
      data: { ...place, decision: "ocr", source: "ocr", status: "done", resultPath: path, lowConfidenceWords: 1 },
    });
  });
  return taskId;
}

const correct = (taskId: string, text: string, wordId = "p1w1", who = person) =>
  who.mutate("task.correct", { taskId, page: 1, wordId, text });

test("a correction stands in the page, the ledger and the task, and is written down without its text", async () => {
  const taskId = await completedTask();
  const before = await data<TaskView>(person.query("task.get", { taskId }));
  const answer = await data<{ page: Page; task: TaskView }>(correct(taskId, "  Total\u0000 \n"));
  const corrected = {
    text: "Total",
    confidence: 100,
    original: { text: "Tota1", confidence: 40, correctedBy: person.id },
  };
  expect(answer.page.blocks[0]?.lines[0]?.words[0]).toMatchObject(corrected);
  expect(await data(person.query("task.page", { taskId, number: 1 }))).toEqual(answer.page);
  expect(await data(person.query("task.pages", { taskId }))).toMatchObject([{ lowConfidenceWords: 0, confidence: 95 }]);
  expect(answer.task).toMatchObject({ status: "completed", corrections: 1, resultsCurrent: false });
  expect(answer.task.revision).toBe(before.revision + 1);
  const audit = await api.database.asOwner(
    "select user_id, details from tool_ocr_audit_logs where object = $1 and action = 'task.corrected'",
    [taskId],
  );
  expect(audit).toEqual([{ user_id: person.id, details: { page: 1, word: "p1w1" } }]);
});

test("a job makes the results anew", async () => {
  const taskId = await completedTask();
  await correct(taskId, "Total");
  const { id } = await api.database.asSystem("test", (tx) => tx.task.findUniqueOrThrow({ where: { taskId } }));
  const jobs = await api.database.asOwner("select name from pgboss.job where (data->>'task')::int = $1", [id]);
  expect(jobs).toEqual([{ name: "assemble" }]);
});

test("corrections at the same time all count", async () => {
  const taskId = await completedTask();
  const answers = await Promise.all([correct(taskId, "One", "p1w1"), correct(taskId, "Two", "p1w2")]);
  expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
  const after = await data<Page>(person.query("task.page", { taskId, number: 1 }));
  expect(after.blocks[0]?.lines[0]?.words.map(({ text }) => text)).toEqual(["One", "Two"]);
  expect(await data(person.query("task.get", { taskId }))).toMatchObject({ corrections: 2 });
});

test("what is not there, not one's own or not finished is not corrected", async () => {
  const taskId = await completedTask();
  expect(await refusal(correct(taskId, "x", "p1w9"))).toEqual({ status: 404, code: "NOT_FOUND" });
  expect(await refusal(correct(taskId, "x", "p1w1", stranger))).toEqual({ status: 404, code: "NOT_FOUND" });
  const missing = person.mutate("task.correct", { taskId, page: 2, wordId: "p1w1", text: "x" });
  expect(await refusal(missing)).toEqual({ status: 404, code: "NOT_FOUND" });
  expect(await refusal(correct(taskId, " \u0000\n "))).toEqual({ status: 400, code: "INVALID_INPUT" });
  const running = await completedTask("processing");
  expect(await refusal(correct(running, "x"))).toEqual({ status: 409, code: "CONFLICT" });
  expect(await data(person.query("task.get", { taskId }))).toMatchObject({ corrections: 0, resultsCurrent: true });
  const keys: string[] = [];
  for await (const key of api.deps.storage.list(`tasks/${taskId}/pages/`)) keys.push(key);
  expect(keys).toHaveLength(1);
});

test("both versions of a result can be downloaded", async () => {
  const taskId = await completedTask();
  const [old, latest] = [randomUUID(), randomUUID()].map((lease) => resultKey(taskId, 1, lease, "markdown"));
  await api.deps.storage.put(old ?? "", bytes("as it was read"));
  await api.deps.storage.put(latest ?? "", bytes("corrected"));
  const columns = { resultMarkdownPath: latest ?? "", uncorrectedJsonPath: (old ?? "").replace(/md$/u, "json") };
  const url = `/api/v2/tasks/${taskId}/download/markdown`;
  const get = async (query: string) => (await person.fetch(url + query)).text();
  await api.database.asSystem("test", (tx) => tx.task.update({ where: { taskId }, data: columns }));
  expect([await get(""), await get("?version=original")]).toEqual(["corrected", "as it was read"]);
  expect((await person.fetch(`${url}?version=elsewhere`)).status).toBe(404);
});
