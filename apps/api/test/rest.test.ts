import { afterAll, beforeAll, expect, test } from "vitest";
import { restTable } from "../src/rest/table.ts";
import { callers, data, type Person, refusal, type TestApi, testApi } from "./api.ts";
import { createTask, pdf, uploadedTask } from "./files.ts";

let api: TestApi;
let person: Person;

beforeAll(async () => {
  api = await testApi();
  person = await api.person();
});
afterAll(() => api.close());

function post(path: string, body?: object): Promise<Response> {
  return person.fetch(`/api/v2${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

test("REST answers what tRPC answers", async () => {
  const taskId = await createTask(person, { files: [{ name: "one.pdf", size: 1 }] });
  await createTask(person, { files: [{ name: "two.pdf", size: 1 }] });
  const pairs: [string, string, object?][] = [
    ["/auth/me", "auth.me"],
    ["/tasks", "task.list", {}],
    [
      "/tasks?page=2&pageSize=1&sort=filename&order=asc",
      "task.list",
      { page: 2, pageSize: 1, sort: "filename", order: "asc" },
    ],
    ["/tasks?status=pending", "task.list", { status: ["pending"] }],
    [
      "/tasks?status=pending&status=failed&filename=two",
      "task.list",
      { status: ["pending", "failed"], filename: "two" },
    ],
    ["/tasks/stats", "task.stats"],
    [`/tasks/${taskId}`, "task.get", { taskId }],
    [`/tasks/${taskId}/pages`, "task.pages", { taskId }],
  ];
  for (const [path, procedure, input] of pairs) {
    const answer = await person.fetch(`/api/v2${path}`);
    expect(answer.headers.get("content-type")).toContain("application/json");
    expect(await answer.json()).toEqual(await data(person.query(procedure, input)));
  }
});

test("REST refuses what tRPC refuses, in the body of the contract", async () => {
  const answer = await person.fetch("/api/v2/tasks?page=none&pageSize=1000");
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({
    error: {
      code: "INVALID_INPUT",
      message: expect.any(String),
      requestId: answer.headers.get("x-request-id"),
      details: { fields: ["page", "pageSize"] },
    },
  });
  expect(await refusal(person.fetch("/api/v2/tasks/not-an-id"))).toEqual({ status: 400, code: "INVALID_INPUT" });
  expect(await refusal(post("/tasks", { files: "none" }))).toEqual({ status: 400, code: "INVALID_INPUT" });
  expect(await refusal(callers(api.origin, "").fetch("/api/v2/tasks"))).toEqual({
    status: 401,
    code: "UNAUTHENTICATED",
  });
});

test("a task lives its life over REST alone", async () => {
  const created = (await (await post("/tasks", { files: [{ name: "a.pdf", size: 3 }], start: false })).json()) as {
    taskId: string;
    uploads: { url: string }[];
  };
  const put = await person.fetch(created.uploads[0]?.url ?? "", { method: "PUT", body: pdf });
  expect(put.status).toBe(200);
  const path = `/tasks/${created.taskId}`;
  expect(await (await post(`${path}/start`)).json()).toMatchObject({ status: "processing" });
  expect(await (await post(`${path}/cancel`)).json()).toMatchObject({ status: "cancelled" });
  expect(await (await post(`${path}/retry`, { pages: "all" })).json()).toMatchObject({ status: "processing" });
  const gone = await person.fetch(`/api/v2${path}`, { method: "DELETE" });
  expect(await gone.json()).toEqual({ done: true, until: expect.any(String) });
  expect((await person.fetch(`/api/v2${path}`)).status).toBe(404);
});

test("an id in the address wins over one in the body", async () => {
  const [one, two] = [await uploadedTask(person, pdf), await uploadedTask(person, pdf)];
  expect(await (await post(`/tasks/${one}/start`, { taskId: two })).json()).toMatchObject({ taskId: one });
});

test("login, refresh and logout set and take the cookies as over tRPC", async () => {
  const stranger = callers(api.origin, "");
  const account = { email: "rest@example.org", password: "a long enough password" };
  const empty = await testApi();
  try {
    const setup = callers(empty.origin, "").mutate("auth.setup", { ...account, displayName: "R" });
    expect((await setup).status).toBe(200);
    const login = await callers(empty.origin, "").fetch("/api/v2/auth/login", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ provider: "password", ...account }),
    });
    expect(login.status).toBe(200);
    expect(login.headers.getSetCookie()).toHaveLength(2);
    const cookie = login.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    const refreshed = await callers(empty.origin, cookie).fetch("/api/v2/auth/refresh", { method: "POST" });
    expect(refreshed.headers.getSetCookie()).toHaveLength(2);
    const next = refreshed.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    expect((await callers(empty.origin, next).fetch("/api/v2/auth/me")).status).toBe(200);
    expect((await callers(empty.origin, next).fetch("/api/v2/auth/logout", { method: "POST" })).status).toBe(200);
    expect((await callers(empty.origin, next).fetch("/api/v2/auth/me")).status).toBe(401);
  } finally {
    await empty.close();
  }
  expect((await stranger.fetch("/api/v2/auth/refresh", { method: "POST" })).status).toBe(401);
});

type Operation = {
  operationId: string;
  parameters?: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: object };
  responses: Record<string, object>;
};

test("the OpenAPI document describes every REST address and every file address, each with a served method", async () => {
  const document = (await (await callers(api.origin, "").fetch("/api/v2/openapi.json")).json()) as {
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
  };
  expect(document.openapi).toBe("3.1.0");
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const files = [
    "PUT /api/v2/tasks/{taskId}/files/{position}",
    "GET /api/v2/tasks/{taskId}/download/{format}",
    "GET /api/v2/tasks/{taskId}/pages/{n}/preview",
    "GET /api/v2/tasks/{taskId}/source",
  ];
  expect(described.sort()).toEqual([...restTable.map(({ method, path }) => `${method} ${path}`), ...files].sort());
  const ids = new Set<string>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      ids.add(operation.operationId);
      expect(operation.responses).toMatchObject({
        200: { description: expect.any(String) },
        default: expect.any(Object),
      });
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(inPath.map(({ name, required }) => `${name} ${required}`)).toEqual(
        [...path.matchAll(/\{(\w+)\}/gu)].map((match) => `${match[1]} true`),
      );
      // Nobody answers "no such address" (that has no task to speak of): without a session it is 401, or open.
      const url = path.replace("{taskId}", "00000000-0000-4000-8000-000000000000").replace(/\{\w+\}/u, "1");
      const answer = await callers(api.origin, "").fetch(url, { method: method.toUpperCase() });
      expect.soft([200, 400, 401], `${method} ${path}`).toContain(answer.status);
    }
  }
  expect(ids.size).toBe(described.length);
  expect(document.paths["/api/v2/tasks"]?.post?.requestBody).toMatchObject({
    content: { "application/json": { schema: { properties: { files: { type: "array" } }, required: ["files"] } } },
  });
  expect(document.paths["/api/v2/tasks"]?.get?.parameters?.map((parameter) => parameter.name)).toContain("status");
});
