// What ends with what: docs/decisions/0018-what-ends-with-what.md.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { maxSessions, openSession } from "../src/session/open.ts";
import { makeScene, password, type Scene } from "./access/scene.ts";
import { callers, data, type Person, type TestApi, testApi } from "./api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const next = "another long enough password";

type Deed = (scene: Scene, person: Person) => Promise<Response>;
const byAdmin =
  (procedure: string, more: object = {}): Deed =>
  ({ admin }, { id }) =>
    admin.mutate(procedure, { userId: id, ...more });

// Session it was done from, other session, token: "-" for the end.
const table: [deed: string, Deed, left: string][] = [
  ["auth.logout", (_scene, person) => person.mutate("auth.logout"), "- other token"],
  ["auth.logoutAll", (_scene, person) => person.mutate("auth.logoutAll"), "- - token"],
  ["auth.endOtherSessions", (_scene, person) => person.mutate("auth.endOtherSessions", {}), "here - token"],
  [
    "auth.endOtherSessions with tokens",
    (_scene, person) => person.mutate("auth.endOtherSessions", { tokens: true }),
    "here - -",
  ],
  [
    "auth.changePassword",
    (_scene, person) => person.mutate("auth.changePassword", { current: password, next }),
    "here - token",
  ],
  [
    "auth.changePassword with tokens",
    (_scene, person) => person.mutate("auth.changePassword", { current: password, next, tokens: true }),
    "here - -",
  ],
  ["admin.revokeSessions", byAdmin("admin.revokeSessions"), "- - token"],
  ["admin.revokeSessions with tokens", byAdmin("admin.revokeSessions", { tokens: true }), "- - -"],
  ["admin.resetPassword", byAdmin("admin.resetPassword"), "- - -"],
  ["admin.setDisabled", byAdmin("admin.setDisabled", { disabled: true }), "- - -"],
];

async function anotherSession(person: Person): Promise<string> {
  const facts = { id: "test", address: "127.0.0.1", userAgent: "another" };
  const { access } = await api.database.asSystem("test", (tx) => openSession(tx, person.id, facts));
  return access;
}
const withAccess = (access: string) => callers(api.origin, `legible_session=${access}`);
const lives = async (caller: Pick<Person, "query">) => (await caller.query("task.list", {})).status === 200;

describe("what is left after", () => {
  test.each(table)("%s", async (_name, deed, left) => {
    const scene = await makeScene(api);
    const [person, stranger] = [scene.owner, scene.other];
    const token = await scene.token(person, ["tasks:read"]);
    const foreign = await scene.token(stranger, ["tasks:read"]);
    const other = withAccess(await anotherSession(person));
    expect([await lives(person), await lives(other), await lives(token)]).toEqual([true, true, true]);
    expect((await deed(scene, person)).status).toBe(200);
    const found = [
      (await lives(person)) ? "here" : "-",
      (await lives(other)) ? "other" : "-",
      (await lives(token)) ? "token" : "-",
    ];
    expect(found.join(" ")).toBe(left);
    // For good, and nobody else's.
    expect((await person.mutate("auth.refresh")).status === 200).toBe(left.startsWith("here"));
    expect([await lives(stranger), await lives(foreign)]).toEqual([true, true]);
  });
});

test("how much ended stands in the audit log", async () => {
  const scene = await makeScene(api);
  await scene.token(scene.owner, ["tasks:read"]);
  await anotherSession(scene.owner);
  await data(scene.owner.mutate("auth.changePassword", { current: password, next, tokens: true }));
  const sql = "SELECT details FROM tool_ocr_audit_logs WHERE user_id = $1 AND action = 'password.changed'";
  expect(await api.database.asOwner(sql, [scene.owner.id])).toEqual([{ details: { sessions: 1, tokens: 1 } }]);
});

test("a person has twenty sessions; with one more, the one unseen for longest ends, and nobody else's", async () => {
  const [person, stranger] = [await api.person(), await api.person()];
  const others: string[] = [];
  for (let count = 1; count < maxSessions; count++) others.push(await anotherSession(person));
  const states = async () => Promise.all([person, ...others.map(withAccess)].map(lives));
  expect(await states()).toEqual(Array(maxSessions).fill(true));
  // The first was used just now; the third is the one that lies about.
  await api.database.asOwner(
    `UPDATE tool_ocr_sessions SET last_seen_at = last_seen_at - interval '1 hour'
     WHERE id = (SELECT id FROM tool_ocr_sessions WHERE user_id = $1 ORDER BY id OFFSET 2 LIMIT 1)`,
    [person.id],
  );
  const newest = await anotherSession(person);
  expect(await lives(withAccess(newest))).toBe(true);
  expect((await states()).flatMap((alive, index) => (alive ? [] : [index]))).toEqual([2]);
  expect(await lives(stranger)).toBe(true);
});

test("the limit holds when many sign in at the same moment", async () => {
  const person = await api.person();
  await Promise.all(Array.from({ length: maxSessions + 5 }, () => anotherSession(person)));
  const sql = "SELECT count(*)::int AS live FROM tool_ocr_sessions WHERE user_id = $1 AND revoked_at IS NULL";
  expect(await api.database.asOwner(sql, [person.id])).toEqual([{ live: maxSessions }]);
});
