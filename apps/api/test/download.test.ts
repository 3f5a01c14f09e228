import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeBundle } from "@legible/ocr/render/bundle";
import { endRecordBytes, holeOf } from "@legible/shared/bundle";
import { type ResultFormat, resultFormatSchema } from "@legible/shared/result-format";
import { resultBeside, resultKey } from "@legible/storage/keys";
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

/** A completed task with all its results; yields the whole archive as well. */
async function fullTask(name: string) {
  const taskId = await uploadedTask(person, pdf, name);
  const folder = await mkdtemp(join(tmpdir(), "legible-download-"));
  const lease = randomUUID();
  const put = async (format: ResultFormat, path: string) => {
    const key = resultKey(taskId, 1, lease, format);
    await api.deps.storage.put(key, createReadStream(path));
    return key;
  };
  try {
    const file = (name: string) => ({ path: join(folder, name), name });
    for (const format of resultFormatSchema.options) await writeFile(join(folder, format), `the ${format} of it`);
    await writeBundle(join(folder, "zip"), [file("txt"), file("hocr")], file("pdf"), new Date());
    for (const format of resultFormatSchema.options) await put(format, join(folder, format));
    const data = { status: "completed", resultJsonPath: resultKey(taskId, 1, lease, "json") };
    await api.database.asSystem("test", (tx) => tx.task.update({ where: { taskId }, data }));
    const [kept, inside] = [await readFile(join(folder, "zip")), await readFile(join(folder, "pdf"))];
    const hole = holeOf(kept.subarray(-endRecordBytes), kept.length, inside.length) ?? 0;
    return { taskId, archive: Buffer.concat([kept.subarray(0, hole), inside, kept.subarray(hole)]), hole };
  } finally {
    await rm(folder, { recursive: true });
  }
}

test.each([
  ["txt", "text/plain; charset=utf-8", "測試.txt"],
  ["hocr", "text/vnd.hocr+html; charset=utf-8", "測試.hocr"],
  ["alto", "application/xml; charset=utf-8", "測試.alto.xml"],
])("%s comes as %s, named after the document", async (format, type, name) => {
  const { taskId } = await fullTask("測試.pdf");
  const answer = await person.fetch(`/api/v2/tasks/${taskId}/download/${format}`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe(`the ${format} of it`);
  expect(answer.headers.get("content-type")).toBe(type);
  expect(answer.headers.get("content-security-policy")).toContain("sandbox");
  const disposition = answer.headers.get("content-disposition") ?? "";
  expect(disposition).toMatch(/^attachment; /u);
  expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? "")).toBe(name);
});

test("the archive comes whole, with its length known before", async () => {
  const { taskId, archive } = await fullTask("scan.pdf");
  const answer = await person.fetch(`/api/v2/tasks/${taskId}/download/zip`);
  expect(Buffer.from(await answer.arrayBuffer()).equals(archive)).toBe(true);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "application/zip",
    "content-length": String(archive.length),
    "content-disposition": `attachment; filename="scan.zip"; filename*=UTF-8''scan.zip`,
  });
});

test("any part of the archive is what stands there in the whole", async () => {
  const { taskId, archive, hole } = await fullTask("scan.pdf");
  const url = `/api/v2/tasks/${taskId}/download/zip`;
  const ends = [0, 1, hole - 1, hole, hole + 3, hole + 12, hole + 13, archive.length - 1];
  for (const start of ends) {
    for (const end of ends.filter((last) => last >= start)) {
      const answer = await person.fetch(url, { headers: { range: `bytes=${start}-${end}` } });
      expect(answer.status).toBe(206);
      expect(answer.headers.get("content-range")).toBe(`bytes ${start}-${end}/${archive.length}`);
      expect(Buffer.from(await answer.arrayBuffer()).equals(archive.subarray(start, end + 1))).toBe(true);
    }
  }
});

test("an archive whose PDF is another one is not sent", async () => {
  const { taskId } = await fullTask("scan.pdf");
  const row = await api.database.asSystem("test", (tx) => tx.task.findUniqueOrThrow({ where: { taskId } }));
  const path = row.resultJsonPath ?? "";
  const other = (async function* () {
    yield Buffer.from("another length");
  })();
  await api.deps.storage.put(resultBeside(path, "pdf"), other);
  expect(await refusal(person.fetch(`/api/v2/tasks/${taskId}/download/zip`))).toEqual({
    status: 404,
    code: "NOT_FOUND",
  });
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
