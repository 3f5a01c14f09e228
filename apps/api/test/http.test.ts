// What holds for every request: where it may come from, what it may carry, what leaves.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callers, data, type Person, refusal, type TestApi, testApi } from "./api.ts";

let api: TestApi;
let person: Person;
let pageFolder: string;

beforeAll(async () => {
  pageFolder = await mkdtemp(join(tmpdir(), "legible-page-"));
  await mkdir(join(pageFolder, "assets"));
  await writeFile(join(pageFolder, "index.html"), "<!doctype html><title>Legible</title>");
  await writeFile(join(pageFolder, "assets/index-abc123.js"), "export {};");
  api = await testApi({ pageFolder });
  person = await api.person();
});
afterAll(async () => {
  await api.close();
  await rm(pageFolder, { recursive: true, force: true });
});

async function liveSessions(): Promise<number> {
  const rows = await api.database.asOwner("select 1 from tool_ocr_sessions where revoked_at is null and user_id = $1", [
    person.id,
  ]);
  return rows.length;
}

function formPost(headers: Record<string, string>): Promise<Response> {
  const form = new FormData();
  form.set("a", "1");
  return fetch(`${api.origin}/trpc/auth.logoutAll`, {
    method: "POST",
    headers: { cookie: person.cookie, ...headers },
    body: form,
  });
}

// F12 of the threat catalogue.
test("a form of another site cannot run a mutation", async () => {
  expect(await refusal(formPost({ origin: "https://evil.example", "sec-fetch-site": "cross-site" }))).toEqual({
    status: 403,
    code: "FORBIDDEN",
  });
  expect((await formPost({ origin: "null" })).status).toBe(403);
  expect((await formPost({ origin: `${api.origin}.evil.example` })).status).toBe(403);
  expect((await formPost({ "sec-fetch-site": "same-site" })).status).toBe(403);
  expect((await formPost({})).status).toBe(403);
  expect((await formPost({ origin: api.origin })).status).toBe(415);
  expect(await liveSessions()).toBe(1);
});

test.each([
  "text/plain",
  "application/x-www-form-urlencoded",
  "application/octet-stream",
  "multipart/form-data; boundary=x",
])("tRPC and REST refuse a body of %s", async (type) => {
  for (const path of ["/trpc/auth.logoutAll", "/api/v2/auth/logout"]) {
    const answer = person.fetch(path, { method: "POST", headers: { "content-type": type }, body: "{}" });
    expect(await refusal(answer)).toEqual({ status: 415, code: "UNSUPPORTED_TYPE" });
  }
  expect(await liveSessions()).toBe(1);
});

test("a program without cookies needs no Origin", async () => {
  const answer = await fetch(`${api.origin}/api/v2/auth/logout`, { method: "POST" });
  expect(answer.status).toBe(200);
});

test("no site is allowed to read answers", async () => {
  const answer = await person.fetch("/api/v2/auth/me", { headers: { origin: "https://evil.example" } });
  expect(answer.headers.get("access-control-allow-origin")).toBeNull();
});

test("a mutation is not run by a GET", async () => {
  expect((await person.fetch("/trpc/auth.logoutAll")).ok).toBe(false);
  expect(await liveSessions()).toBe(1);
});

// F13.
test("of a batch of eleven calls none is run, and of ten all are", async () => {
  const batch = (size: number) => person.fetch(`/trpc/${Array(size).fill("auth.me").join(",")}?batch=1&input=%7B%7D`);
  let calls = 0;
  const { installed } = api.deps.languages;
  api.deps.languages.installed = async () => {
    calls++;
    return ["eng"];
  };
  const answer = await batch(11);
  expect(answer.status).toBe(400);
  expect(calls).toBe(0);
  const commas = await person.fetch(`/trpc/${",".repeat(900)}?batch=1`);
  expect(commas.status).toBe(400);
  expect((await commas.text()).length).toBeLessThan(1024);
  expect((await batch(10)).status).toBe(200);
  expect(calls).toBe(10);
  api.deps.languages.installed = installed;
});

// F14.
test("the text of an unexpected error stays on the server, under the request id that the caller is told", async () => {
  const secret = "connect ECONNREFUSED postgres://app:S3CRET@db/x";
  const { installed } = api.deps.languages;
  api.deps.languages.installed = () => Promise.reject(new Error(secret));
  for (const path of ["/trpc/auth.me", "/trpc/auth.me,auth.me?batch=1&input=%7B%7D", "/api/v2/auth/me"]) {
    const answer = await person.fetch(path);
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toContain("S3CRET");
    expect(text).not.toMatch(/\.ts|node_modules|stack/u);
    const requestId = answer.headers.get("x-request-id");
    expect(text).toContain(`"requestId":"${requestId}"`);
    expect(text).toContain("Something went wrong on the server.");
    const line = api.logged.find((entry) => entry.requestId === requestId && entry.message === "Unexpected error.");
    expect(JSON.stringify(line)).toContain("ECONNREFUSED");
  }
  api.deps.languages.installed = installed;
});

test("an answer that breaks its own schema is masked as well", async () => {
  const { installed } = api.deps.languages;
  api.deps.languages.installed = async () => [{ secret: "S3CRET" }] as unknown as string[];
  const answer = await person.query("auth.me");
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain("S3CRET");
  api.deps.languages.installed = installed;
});

test("invalid input names the fields and repeats nothing of what was sent", async () => {
  const answer = await person.mutate("task.create", { files: [{ name: "x", size: "S3CRET" }], unknown: true });
  const text = await answer.text();
  expect(answer.status).toBe(400);
  expect(text).not.toContain("S3CRET");
  expect(JSON.parse(text)).toMatchObject({
    error: { data: { appCode: "INVALID_INPUT", details: { fields: expect.arrayContaining(["files.0.size"]) } } },
  });
});

test("a JSON body that is too large, too deep or no JSON is refused", async () => {
  const post = (body: string) =>
    person.fetch("/trpc/task.create", { method: "POST", headers: { "content-type": "application/json" }, body });
  expect(await refusal(post(JSON.stringify({ a: "x".repeat(300_000) })))).toEqual({ status: 413, code: "TOO_LARGE" });
  expect(await refusal(post("[".repeat(100_000) + "]".repeat(100_000)))).toEqual({
    status: 400,
    code: "INVALID_INPUT",
  });
  expect(await refusal(post("{"))).toEqual({ status: 400, code: "INVALID_INPUT" });
  expect((await post('{"__proto__":{"polluted":1},"files":[]}')).status).toBe(400);
  expect({}).not.toHaveProperty("polluted");
});

test("streamed batches, in which cookies could not be set, are refused", async () => {
  const answer = person.fetch("/trpc/auth.me?batch=1&input=%7B%7D", {
    headers: { "trpc-accept": "application/jsonl" },
  });
  expect(await refusal(answer)).toEqual({ status: 400, code: "INVALID_INPUT" });
});

test("everything but the open procedures wants a session", async () => {
  const stranger = callers(api.origin, "legible_session=invented");
  for (const path of ["/trpc/auth.me", "/trpc/task.list", "/api/v2/tasks", "/api/v2/auth/me"]) {
    expect(await refusal(stranger.fetch(path))).toMatchObject({ status: 401 });
  }
  expect((await stranger.query("auth.providers")).status).toBe(200);
});

test("calls are not kept by caches, hashed files for ever, the page is asked for again", async () => {
  expect((await person.query("auth.me")).headers.get("cache-control")).toBe("no-store");
  expect((await person.fetch("/assets/index-abc123.js")).headers.get("cache-control")).toBe(
    "public, max-age=31536000, immutable",
  );
  expect((await person.fetch("/")).headers.get("cache-control")).toBe("no-cache");
});

test("addresses of the page's own router get the page; calls, files and programs do not", async () => {
  const html = { headers: { accept: "text/html,*/*" } };
  const page = await person.fetch("/tasks/123?tab=pages", html);
  expect(page.status).toBe(200);
  expect(page.headers.get("cache-control")).toBe("no-cache");
  expect(await page.text()).toContain("<title>Legible</title>");
  for (const path of ["/api/v2/nothing", "/trpc/no.such", "/assets/missing.js", "/health/nothing"]) {
    expect.soft((await person.fetch(path, html)).status, path).toBe(404);
  }
  expect((await person.fetch("/tasks/123")).status).toBe(404);
  expect((await person.fetch("/tasks/123", { ...html, method: "POST" })).status).toBe(404);
  expect((await person.fetch("/..%2f..%2fetc/passwd")).status).toBeGreaterThanOrEqual(400);
});

test("live asks nobody; ready asks the database and turns to 503 when it is away or the server stops", async () => {
  const { ready } = api.database;
  expect((await person.fetch("/health/ready")).status).toBe(200);
  api.deps.database.ready = async () => false;
  expect(await refusal(person.fetch("/health/ready"))).toEqual({ status: 503, code: "UNAVAILABLE" });
  expect(await (await person.fetch("/health/live")).json()).toEqual({ status: "ok" });
  api.deps.database.ready = ready;
});

test("the log has no names, no cookies and no inputs", async () => {
  const name = "very-private-name";
  await data(person.mutate("task.create", { files: [{ name: `${name}.pdf`, size: 1 }] }));
  await person.query("task.list", { filename: name });
  await person.fetch(`/api/v2/tasks?filename=${name}`);
  const log = JSON.stringify(api.logged);
  expect(log).toContain("/trpc/:path");
  expect(log).not.toContain(name);
  expect(log).not.toContain(person.cookie.split(/[=;]/u)[1]);
});
