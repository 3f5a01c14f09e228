import { afterAll, beforeAll, expect, test } from "vitest";
import { data, type Person, type TestApi, testApi } from "./api.ts";

let api: TestApi;
let chief: Person;
beforeAll(async () => {
  api = await testApi();
  chief = await api.person("admin");
});
afterAll(() => api.close());

const path = "/api/v2/admin/audit-logs/export";
type Entry = { id: number; actor: string; tokenId: number | null; userId: number; action: string; object: string };
const jsonLines = async (response: Response): Promise<Entry[]> =>
  (await response.text())
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Entry);
const write = (object: string, count = 1) =>
  api.database.asOwner(
    `INSERT INTO tool_ocr_audit_logs (user_id, action, outcome, object, details)
     SELECT 4711, 'logout', 'success', $1, '{"a": "b,\\"c\\""}' FROM generate_series(1, $2::int)`,
    [object, count],
  );

test("an export has every entry that passes the filters once, newest first, over many batches", async () => {
  await write("many", 1_203);
  const response = await chief.fetch(`${path}?format=jsonl&userId=4711&action=logout&actor=system&outcome=success`);
  expect(response.headers.get("content-type")).toContain("application/jsonl");
  expect(response.headers.get("content-disposition")).toMatch(
    /^attachment; filename="audit-log-\d{4}-\d\d-\d\d\.jsonl"/u,
  );
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  const ids = (await jsonLines(response)).map(({ id }) => id);
  const rows = await api.database.asOwner<{ id: number }>(
    "SELECT id FROM tool_ocr_audit_logs WHERE user_id = 4711 ORDER BY id DESC",
  );
  expect(ids).toEqual(rows.map(({ id }) => id));
  expect(ids).toHaveLength(1_203);
  for (const none of ["outcome=denied", "actor=token", "from=2100-01-01T00:00:00Z", "to=2001-01-01T00:00:00Z"]) {
    expect([none, await (await chief.fetch(`${path}?format=jsonl&userId=4711&${none}`)).text()]).toEqual([none, ""]);
  }
});

test("an export is written down with its filters", async () => {
  await (await chief.fetch(`${path}?format=jsonl&action=setup`)).text();
  const [row] = await api.database.asOwner(
    "SELECT user_id, object, actor, details FROM tool_ocr_audit_logs WHERE action = 'admin.exported' ORDER BY id DESC LIMIT 1",
  );
  expect(row).toEqual({
    user_id: chief.id,
    object: "audit-logs",
    actor: "person",
    details: { format: "jsonl", action: "setup" },
  });
});

test("no cell is a formula, and quotes and commas stay in their cell", async () => {
  const dangerous = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1"];
  for (const object of dangerous) await write(object);
  await write('plain "quoted", more');
  const response = await chief.fetch(`${path}?userId=4711`);
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = new TextDecoder().decode(bytes);
  expect(text.split("\r\n")[0]).toBe(
    "id,at,actor,userId,tokenId,action,outcome,object,address,userAgent,requestId,details",
  );
  for (const object of dangerous) expect(text).toContain(`,"'${object}",`);
  expect(text).toContain(`,"plain ""quoted"", more",`);
  expect(text).toContain(`,"{""a"":""b,\\""c\\""""}"\r\n`);
});

test("administrators alone export, and a token needs the scope for it", async () => {
  const user = await api.person();
  expect((await user.fetch(path)).status).toBe(403);
  expect((await fetch(new URL(path, api.origin))).status).toBe(401);
  expect((await chief.fetch(`${path}?format=xml`)).status).toBe(400);
  expect((await chief.fetch(`${path}?userid=1`)).status).toBe(400);
  const statuses = [];
  for (const scopes of [["tasks:read"], ["admin:read"]]) {
    const { token } = await data<{ token: string }>(chief.mutate("auth.createApiToken", { name: "x", scopes }));
    statuses.push((await fetch(new URL(path, api.origin), { headers: { authorization: `Bearer ${token}` } })).status);
  }
  expect(statuses).toEqual([403, 200]);
});

test("an entry says whether a person, a token or the system did it, and the log is filtered by that", async () => {
  const { id, token } = await data<{ id: number; token: string }>(
    chief.mutate("auth.createApiToken", { name: "x", scopes: ["admin:read"] }),
  );
  const byToken = await fetch(new URL("/api/v2/admin/users/top", api.origin), {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(byToken.status).toBe(200);
  const logs = async (actor: string) =>
    (await data<{ items: Entry[] }>(chief.query("admin.auditLogs", { actor, limit: 200 }))).items;
  expect((await logs("token"))[0]).toMatchObject({ action: "admin.read", object: "admin.topUsers", tokenId: id });
  const persons = await logs("person");
  expect(persons.find(({ action }) => action === "token.created")).toMatchObject({ userId: chief.id, tokenId: null });
  for (const actor of ["person", "token", "system"]) {
    expect(new Set((await logs(actor)).map((entry) => entry.actor))).toEqual(new Set([actor]));
  }
});
