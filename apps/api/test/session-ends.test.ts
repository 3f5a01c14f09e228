import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestApi, testApi } from "./api.ts";

let api: TestApi;

beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

test.each(["access_expires_at", "absolute_expires_at"])("an access token past its %s is not taken", async (column) => {
  const person = await api.person();
  expect((await person.query("auth.me")).status).toBe(200);
  await api.database.asOwner(`update tool_ocr_sessions set ${column} = now() where user_id = $1`, [person.id]);
  expect((await person.query("auth.me")).status).toBe(401);
});

test("a role that was taken away is gone with the next request", async () => {
  const person = await api.person();
  await api.database.asOwner("update tool_ocr_users set role = 'admin' where id = $1", [person.id]);
  expect((await person.query("admin.users", {})).status).toBe(200);
  await api.database.asOwner("update tool_ocr_users set role = 'user' where id = $1", [person.id]);
  expect((await person.query("admin.users", {})).status).toBe(403);
});

test("a new session has thirty minutes of access, an hour without refresh, and twelve hours in all", async () => {
  const person = await api.person();
  const rows = await api.database.asOwner(
    `select round(extract(epoch from access_expires_at - last_seen_at) / 60)::int as access,
       round(extract(epoch from expires_at - last_seen_at) / 60)::int as idle,
       round(extract(epoch from absolute_expires_at - last_seen_at) / 60)::int as absolute
     from tool_ocr_sessions where user_id = $1`,
    [person.id],
  );
  expect(rows).toEqual([{ access: 30, idle: 60, absolute: 720 }]);
});
