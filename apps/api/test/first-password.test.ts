// Accounts that administrators make, and passwords that they give.
import { passwordSchema } from "@legible/shared/session";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callProcedure, callRoute, definitions } from "./access/call.ts";
import { procedures, routes } from "./access/matrix.ts";
import { password as chosen, makeScene, type Scene } from "./access/scene.ts";
import { callers, data, type Person, refusal, type TestApi, testApi } from "./api.ts";

let api: TestApi;
let chief: Person;
let scene: Scene;
beforeAll(async () => {
  api = await testApi();
  chief = await api.person("admin");
  scene = await makeScene(api);
});
afterAll(() => api.close());

type Given = { firstPassword: string | null; firstPasswordUntil: string };
type Created = Given & { user: { id: number; email: string; role: string } };
type Caller = Pick<Person, "fetch" | "query" | "mutate">;

let made = 0;
const create = (more: object = {}) =>
  data<Created>(
    chief.mutate("admin.createUser", { email: `new${made++}@example.org`, displayName: "New Person", ...more }),
  );
const login = (email: string, password: string | null) =>
  callers(api.origin, "").mutate("auth.login", { provider: "password", email, password });

/** Signed in at the page with that password. */
async function enter(email: string, password: string | null): Promise<Caller> {
  const answer = await login(email, password);
  expect(answer.status).toBe(200);
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
  return callers(api.origin, cookie.join("; "));
}

const own = "a password of one's own";
const changeRequired = { status: 403, code: "PASSWORD_CHANGE_REQUIRED" };
const conflict = { status: 409, code: "CONFLICT" };

describe("an account that an administrator makes", () => {
  test("has a password of chance that is shown once, stored as a hash, and good for a week", async () => {
    const [one, other] = [await create(), await create({ role: "admin" })];
    expect([one.user.role, other.user.role]).toEqual(["user", "admin"]);
    for (const { firstPassword } of [one, other]) {
      expect(passwordSchema.safeParse(firstPassword).success).toBe(true);
      expect(firstPassword).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/u);
    }
    expect(one.firstPassword).not.toBe(other.firstPassword);
    expect(Math.round((Date.parse(one.firstPasswordUntil) - Date.now()) / 86_400_000)).toBe(7);
    const rows = JSON.stringify(
      await api.database.asOwner(
        "SELECT to_jsonb(u) FROM tool_ocr_users u UNION ALL SELECT to_jsonb(a) FROM tool_ocr_audit_logs a",
      ),
    );
    expect(rows).toContain(one.user.email);
    expect(rows).not.toContain(one.firstPassword);
  });

  test("can be given a password, by the same rules as everybody's, which is not sent back", async () => {
    const given = await create({ password: "chosen by the chief" });
    expect(given.firstPassword).toBeNull();
    const person = await enter(given.user.email, "chosen by the chief");
    expect(await refusal(person.query("task.list", {}))).toEqual(changeRequired);
    const weak = { email: "weak@example.org", displayName: "x", password: "elevensigns" };
    expect(await refusal(chief.mutate("admin.createUser", weak))).toEqual({ status: 400, code: "INVALID_INPUT" });
  });

  test("needs an address that nobody signs in with, whatever its case, also of two at once", async () => {
    const { user } = await create();
    const again = { email: user.email.toUpperCase(), displayName: "x" };
    expect(await refusal(chief.mutate("admin.createUser", again))).toEqual(conflict);
    const twice = { email: "twice@example.org", displayName: "x" };
    const both = await Promise.all([1, 2].map(() => chief.mutate("admin.createUser", twice)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test("is written down with its role, and shown to administrators as one that waits for its person", async () => {
    const { user, firstPassword, firstPasswordUntil } = await create();
    const sql = "SELECT action, user_id, details FROM tool_ocr_audit_logs WHERE object = $1";
    expect(await api.database.asOwner(sql, [`user:${user.id}`])).toEqual([
      { action: "admin.created", user_id: chief.id, details: { role: "user" } },
    ]);
    const listed = async () =>
      (await data<{ items: object[] }>(chief.query("admin.users", { text: user.email }))).items[0];
    expect(await listed()).toMatchObject({ account: "local", firstPasswordUntil });
    await data(
      (await enter(user.email, firstPassword)).mutate("auth.changePassword", { current: firstPassword, next: own }),
    );
    expect(await listed()).toMatchObject({ account: "local", firstPasswordUntil: null });
  });

  test("is not made by somebody who was an administrator a moment ago", async () => {
    const second = await api.person("admin");
    const [demoted, attempt] = await Promise.all([
      chief.mutate("admin.setRole", { userId: second.id, role: "user" }),
      second.mutate("admin.createUser", { email: "late@example.org", displayName: "x" }),
    ]);
    expect(demoted.status).toBe(200);
    // Before, or refused: never after.
    expect([200, 403, 409]).toContain(attempt.status);
    const late = second.mutate("admin.createUser", { email: "later@example.org", displayName: "x" });
    expect(await refusal(late)).toEqual({ status: 403, code: "FORBIDDEN" });
  });
});

describe("until the first password is changed", () => {
  /** What a person needs to change it, and what anybody may call. */
  const allowed = ["auth.me", "auth.changePassword"];

  test("everything else is refused with a code of its own, by every door", async () => {
    const { user, firstPassword } = await create({ role: "admin" });
    const person = await enter(user.email, firstPassword);
    const answers: [string, number, boolean][] = [];
    for (const path of Object.keys(definitions)) {
      if (procedures[path]?.needs === "anybody" || allowed.includes(path)) continue;
      const { status, body } = await callProcedure(person, path, await procedures[path]?.input?.(scene));
      answers.push([path, status, body.includes("PASSWORD_CHANGE_REQUIRED")]);
    }
    for (const [route, line] of Object.entries(routes)) {
      if (line.needs === "anybody") continue;
      const input = (await line.input?.(scene)) as Record<string, unknown>;
      const { status, body } = await callRoute(person, route, line, input);
      answers.push([route, status, body.includes("PASSWORD_CHANGE_REQUIRED")]);
    }
    expect(answers.length).toBeGreaterThan(40);
    // A stream answers 200 and sends the error as its first event.
    expect(answers.filter(([, status, refused]) => status !== 403 || !refused)).toEqual([]);
  });

  test("the person may see who they are, renew the session and sign out", async () => {
    const { user, firstPassword } = await create();
    const answer = await login(user.email, firstPassword);
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    const person = callers(api.origin, cookie);
    expect(await data(person.query("auth.me"))).toMatchObject({ user, mustChangePassword: true });
    const renewed = await person.mutate("auth.refresh");
    const next = renewed.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    expect(await refusal(callers(api.origin, next).query("task.list", {}))).toEqual(changeRequired);
    expect((await callers(api.origin, next).mutate("auth.logout")).status).toBe(200);
    expect((await callers(api.origin, next).query("auth.me")).status).toBe(401);
  });

  test("another password opens everything, the same one does not", async () => {
    const { user, firstPassword } = await create();
    const person = await enter(user.email, firstPassword);
    const same = person.mutate("auth.changePassword", { current: firstPassword, next: firstPassword });
    expect(await refusal(same)).toEqual({ status: 400, code: "INVALID_INPUT" });
    expect(await refusal(person.query("task.list", {}))).toEqual(changeRequired);
    await data(person.mutate("auth.changePassword", { current: firstPassword, next: own }));
    expect((await person.query("task.list", {})).status).toBe(200);
    expect(await data(person.query("auth.me"))).toMatchObject({ mustChangePassword: false });
    expect((await login(user.email, firstPassword)).status).toBe(401);
    expect((await login(user.email, own)).status).toBe(200);
  });

  test("it is not taken any more once its time is over", async () => {
    const { user, firstPassword } = await create();
    await api.database.asOwner("UPDATE tool_ocr_users SET first_password_until = now() WHERE id = $1", [user.id]);
    expect(await refusal(login(user.email, firstPassword))).toEqual({ status: 401, code: "UNAUTHENTICATED" });
  });

  test("an administrator is not counted as one who could take over", async () => {
    const alone = await testApi();
    const only = await alone.person("admin");
    await data(only.mutate("admin.createUser", { email: "next@example.org", displayName: "Next", role: "admin" }));
    const resign = only.mutate("admin.setRole", { userId: only.id, role: "user" });
    expect(await refusal(resign)).toEqual(conflict);
    await alone.close();
  });
});

describe("a password that is reset", () => {
  test("ends sessions, tokens and the old password, and has to be changed like a first one", async () => {
    const { owner, token } = await makeScene(api);
    const program = await token(owner, ["tasks:read"]);
    expect((await program.query("task.list", {})).status).toBe(200);
    const { firstPassword } = await data<Given>(chief.mutate("admin.resetPassword", { userId: owner.id }));
    expect((await owner.query("auth.me")).status).toBe(401);
    expect((await owner.mutate("auth.refresh")).status).toBe(401);
    expect((await program.query("task.list", {})).status).toBe(401);
    expect((await login(owner.email, chosen)).status).toBe(401);
    const person = await enter(owner.email, firstPassword);
    expect(await refusal(person.query("task.list", {}))).toEqual(changeRequired);
    await data(person.mutate("auth.changePassword", { current: firstPassword, next: own }));
    expect((await person.query("task.list", {})).status).toBe(200);
    // For good: the token does not come back with the new password.
    expect((await program.query("task.list", {})).status).toBe(401);
    const sql = "SELECT user_id, details FROM tool_ocr_audit_logs WHERE action = 'admin.password' AND object = $1";
    expect(await api.database.asOwner(sql, [`user:${owner.id}`])).toEqual([
      { user_id: chief.id, details: { sessions: 1, tokens: 1 } },
    ]);
  });

  test("is not one's own, not nobody's, and not one of Microsoft's", async () => {
    const reset = (userId: number) => refusal(chief.mutate("admin.resetPassword", { userId }));
    expect(await reset(chief.id)).toEqual(conflict);
    expect(await reset(1_000_000)).toEqual({ status: 404, code: "NOT_FOUND" });
    const [row] = await api.database.asOwner<{ id: number }>(
      `INSERT INTO tool_ocr_users (email, display_name, entra_tenant_id, entra_object_id)
       VALUES ('m@example.org', 'M', gen_random_uuid(), gen_random_uuid()) RETURNING id`,
    );
    expect(await reset(row?.id ?? 0)).toEqual(conflict);
  });

  test("is nothing that exists where passwords are not used", async () => {
    const identity = { ...api.deps.identity, localAccounts: false };
    const without = await testApi({ identity });
    const admin = await without.person("admin");
    const other = await without.person();
    expect(await refusal(admin.mutate("admin.resetPassword", { userId: other.id }))).toEqual(conflict);
    const input = { email: "x@example.org", displayName: "x" };
    expect(await refusal(admin.mutate("admin.createUser", input))).toEqual(conflict);
    await without.close();
  });
});
