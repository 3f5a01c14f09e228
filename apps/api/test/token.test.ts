import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { data, type Person, refusal, type TestApi, testApi } from "./api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

type Made = { id: number; token: string; prefix: string; scopes: string[]; expiresAt: string };

const make = (person: Person, scopes: string[], more: object = {}) =>
  data<Made>(person.mutate("auth.createApiToken", { name: "Invoices", scopes, ...more }));

/** A call as another program makes it: a token, no cookie, no origin. */
function send(token: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", ...init.headers };
  return fetch(new URL(path, api.origin), { ...init, headers });
}
const list = (token: string) => send(token, "/api/v2/tasks");
const create = (token: string) =>
  send(token, "/api/v2/tasks", { method: "POST", body: JSON.stringify({ files: [{ name: "a.pdf", size: 1 }] }) });

describe("a token", () => {
  test("speaks for its person, and its hash alone is stored", async () => {
    const person = await api.person();
    const made = await make(person, ["tasks:read", "tasks:write"]);
    expect(made.token.startsWith(`${made.prefix}_`)).toBe(true);
    const { taskId } = (await (await create(made.token)).json()) as { taskId: string };
    expect((await person.fetch(`/api/v2/tasks/${taskId}`)).status).toBe(200);
    const other = await make(await api.person(), ["tasks:read"]);
    expect(await refusal(send(other.token, `/api/v2/tasks/${taskId}`))).toEqual({ status: 404, code: "NOT_FOUND" });
    const rows = JSON.stringify(await api.database.asOwner("select * from tool_ocr_api_tokens"));
    expect(rows).toContain(made.prefix);
    expect(rows).not.toContain(made.token);
  });

  test("does what its scopes name and nothing else", async () => {
    const person = await api.person();
    const reads = (await make(person, ["tasks:read"])).token;
    const writes = (await make(person, ["tasks:write"])).token;
    expect((await list(reads)).status).toBe(200);
    expect(await refusal(create(reads))).toEqual({ status: 403, code: "FORBIDDEN" });
    expect((await create(writes)).status).toBe(200);
    expect(await refusal(list(writes))).toEqual({ status: 403, code: "FORBIDDEN" });
    const { taskId, uploads } = (await (await create(writes)).json()) as { taskId: string; uploads: { url: string }[] };
    const put = { method: "PUT", headers: { "content-type": "application/pdf" }, body: "%PDF-1.4" };
    expect(await refusal(send(reads, uploads[0]?.url ?? "", put))).toEqual({ status: 403, code: "FORBIDDEN" });
    expect(await refusal(send(writes, `/api/v2/tasks/${taskId}/source`))).toEqual({ status: 403, code: "FORBIDDEN" });
  });

  test("makes no tokens, ends no sessions and changes no password, whatever its scopes", async () => {
    const person = await api.person("admin");
    const { token } = await make(person, ["tasks:read", "tasks:write", "admin:read"]);
    for (const procedure of ["auth.createApiToken", "auth.revokeApiToken", "auth.logoutAll", "auth.changePassword"]) {
      const body = JSON.stringify({ id: 1, name: "x", scopes: ["tasks:read"], current: "x", next: "twelve letters" });
      expect(await refusal(send(token, `/trpc/${procedure}`, { method: "POST", body }))).toMatchObject({ status: 403 });
    }
    for (const procedure of ["auth.sessions", "auth.apiTokens"])
      expect(await refusal(send(token, `/trpc/${procedure}`))).toMatchObject({ status: 403 });
    expect((await send(token, "/api/v2/auth/me")).status).toBe(200);
  });

  test("is dead when it is revoked, over, unknown, or its person is disabled", async () => {
    const person = await api.person();
    const [revoked, over, live] = [
      await make(person, ["tasks:read"]),
      await make(person, ["tasks:read"]),
      await make(person, ["tasks:read"]),
    ];
    await person.mutate("auth.revokeApiToken", { id: revoked.id });
    await api.database.asOwner(
      "update tool_ocr_api_tokens set expires_at = now() - interval '1 second' where id = $1",
      [over.id],
    );
    for (const token of [revoked.token, over.token, "legible_00000000_x", live.prefix]) {
      expect(await refusal(list(token))).toEqual({ status: 401, code: "UNAUTHENTICATED" });
    }
    expect((await list(live.token)).status).toBe(200);
    await api.database.asOwner("update tool_ocr_users set disabled_at = now() where id = $1", [person.id]);
    expect(await refusal(list(live.token))).toEqual({ status: 401, code: "UNAUTHENTICATED" });
  });

  test("counts for itself: a good cookie beside a bad token does not help", async () => {
    const person = await api.person();
    const response = person.fetch("/api/v2/tasks", { headers: { authorization: "Bearer wrong" } });
    expect(await refusal(response)).toEqual({ status: 401, code: "UNAUTHENTICATED" });
  });

  test("ends its streams when it is revoked", async () => {
    const person = await api.person();
    const { id, token } = await make(person, ["tasks:read"]);
    const stream = await send(token, `/trpc/task.watchAll?input=${encodeURIComponent("{}")}`, {
      headers: { accept: "text/event-stream" },
    });
    expect(stream.status).toBe(200);
    await person.mutate("auth.revokeApiToken", { id });
    // The body ends by itself: the server noticed.
    expect(await stream.text()).toContain("UNAUTHENTICATED");
  });
});

describe("a person's tokens", () => {
  test("are listed with prefix and last use, without the token; others' are not, and cannot be revoked", async () => {
    const [person, other] = [await api.person(), await api.person()];
    const made = await make(person, ["tasks:read"], { expiresInDays: 7 });
    await list(made.token);
    const [row, ...more] = await data<Record<string, unknown>[]>(person.query("auth.apiTokens"));
    expect(more).toEqual([]);
    expect(row).toMatchObject({ id: made.id, name: "Invoices", prefix: made.prefix, scopes: ["tasks:read"] });
    expect(row).not.toHaveProperty("token");
    expect(row?.lastUsedAt).not.toBeNull();
    expect(Date.parse(made.expiresAt) - Date.now()).toBeLessThanOrEqual(7 * 86_400_000);
    expect(await data(other.query("auth.apiTokens"))).toEqual([]);
    expect(await refusal(other.mutate("auth.revokeApiToken", { id: made.id }))).toMatchObject({ status: 404 });
  });

  test("end after 90 days when nothing is said, and admin:read is for administrators", async () => {
    const person = await api.person();
    const { expiresAt } = await make(person, ["tasks:read"]);
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)).toBe(90);
    const asked = person.mutate("auth.createApiToken", { name: "x", scopes: ["admin:read"] });
    expect(await refusal(asked)).toEqual({ status: 403, code: "FORBIDDEN" });
  });

  test("are written down when they are made and revoked", async () => {
    const person = await api.person();
    const { id } = await make(person, ["tasks:read"]);
    await person.mutate("auth.revokeApiToken", { id });
    const rows = await api.database.asOwner(
      "select action, object from tool_ocr_audit_logs where user_id = $1 order by id",
      [person.id],
    );
    expect(rows).toEqual([
      { action: "token.created", object: `token ${id}` },
      { action: "token.revoked", object: `token ${id}` },
    ]);
  });
});
