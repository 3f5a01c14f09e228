// What the page of the audit log needs besides the entries: one object's life, names, the chain.
import { afterAll, beforeAll, expect, test } from "vitest";
import { data, type Person, type TestApi, testApi } from "./api.ts";

let api: TestApi;
let chief: Person;
let user: Person;
beforeAll(async () => {
  api = await testApi();
  [chief, user] = [await api.person("admin"), await api.person()];
});
afterAll(() => api.close());

type Entry = { id: number; action: string; object: string | null; hash: string; previousHash: string };
type Logs = { items: Entry[]; people: { id: number; email: string; displayName: string }[] };
const logs = (input: object) => data<Logs>(chief.query("admin.auditLogs", { limit: 200, ...input }));

test("the log of one object has its entries and no other's", async () => {
  await data(chief.mutate("admin.setRole", { userId: user.id, role: "admin" }));
  await data(chief.mutate("admin.setRole", { userId: user.id, role: "user" }));
  const found = await logs({ object: `user:${user.id}` });
  expect(found.items.map(({ action }) => action)).toEqual(["admin.role", "admin.role"]);
  expect((await logs({ object: `user:${user.id}0` })).items).toEqual([]);
  expect((await logs({ object: "user:" })).items).toEqual([]);
  const path = `/api/v2/admin/audit-logs/export?format=jsonl&object=user:${user.id}`;
  expect((await (await chief.fetch(path)).text()).trim().split("\n")).toHaveLength(2);
});

test("entries come with the names of those who acted, as long as these have an account", async () => {
  await api.database.asOwner(
    "INSERT INTO tool_ocr_audit_logs (user_id, action, outcome) VALUES (4711, 'login', 'success')",
  );
  await data(user.query("auth.me"));
  const found = await logs({});
  expect(found.people).toContainEqual({ id: chief.id, email: chief.email, displayName: expect.any(String) });
  expect(found.people.map(({ id }) => id)).not.toContain(4711);
  expect((await logs({ userId: 4711 })).people).toEqual([]);
});

test("each entry carries the hash of the one before it", async () => {
  const { items } = await logs({});
  expect(items.length).toBeGreaterThan(3);
  for (const [index, entry] of items.entries()) {
    expect(entry.hash).toMatch(/^[0-9a-f]{64}$/u);
    const older = items[index + 1];
    if (older !== undefined) expect(entry.previousHash).toBe(older.hash);
  }
});

test("why the last administrator cannot be one no longer is told as a reason, too", async () => {
  const answer = await chief.mutate("admin.setRole", { userId: chief.id, role: "user" });
  expect(answer.status).toBe(409);
  expect(await answer.text()).toContain('"reason":"last-administrator"');
});
