// Web pages of other sites: those that are named may call with API tokens, and nobody's session can be used from any of them.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeScene, password, type Scene } from "./access/scene.ts";
import { type Person, refusal, type TestApi, testApi } from "./api.ts";
import { createTask, pdf } from "./files.ts";

const named = "https://archive.example.org";
const local = "http://localhost:5173";
let api: TestApi;
let closed: TestApi;
let scene: Scene;
let token: Person;
beforeAll(async () => {
  api = await testApi({ corsOrigins: [named, local] });
  closed = await testApi();
  scene = await makeScene(api);
  token = await scene.token(scene.owner, ["tasks:read", "tasks:write"]);
});
afterAll(async () => {
  await api.close();
  await closed.close();
});

const others = [
  "null",
  "https://evil.example",
  "http://archive.example.org",
  "https://archive.example.org.evil.example",
  "https://evil-archive.example.org",
  "https://sub.archive.example.org",
  "https://archive.example.org:8443",
  "https://ARCHIVE.example.org",
  "https://archive.example.org/",
  "http://localhost",
  "http://localhost:51730",
  "*",
];

const preflight = (origin: string, path: string, method: string, at = api) =>
  fetch(`${at.origin}${path}`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": method,
      "access-control-request-headers": "authorization,content-type",
    },
  });
/** As a browser sends what a page of another site asks for. */
const across = (origin: string, headers: Record<string, string> = {}) => ({
  origin,
  "sec-fetch-site": "cross-site",
  ...headers,
});

describe.each([named, local])("a page of %s, which is named,", (origin) => {
  test("is told by the preflight what it may send, and that no cookies are taken", async () => {
    for (const [path, method] of [
      ["/api/v2/tasks", "POST"],
      [`/api/v2/tasks/${crypto.randomUUID()}/files/1`, "PUT"],
      ["/trpc/task.list", "GET"],
    ] as const) {
      const { status, headers } = await preflight(origin, path, method);
      expect.soft(status, path).toBe(204);
      expect.soft(headers.get("access-control-allow-origin"), path).toBe(origin);
      expect.soft(headers.get("access-control-allow-methods"), path).toContain(method);
      expect.soft(headers.get("access-control-allow-headers"), path).toContain("authorization");
      expect.soft(headers.get("access-control-allow-credentials"), path).toBeNull();
      expect.soft(headers.get("vary")?.toLowerCase(), path).toContain("origin");
    }
  });

  test("reads, creates, sends and downloads with a token", async () => {
    const headers = across(origin);
    const made = await token.fetch("/api/v2/tasks", {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ files: [{ name: "a.pdf", size: pdf.length }], start: false }),
    });
    expect(made.status).toBe(200);
    expect(made.headers.get("access-control-allow-origin")).toBe(origin);
    expect(made.headers.get("access-control-expose-headers")).toContain("retry-after");
    const { uploads, taskId } = (await made.json()) as { taskId: string; uploads: { url: string }[] };
    const put = await token.fetch(uploads[0]?.url ?? "", { method: "PUT", headers, body: pdf });
    expect(put.status).toBe(200);
    const got = await token.fetch(`/api/v2/tasks/${taskId}/source`, { headers });
    expect(got.headers.get("access-control-allow-origin")).toBe(origin);
    expect(Buffer.from(await got.arrayBuffer()).equals(pdf)).toBe(true);
  });

  test("can do nothing with a person's cookie, alone or beside a token, nor sign anybody in", async () => {
    const before = await createTask(scene.owner);
    const headers = { ...across(origin), "content-type": "application/json" };
    const forbidden = { status: 403, code: "FORBIDDEN" };
    const post = { method: "POST", headers, body: "{}" };
    expect(await refusal(scene.owner.fetch(`/api/v2/tasks/${before}/cancel`, post))).toEqual(forbidden);
    const both = { ...headers, cookie: scene.owner.cookie };
    expect(await refusal(token.fetch("/api/v2/auth/logout", { ...post, headers: both }))).toEqual(forbidden);
    const body = JSON.stringify({ provider: "password", email: scene.owner.email, password });
    expect(await refusal(fetch(`${api.origin}/api/v2/auth/login`, { ...post, body }))).toEqual(forbidden);
    const read = await scene.owner.fetch("/api/v2/auth/me", { headers: across(origin) });
    expect(read.headers.get("access-control-allow-credentials")).toBeNull();
  });
});

describe.each(others)("a page of %s, which is not,", (origin) => {
  test("is given no leave by the preflight, reads nothing and changes nothing, token or not", async () => {
    for (const path of ["/api/v2/tasks", "/trpc/task.create", "/api/v2/nothing"]) {
      const { headers } = await preflight(origin, path, "POST");
      expect.soft(headers.get("access-control-allow-origin"), path).toBeNull();
    }
    const read = await token.fetch("/api/v2/tasks", { headers: across(origin) });
    expect(read.headers.get("access-control-allow-origin")).toBeNull();
    const made = token.fetch("/api/v2/tasks", {
      method: "POST",
      headers: { ...across(origin), "content-type": "application/json" },
      body: JSON.stringify({ files: [{ name: "a.pdf", size: 1 }] }),
    });
    expect(await refusal(made)).toEqual({ status: 403, code: "FORBIDDEN" });
  });
});

test("where no site is named none may, and there is no preflight", async () => {
  for (const origin of [named, ...others]) {
    const { status, headers } = await preflight(origin, "/api/v2/tasks", "GET", closed);
    expect.soft(status, origin).toBe(404);
    expect.soft(headers.get("access-control-allow-origin"), origin).toBeNull();
  }
});

test("the page itself goes on as before", async () => {
  expect((await scene.owner.mutate("task.create", { files: [{ name: "a.pdf", size: 1 }] })).status).toBe(200);
});
