import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SandboxPool } from "@legible/ocr/sandbox/pool";
import type { SandboxChild } from "@legible/ocr/sandbox/sandbox-child";
import { createPreviews } from "@legible/ocr/work/previews";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createNoticed } from "../src/preview/noticed.ts";
import { purgeDeleted } from "../src/retention/purge-deleted.ts";
import { type Person, refusal, type TestApi, testApi } from "./api.ts";
import { pdf, uploadedTask } from "./files.ts";

let api: TestApi;
let person: Person;
let stranger: Person;
let folder: string;
let drawn = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "legible-preview-"));
  api = await testApi();
  person = await api.person();
  stranger = await api.person("admin");
  const sandbox: Pick<SandboxPool, "use"> = { use: (work) => work(child as unknown as SandboxChild) };
  api.deps.previews = createPreviews({ ...api.deps, sandbox: sandbox as SandboxPool });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

const child: Pick<SandboxChild, "preview"> & { folder: string } = {
  get folder() {
    return folder;
  },
  async preview({ index, rotation }) {
    drawn += 1;
    for (const name of ["full", "thumbnail"])
      await writeFile(join(folder, `${name}.jpg`), `${name} ${index} ${rotation}`);
    return { full: "full.jpg", thumbnail: "thumbnail.jpg" };
  },
};

async function readTask(rows: { status: string; rotation?: number }[]): Promise<string> {
  const taskId = await uploadedTask(person, pdf);
  await api.database.asSystem("test", async (tx) => {
    const { id } = await tx.task.update({ where: { taskId }, data: { status: "processing", pagesTotal: rows.length } });
    const place = { taskId: id, attempt: 1, filePosition: 1, decision: "ocr" };
    const data = rows.map((row, index) => ({ ...place, ...row, number: index + 1, pageIndex: index }));
    await tx.taskPage.createMany({ data });
  });
  return taskId;
}

const preview = (taskId: string, number: number | string, more = "", who = person, init?: RequestInit) =>
  who.fetch(`/api/v2/tasks/${taskId}/pages/${number}/preview${more}`, init);

test("a page that is done is shown before the document is, turned as it was read, and drawn once for both sizes", async () => {
  const taskId = await readTask([{ status: "waiting" }, { status: "done", rotation: 90 }]);
  drawn = 0;
  const answer = await preview(taskId, 2);
  expect(await answer.text()).toBe("full 1 90");
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "image/jpeg",
    "content-length": "9",
    "cache-control": "private, no-cache",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
  });
  expect(await (await preview(taskId, 2, "?width=120")).text()).toBe("thumbnail 1 90");
  expect(await (await preview(taskId, 2, "?width=600")).text()).toBe("full 1 90");
  expect(drawn).toBe(1);
  expect(await refusal(preview(taskId, 1))).toEqual({ status: 409, code: "CONFLICT" });
});

test("the same picture is not sent twice, and another size is another picture", async () => {
  const taskId = await readTask([{ status: "done" }]);
  const etag = (await preview(taskId, 1)).headers.get("etag") ?? "";
  const again = { headers: { "if-none-match": etag } };
  expect((await preview(taskId, 1, "", person, again)).status).toBe(304);
  expect((await preview(taskId, 1, "?width=100", person, again)).status).toBe(200);
});

test("who is not signed in, a stranger and an administrator see nothing", async () => {
  const taskId = await readTask([{ status: "done" }]);
  expect(await refusal(preview(taskId, 1, "", stranger))).toEqual({ status: 404, code: "NOT_FOUND" });
  expect(await refusal(fetch(`${api.origin}/api/v2/tasks/${taskId}/pages/1/preview`))).toEqual({
    status: 401,
    code: "UNAUTHENTICATED",
  });
});

test.each(["2", "0", "1.5", "x", "1e3"])("page %s of one page is not found", async (number) => {
  const taskId = await readTask([{ status: "done" }]);
  expect((await refusal(preview(taskId, number))).status).toBe(404);
});

test("a width that is none is refused", async () => {
  const taskId = await readTask([{ status: "done" }]);
  expect(await refusal(preview(taskId, 1, "?width=-3"))).toEqual({ status: 400, code: "INVALID_INPUT" });
});

test("leafing through a document is one entry, and its pictures go with it", async () => {
  const taskId = await readTask([{ status: "done" }, { status: "failed" }, { status: "done" }]);
  for (const number of [1, 2, 3, 1]) expect((await preview(taskId, number, "?width=100")).status).toBe(200);
  const audit = await api.database.asOwner(
    "select user_id from tool_ocr_audit_logs where object = $1 and action = 'task.previewed'",
    [taskId],
  );
  expect(audit).toEqual([{ user_id: person.id }]);
  expect((await person.mutate("task.delete", { taskId })).status).toBe(200);
  // When nobody can undo it any more.
  await purgeDeleted(api.deps, new Date(Date.now() + 60_000));
  const keys: string[] = [];
  for await (const key of api.deps.storage.list(`tasks/${taskId}/`)) keys.push(key);
  expect(keys).toEqual([]);
  expect((await preview(taskId, 1)).status).toBe(404);
});

test("a look is over after half an hour, for each person and document by itself", () => {
  let now = 0;
  const noticed = createNoticed(() => now);
  expect([noticed.isNew(1, "a"), noticed.isNew(1, "a"), noticed.isNew(2, "a"), noticed.isNew(1, "b")]).toEqual([
    true,
    false,
    true,
    true,
  ]);
  now = 30 * 60_000;
  expect(noticed.isNew(1, "a")).toBe(true);
});
