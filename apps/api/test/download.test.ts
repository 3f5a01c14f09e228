import { randomUUID } from "node:crypto";
import { resultKey } from "@legible/storage/keys";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Person, refusal, type TestApi, testApi } from "./api.ts";
import { pdf, png, uploadedTask } from "./files.ts";

let api: TestApi;
let person: Person;

beforeAll(async () => {
  api = await testApi();
  person = await api.person();
});
afterAll(() => api.close());

const markdown = "# Heading\n\nSome words.\n";

/** A completed task with a Markdown result and nothing else. */
async function completedTask(name?: string): Promise<string> {
  const taskId = await uploadedTask(person, pdf, name);
  const key = resultKey(taskId, 1, randomUUID(), "markdown");
  await api.deps.storage.put(
    key,
    (async function* () {
      yield Buffer.from(markdown);
    })(),
  );
  await api.database.asSystem("test", (tx) =>
    tx.task.update({ where: { taskId }, data: { status: "completed", resultMarkdownPath: key } }),
  );
  return taskId;
}

test("a result comes as an attachment that no browser runs or keeps, and the download is written down", async () => {
  const taskId = await completedTask();
  const answer = await person.fetch(`/api/v2/tasks/${taskId}/download/markdown`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe(markdown);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "text/markdown; charset=utf-8",
    "content-disposition": `attachment; filename="scan.md"; filename*=UTF-8''scan.md`,
    "content-length": String(markdown.length),
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-store",
    "accept-ranges": "bytes",
  });
  const audit = await api.database.asOwner(
    "select details from tool_ocr_audit_logs where object = $1 and action = 'task.downloaded'",
    [taskId],
  );
  expect(audit).toEqual([{ details: { format: "markdown" } }]);
});

test("a result that is missing is 404, one of a task that is not completed 409, an unknown format 404", async () => {
  const completed = await completedTask();
  const pending = await uploadedTask(person, pdf);
  expect(await refusal(person.fetch(`/api/v2/tasks/${completed}/download/pdf`))).toEqual({
    status: 404,
    code: "NOT_FOUND",
  });
  expect(await refusal(person.fetch(`/api/v2/tasks/${pending}/download/pdf`))).toEqual({
    status: 409,
    code: "CONFLICT",
  });
  expect(await refusal(person.fetch(`/api/v2/tasks/${completed}/download/exe`))).toEqual({
    status: 404,
    code: "NOT_FOUND",
  });
});

test("the same version is not sent twice", async () => {
  const taskId = await completedTask();
  const url = `/api/v2/tasks/${taskId}/download/markdown`;
  const etag = (await person.fetch(url)).headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[\w-]+"$/u);
  const again = await person.fetch(url, { headers: { "if-none-match": `"other", ${etag}` } });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
  expect((await person.fetch(url, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
});

test.each([
  ["bytes=0-0", 206, "#", "bytes 0-0/23"],
  ["bytes=2-8", 206, "Heading", "bytes 2-8/23"],
  ["bytes=16-", 206, "words.\n", "bytes 16-22/23"],
  ["bytes=-7", 206, "words.\n", "bytes 16-22/23"],
  ["bytes=0-9999", 206, markdown, "bytes 0-22/23"],
  ["bytes=23-", 416, undefined, "bytes */23"],
  ["bytes=-0", 416, undefined, "bytes */23"],
  ["bytes=0-1,3-4", 200, markdown, null],
  ["bytes=8-2", 200, markdown, null],
  ["pages=1-2", 200, markdown, null],
])("Range: %s is answered with %i", async (range, status, body, contentRange) => {
  const taskId = await completedTask();
  const answer = await person.fetch(`/api/v2/tasks/${taskId}/download/markdown`, { headers: { range } });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-range")).toBe(contentRange);
  if (body !== undefined) expect(await answer.text()).toBe(body);
  else expect(await answer.json()).toMatchObject({ error: { code: "INVALID_INPUT" } });
});

test("a thousand ranges cost no more than the file", async () => {
  const taskId = await completedTask();
  const range = `bytes=${Array(1000).fill("0-1").join(",")}`;
  const answer = await person.fetch(`/api/v2/tasks/${taskId}/download/markdown`, { headers: { range } });
  expect(await answer.text()).toBe(markdown);
});

test("a part of a file that has changed since is not mixed with the old one", async () => {
  const taskId = await completedTask();
  const url = `/api/v2/tasks/${taskId}/download/markdown`;
  const answer = await person.fetch(url, { headers: { range: "bytes=0-0", "if-range": '"older"' } });
  expect(answer.status).toBe(200);
});

test.each([
  ["../../etc/passwd.pdf", "passwd.pdf"],
  ["C:\\Users\\me\\測試 文件.pdf", "測試 文件.pdf"],
  ["nul\u0000byte.pdf", "nulbyte.pdf"],
  ["line\r\nX-Evil: 1.pdf", "line X-Evil: 1.pdf"],
  ["invoice\u202efdp.exe", "invoicefdp.exe.pdf"],
  [`quote"and;semi'colon%41.pdf`, `quote"and;semi'colon%41.pdf`],
  ["ñ\ud800.pdf", "ñ\ufffd.pdf"],
])("the original of %j is sent under a clean name", async (name, expected) => {
  const taskId = await uploadedTask(person, pdf, name);
  const answer = await person.fetch(`/api/v2/tasks/${taskId}/source`);
  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf);
  expect(answer.headers.get("x-evil")).toBeNull();
  const disposition = answer.headers.get("content-disposition") ?? "";
  const [, ascii, encoded] =
    /^attachment; filename="([\x20-\x7e]*)"; filename\*=UTF-8''([\w%.!#$&+^`|~-]+)$/u.exec(disposition) ?? [];
  expect(ascii).not.toMatch(/["\\%]/u);
  expect(decodeURIComponent(encoded ?? "")).toBe(expected);
});

test("a name of 400 characters and one of nothing but dots are sent, too", async () => {
  for (const name of [`${"長".repeat(400)}.pdf`, "...", ""]) {
    const taskId = await uploadedTask(person, pdf, name);
    const answer = await person.fetch(`/api/v2/tasks/${taskId}/source`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toMatch(/\.pdf$/u);
  }
});

test("an original with a wrong ending gets the one its bytes have", async () => {
  const taskId = await uploadedTask(person, png, "scan.pdf");
  const answer = await person.fetch(`/api/v2/tasks/${taskId}/source`);
  expect(answer.headers.get("content-type")).toBe("image/png");
  expect(answer.headers.get("content-disposition")).toContain('filename="scan.pdf.png"');
});

test("no name that a person chose is a path in storage", async () => {
  const taskId = await uploadedTask(person, pdf, "../../../../tmp/evil.pdf");
  const keys: string[] = [];
  for await (const key of api.deps.storage.list(`tasks/${taskId}/`)) keys.push(key);
  expect(keys).toEqual([expect.stringMatching(/^tasks\/[\da-f-]{36}\/uploads\/1\/[\da-f-]{36}\/original$/u)]);
});
