// Attempts that were refused and that somebody may want to know of.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callProcedure, callRoute, definitions } from "./access/call.ts";
import { procedures, routes } from "./access/matrix.ts";
import { makeScene, password, type Scene } from "./access/scene.ts";
import { callers, type Person, refusal, type TestApi, testApi } from "./api.ts";

let api: TestApi;
let scene: Scene;
beforeAll(async () => {
  api = await testApi();
  scene = await makeScene(api);
});
afterAll(() => api.close());

/** Entries of `person` that are no success. */
const refusalsOf = (person: Pick<Person, "id">) =>
  api.database.asOwner(
    `SELECT action, outcome, object, details FROM tool_ocr_audit_logs
     WHERE user_id = $1 AND outcome <> 'success' ORDER BY id`,
    [person.id],
  );
const refused = (object: string, details: object) => ({ action: "call.refused", outcome: "denied", object, details });

test.each(Object.keys(definitions).filter((path) => path.startsWith("admin.")))(
  "a person who is no administrator and calls %s is written down",
  async (path) => {
    const person = await api.person();
    await callProcedure(person, path, await procedures[path]?.input?.(scene));
    const entries = await refusalsOf(person);
    expect(entries).toMatchObject([refused(path, { code: "FORBIDDEN" })]);
  },
);

test("so is a token that reaches beyond its scopes, at a procedure, its other door and a file", async () => {
  const person = await api.person();
  const token = await scene.token(person, ["tasks:write"]);
  const taskId = await scene.task(person, "completed");
  const get = "GET /api/v2/tasks/:taskId/source";
  await callProcedure(token, "task.get", { taskId });
  await token.fetch(`/api/v2/tasks/${taskId}`);
  await callRoute(token, get, routes[get] ?? expect.unreachable(), { taskId });
  await callProcedure(token, "auth.logoutAll", undefined);
  const details = { code: "FORBIDDEN" };
  expect(await refusalsOf(person)).toEqual([
    refused("task.get", details),
    refused("task.get", details),
    refused(get, details),
    refused("auth.logoutAll", details),
  ]);
});

test("a refused demotion of the last administrator names who was meant", async () => {
  await api.database.asOwner("UPDATE tool_ocr_users SET role = 'user' WHERE id <> $1", [scene.admin.id]);
  const call = scene.admin.mutate("admin.setRole", { userId: scene.admin.id, role: "user" });
  expect(await refusal(call)).toEqual({ status: 409, code: "CONFLICT" });
  expect(await refusalsOf(scene.admin)).toEqual([refused("admin.setRole", { code: "CONFLICT", user: scene.admin.id })]);
});

test("a refused call whose body cannot be read is written down, without what it said", async () => {
  const person = await api.person();
  const headers = { "content-type": "application/json" };
  const call = person.fetch("/trpc/admin.setRole", { method: "POST", headers, body: '{"userId": 1, "role": "adm' });
  expect(await refusal(call)).toEqual({ status: 403, code: "FORBIDDEN" });
  expect(await refusalsOf(person)).toEqual([refused("admin.setRole", { code: "FORBIDDEN" })]);
});

test("so do failed attempts at one's own account", async () => {
  const { owner: person } = await makeScene(api);
  await person.mutate("auth.changePassword", { current: "wrong", next: "another long one" });
  await person.mutate("auth.revokeSession", { id: scene.other.sessionId });
  await person.mutate("auth.revokeApiToken", { id: 99_999 });
  await person.mutate("auth.createApiToken", { name: "x", scopes: ["admin:read"] });
  expect(await refusalsOf(person)).toEqual([
    refused("auth.changePassword", { code: "INVALID_INPUT" }),
    refused("auth.revokeSession", { code: "NOT_FOUND" }),
    refused("auth.revokeApiToken", { code: "NOT_FOUND" }),
    refused("auth.createApiToken", { code: "FORBIDDEN" }),
  ]);
});

describe("a failed sign-in is written down", () => {
  const nobody = () => callers(api.origin, "");
  const login = (email: string, word: string) =>
    nobody().mutate("auth.login", { provider: "password", email, password: word });

  test("with a wrong password, and by somebody who is disabled", async () => {
    const { owner } = await makeScene(api);
    await login(owner.email, "wrong");
    await api.database.asOwner("UPDATE tool_ocr_users SET disabled_at = now() WHERE id = $1", [owner.id]);
    await login(owner.email, password);
    const failed = { action: "login.failed", outcome: "failure", object: null };
    expect(await refusalsOf(owner)).toMatchObject([failed, failed]);
  });

  test("with a refresh token that was used before", async () => {
    const { owner } = await makeScene(api);
    await owner.mutate("auth.refresh");
    await api.database.asOwner(
      "UPDATE tool_ocr_sessions SET access_expires_at = access_expires_at - interval '1 minute' WHERE id = $1",
      [owner.sessionId],
    );
    expect((await owner.mutate("auth.refresh")).status).toBe(401);
    expect(await refusalsOf(owner)).toMatchObject([{ action: "refresh.reused", outcome: "denied" }]);
  });
});

test("what is no attempt at anything guarded is not: a mistyped input, a document that is not there, a call too many", async () => {
  const person = await api.person("admin");
  await person.mutate("admin.setRole", { userId: "?" });
  await person.query("task.get", { taskId: await scene.task(scene.owner, "completed") });
  await person.mutate("task.cancel", { taskId: await scene.task(person, "completed") });
  for (let count = 0; count < 11; count++)
    await person.mutate("auth.changePassword", { current: "wrong", next: "another long one" });
  // Ten of the eleven were looked at.
  expect(await refusalsOf(person)).toHaveLength(10);
});

test("a refusal that cannot be written down is answered as one, and the server's log says why", async () => {
  const person = await api.person();
  await api.database.asOwner(
    "ALTER TABLE tool_ocr_audit_logs ADD CONSTRAINT refuse CHECK (action <> 'call.refused') NOT VALID",
  );
  expect(await refusal(person.query("admin.sessions"))).toEqual({ status: 403, code: "FORBIDDEN" });
  await api.database.asOwner("ALTER TABLE tool_ocr_audit_logs DROP CONSTRAINT refuse");
  expect(api.logged.filter(({ place }) => place === "refusal")).toHaveLength(1);
  expect(await refusalsOf(person)).toEqual([]);
});
