// The headers that protect, on every answer the server can give: each route, each procedure, and what never becomes a request.
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { pagePolicy } from "../src/http/security-headers.ts";
import { callProcedure, callRoute } from "./access/call.ts";
import { procedures, routes } from "./access/matrix.ts";
import { makeScene, type Scene } from "./access/scene.ts";
import { callers, type TestApi, testApi } from "./api.ts";
import { parseAnswer, sendRaw } from "./raw.ts";

let api: TestApi;
let scene: Scene;
let pageFolder: string;
beforeAll(async () => {
  pageFolder = await mkdtemp(join(tmpdir(), "legible-page-"));
  await mkdir(join(pageFolder, "assets"));
  await writeFile(join(pageFolder, "index.html"), "<!doctype html>");
  await writeFile(join(pageFolder, "assets/index-abc123.js"), "export {};");
  api = await testApi({ pageFolder, trustProxy: ["loopback"] });
  scene = await makeScene(api);
});
afterAll(async () => {
  await api.close();
  await rm(pageFolder, { recursive: true, force: true });
});

const shown = expect.stringMatching(
  /^default-src 'self'; script-src 'self'; .*object-src 'none'; base-uri 'none'; .*frame-ancestors 'none'$/u,
);
const neverShown = expect.stringMatching(/default-src 'none'.*/u);

type Headers = Record<string, string>;

function expectProtected(headers: Headers, what: string, policy: unknown = neverShown): void {
  expect.soft(headers, what).toMatchObject({
    "content-security-policy": policy,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": expect.stringContaining("camera=()"),
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-request-id": expect.stringMatching(/^[\da-f-]{36}$/u),
    "cache-control": expect.any(String),
  });
  expect.soft(headers["content-security-policy"], what).not.toMatch(/unsafe-eval|script-src[^;]*unsafe/u);
  for (const name of ["x-powered-by", "server", "strict-transport-security", "access-control-allow-origin"]) {
    expect.soft(headers[name], `${name} of ${what}`).toBeUndefined();
  }
}

describe("on the answers of a route", () => {
  test.each(Object.entries(routes))("%s: to its owner and to a stranger", async (route, line) => {
    const own = await makeScene(api);
    for (const caller of [own.owner, callers(api.origin, "")]) {
      const input = (await line.input?.(own)) as Record<string, unknown> | undefined;
      const answer = await callRoute(caller, route, line, input);
      expectProtected(answer.headers, `${route} ${answer.status}`, route.endsWith(" /*") ? shown : neverShown);
    }
  });
});

describe("on the answers of a procedure", () => {
  test.each(Object.entries(procedures))("%s: to an administrator and to a stranger", async (path, line) => {
    const own = await makeScene(api);
    for (const caller of [own.admin, callers(api.origin, "")]) {
      const answer = await callProcedure(caller, path, await line.input?.(own));
      expectProtected(answer.headers, `${path} ${answer.status}`);
    }
  });
});

test("on the page, its files and the addresses of its own router, which alone may run scripts: their own", async () => {
  const html = { headers: { accept: "text/html" } };
  for (const path of ["/", "/tasks/123", "/index.html", "/assets/index-abc123.js"]) {
    const { status, headers } = await scene.owner.fetch(path, html);
    expect.soft(status, path).toBe(200);
    expectProtected(Object.fromEntries(headers), path, shown);
  }
});

test("on refusals before any route: another site, no such address, a wrong method, a body too large or of a wrong type", async () => {
  const { owner } = scene;
  const json = { "content-type": "application/json" };
  const answers = [
    await owner.fetch("/trpc/auth.logout", { method: "POST", headers: { origin: "https://evil.example" } }),
    await owner.fetch("/api/v2/nothing"),
    await owner.fetch("/assets/nothing.js"),
    await owner.fetch("/api/v2/auth/me", { method: "DELETE" }),
    await owner.fetch("/trpc/auth.me", { method: "OPTIONS" }),
    await owner.fetch("/trpc/task.create", { method: "POST", headers: json, body: `"${"x".repeat(300_000)}"` }),
    await owner.fetch("/trpc/task.create", { method: "POST", body: "x" }),
    await owner.fetch(`/trpc/${"x".repeat(2_000)}`),
    await owner.query("no.such"),
    await owner.fetch(`/api/v2/tasks/${await scene.task(owner, "completed")}/source`, {
      headers: { range: "bytes=99999-" },
    }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([403, 404, 404, 404, 404, 413, 415, 404, 404, 416]);
  for (const { headers, url } of answers) expectProtected(Object.fromEntries(headers), url);
});

test("on what never becomes a request: an unreadable address, no HTTP at all, headers without end, an unknown expectation", async () => {
  const close = "Host: x\r\nConnection: close\r\n\r\n";
  const answers = [
    await sendRaw(api.origin, `GET /%zz HTTP/1.1\r\n${close}`),
    await sendRaw(api.origin, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS greeting\r\n\r\n"),
    await sendRaw(api.origin, `GET / HTTP/1.1\r\nX: ${"x".repeat(20_000)}\r\n${close}`),
    await sendRaw(api.origin, `GET /api/v2/nothing HTTP/1.1\r\nExpect: a miracle\r\n${close}`),
    await sendRaw(api.origin, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"),
  ];
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 431, 404, 400]);
  for (const { headers, text, body } of answers) {
    expectProtected(headers, text.slice(0, 80));
    expect
      .soft(JSON.parse(body))
      .toMatchObject({ error: { code: expect.any(String), requestId: headers["x-request-id"] } });
  }
});

test("on the refusals of a server that stops", async () => {
  const stopping = await testApi();
  const { cookie } = await stopping.person();
  // A call that is being answered keeps its connection open, and another one comes over it.
  const held = Promise.withResolvers<string[]>();
  const called = Promise.withResolvers<void>();
  stopping.deps.languages.installed = () => {
    called.resolve();
    return held.promise;
  };
  const socket = connect(Number(new URL(stopping.origin).port), "127.0.0.1");
  const text = socket.setEncoding("latin1").toArray();
  socket.write(`GET /api/v2/auth/me HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\n\r\n`);
  await called.promise;
  const closed = stopping.close();
  await vi.waitFor(() => expect(stopping.app.server.listening).toBe(false));
  const arrived = once(stopping.app.server, "request");
  socket.write("GET /api/v2/auth/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  await arrived;
  held.resolve(["eng"]);
  const [first = "", second = ""] = (await text).join("").split(/(?=HTTP\/1\.1 )/u);
  await closed;
  expect(parseAnswer(first).status).toBe(200);
  expect(parseAnswer(second).status).toBe(503);
  // Written by the framework before it gives the request an id.
  expectProtected({ ...parseAnswer(second).headers, "x-request-id": "0".repeat(36) }, "503");
});

test("strict transport is asked for over https only, as a trusted proxy tells", async () => {
  const over = async (proto: string, path: string) =>
    (await scene.owner.fetch(path, { headers: { "x-forwarded-proto": proto } })).headers.get(
      "strict-transport-security",
    );
  for (const path of ["/", "/trpc/auth.me", "/api/v2/nothing", "/health/live"]) {
    expect.soft(await over("https", path), path).toBe("max-age=31536000");
    expect.soft(await over("http", path), path).toBeNull();
  }
});

test("the page may connect to its own server, and to the cloud of its sign-in where there is one; to nothing else", () => {
  const connects = (cloud?: string) => /connect-src ([^;]+)/u.exec(pagePolicy(cloud))?.[1];
  expect(connects()).toBe("'self'");
  expect(connects("https://login.microsoftonline.com/common")).toBe("'self' https://login.microsoftonline.com");
});
