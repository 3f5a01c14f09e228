import { afterAll, beforeAll, expect, test } from "vitest";
import { callers, data, refusal, type TestApi, testApi } from "./api.ts";

const password = "correct horse battery staple";
const account = { email: "first@example.org", password, displayName: "First Person" };
let api: TestApi;

beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

type SignedIn = { user: { email: string; role: string }; session: { expiresAt: string } };

function cookiesOf(response: Response): Map<string, { value: string; attributes: string[] }> {
  return new Map(
    response.headers.getSetCookie().map((line) => {
      const [pair = "", ...attributes] = line.split("; ");
      const cut = pair.indexOf("=");
      return [pair.slice(0, cut), { value: pair.slice(cut + 1), attributes }];
    }),
  );
}

function cookieHeader(response: Response): string {
  return [...cookiesOf(response)].map(([name, { value }]) => `${name}=${value}`).join("; ");
}

function refreshToken(response: Response): string {
  return cookiesOf(response).get("legible_refresh")?.value ?? "";
}

async function signIn(): Promise<Response> {
  const response = await callers(api.origin, "").mutate("auth.login", {
    provider: "password",
    email: account.email,
    password,
  });
  expect(response.status).toBe(200);
  return response;
}

function refreshWith(token: string): Promise<Response> {
  return callers(api.origin, `legible_refresh=${token}`).mutate("auth.refresh");
}

test("of two setups at once one makes the administrator and the other is told that there is one", async () => {
  const stranger = callers(api.origin, "");
  expect(await data(stranger.query("auth.providers"))).toEqual({ password: true, entra: null, setupNeeded: true });
  const both = await Promise.all([
    stranger.mutate("auth.setup", account),
    stranger.mutate("auth.setup", { ...account, email: "second@example.org" }),
  ]);
  expect(both.map((response) => response.status).sort()).toEqual([200, 409]);
  const users = await api.database.asOwner<{ email: string; role: string }>("select email, role from tool_ocr_users");
  expect(users).toEqual([{ email: expect.any(String), role: "admin" }]);
  await api.database.asOwner("update tool_ocr_users set email = $1", [account.email]);
  expect(await data(stranger.query("auth.providers"))).toMatchObject({ setupNeeded: false });
  expect(await refusal(stranger.mutate("auth.setup", { ...account, email: "third@example.org" }))).toEqual({
    status: 409,
    code: "CONFLICT",
  });
});

test("a login sets two HttpOnly, SameSite=Strict cookies, and Secure only over https", async () => {
  const response = await signIn();
  const { user, session } = await data<SignedIn>(response.clone());
  expect(user).toMatchObject({ email: account.email, role: "admin" });
  expect(new Date(session.expiresAt).getTime()).toBeGreaterThan(Date.now());
  const cookies = cookiesOf(response);
  expect([...cookies.keys()].sort()).toEqual(["legible_refresh", "legible_session"]);
  for (const { value, attributes } of cookies.values()) {
    expect(value.length).toBeGreaterThanOrEqual(43);
    expect(attributes).toEqual(expect.arrayContaining(["Path=/", "HttpOnly", "SameSite=Strict"]));
    expect(attributes).not.toContain("Secure");
  }
  const me = await callers(api.origin, cookieHeader(response)).query("auth.me");
  expect(await data(me)).toMatchObject({
    user: { email: account.email },
    account: "local",
    languages: { installed: ["eng", "jpn"] },
  });
});

test("no token that was given out is in the database", async () => {
  const response = await signIn();
  const dump = JSON.stringify(await api.database.asOwner("select * from tool_ocr_sessions"));
  for (const { value } of cookiesOf(response).values()) expect(dump).not.toContain(value);
});

test("an unknown address and a wrong password get the same answer, and both are written down", async () => {
  const stranger = callers(api.origin, "");
  const answers = await Promise.all(
    [account.email, "nobody@example.org"].map(async (email) => {
      const response = await stranger.mutate("auth.login", {
        provider: "password",
        email,
        password: "not this one at all",
      });
      const body = (await response.json()) as { error: { message: string; data: object } };
      return { status: response.status, ...body.error, data: { ...body.error.data, requestId: "" } };
    }),
  );
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]).toMatchObject({ status: 401, data: { appCode: "UNAUTHENTICATED" } });
  const failed = await api.database.asOwner("select 1 from tool_ocr_audit_logs where action = 'login.failed'");
  expect(failed).toHaveLength(2);
});

test("an account of Microsoft, which has no password, is refused as an unknown address is", async () => {
  await api.database.asOwner(
    `insert into tool_ocr_users (email, display_name, entra_tenant_id, entra_object_id)
     values ('entra@example.org', 'Entra Person', gen_random_uuid(), gen_random_uuid())`,
  );
  const answers = await Promise.all(
    ["entra@example.org", "unknown@example.org"].map(async (email) => {
      const login = { provider: "password", email, password: "not this one at all" };
      const response = await callers(api.origin, "").mutate("auth.login", login);
      const body = (await response.json()) as { error: { message: string; data: object } };
      return { status: response.status, ...body.error, data: { ...body.error.data, requestId: "" } };
    }),
  );
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]).toMatchObject({ status: 401, data: { appCode: "UNAUTHENTICATED" } });
});

test("a password is kept as scrypt with its parameters beside it, and never as it was typed", async () => {
  const sql = "select password_hash from tool_ocr_users where email = 'first@example.org'";
  const rows = JSON.stringify(await api.database.asOwner(sql));
  expect(rows).toMatch(/scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}"/u);
  expect(rows).not.toContain(password);
});

test("Entra sign-in that is not set up says so", async () => {
  const answer = callers(api.origin, "").mutate("auth.login", { provider: "entra", idToken: "x.y.z" });
  expect(await refusal(answer)).toEqual({ status: 400, code: "INVALID_INPUT" });
});

test("a refresh replaces both tokens, and the old access token is over", async () => {
  const first = await signIn();
  const second = await refreshWith(refreshToken(first));
  expect(second.status).toBe(200);
  expect(cookieHeader(second)).not.toBe(cookieHeader(first));
  expect((await callers(api.origin, cookieHeader(first)).query("auth.me")).status).toBe(401);
  expect((await callers(api.origin, cookieHeader(second)).query("auth.me")).status).toBe(200);
});

test("twenty refreshes at once with one token give one and the same successor", async () => {
  const token = refreshToken(await signIn());
  const answers = await Promise.all(Array.from({ length: 20 }, () => refreshWith(token)));
  expect(answers.map((response) => response.status)).toEqual(Array(20).fill(200));
  expect(new Set(answers.map(cookieHeader)).size).toBe(1);
});

test("a token older than the immediate predecessor ends the whole family", async () => {
  const first = refreshToken(await signIn());
  const second = refreshToken(await refreshWith(first));
  const newest = await refreshWith(second);
  expect((await refreshWith(first)).status).toBe(401);
  expect((await refreshWith(refreshToken(newest))).status).toBe(401);
  expect((await callers(api.origin, cookieHeader(newest)).query("auth.me")).status).toBe(401);
  const audit = await api.database.asOwner("select 1 from tool_ocr_audit_logs where action = 'refresh.reused'");
  expect(audit).toHaveLength(1);
});

test("after the time of grace the predecessor ends the family as well", async () => {
  const first = refreshToken(await signIn());
  const second = refreshToken(await refreshWith(first));
  await api.database.asOwner(
    "update tool_ocr_sessions set access_expires_at = access_expires_at - interval '11 seconds' where revoked_at is null",
  );
  expect((await refreshWith(first)).status).toBe(401);
  expect((await refreshWith(second)).status).toBe(401);
});

test.each(["expires_at", "absolute_expires_at"])("a session past its %s cannot be refreshed", async (column) => {
  const token = refreshToken(await signIn());
  await api.database.asOwner(`update tool_ocr_sessions set ${column} = now() - interval '1 second'`);
  expect((await refreshWith(token)).status).toBe(401);
});

test("a logout ends the session at once and takes the cookies back", async () => {
  const response = await signIn();
  const person = callers(api.origin, cookieHeader(response));
  const out = await person.mutate("auth.logout");
  expect(out.status).toBe(200);
  for (const { value, attributes } of cookiesOf(out).values()) {
    expect(value).toBe("");
    expect(attributes).toContain("Expires=Thu, 01 Jan 1970 00:00:00 GMT");
  }
  expect((await person.query("auth.me")).status).toBe(401);
  expect((await refreshWith(refreshToken(response))).status).toBe(401);
});

test("a person sees the own sessions, ends one, and ends all", async () => {
  const [here, there] = [await signIn(), await signIn()];
  const person = callers(api.origin, cookieHeader(here));
  const sessions = await data<{ id: number; current: boolean }[]>(person.query("auth.sessions"));
  const other = sessions.find((session) => !session.current);
  expect(sessions.filter((session) => session.current)).toHaveLength(1);
  const stranger = await api.person();
  expect(await refusal(stranger.mutate("auth.revokeSession", { id: other?.id }))).toEqual({
    status: 404,
    code: "NOT_FOUND",
  });

  expect((await person.mutate("auth.revokeSession", { id: other?.id })).status).toBe(200);
  expect((await callers(api.origin, cookieHeader(there)).query("auth.me")).status).toBe(401);
  expect((await person.mutate("auth.logoutAll")).status).toBe(200);
  expect((await person.query("auth.me")).status).toBe(401);
  expect((await stranger.query("auth.me")).status).toBe(200);
});

test("a disabled account is out with its next request, and cannot come back by refresh", async () => {
  const person = await api.person();
  await api.database.asOwner("update tool_ocr_users set disabled_at = now() where id = $1", [person.id]);
  expect((await person.query("auth.me")).status).toBe(401);
  expect((await person.mutate("auth.refresh")).status).toBe(401);
});

test("a changed password ends the other sessions, and the old one is over", async () => {
  const [here, there] = [await signIn(), await signIn()];
  const person = callers(api.origin, cookieHeader(here));
  const next = "another long enough password";
  expect(await refusal(person.mutate("auth.changePassword", { current: "wrong", next }))).toEqual({
    status: 400,
    code: "INVALID_INPUT",
  });
  expect((await person.mutate("auth.changePassword", { current: password, next })).status).toBe(200);
  expect((await person.query("auth.me")).status).toBe(200);
  expect((await callers(api.origin, cookieHeader(there)).query("auth.me")).status).toBe(401);
  const old = callers(api.origin, "").mutate("auth.login", { provider: "password", email: account.email, password });
  expect((await old).status).toBe(401);
  expect((await person.mutate("auth.changePassword", { current: next, next: password })).status).toBe(200);
});

test("guessing is slowed down per account, in batches too, and the answer says for how long", async () => {
  const stranger = callers(api.origin, "");
  const guess = { provider: "password", email: "guessed@example.org", password: "guess" };
  // Nine wrong guesses, without the time they take.
  for (let count = 0; count < 9; count++) await api.deps.attempts.take({ address: "127.0.0.1" }, guess.email);
  const batch = await stranger.fetch("/trpc/auth.login,auth.login?batch=1", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ 0: guess, 1: guess }),
  });
  const answers = (await batch.json()) as { error: { data: { appCode: string } } }[];
  expect(answers.map(({ error }) => error.data.appCode).sort()).toEqual(["RATE_LIMITED", "UNAUTHENTICATED"]);
  const refused = await stranger.mutate("auth.login", guess);
  expect(refused.headers.get("retry-after")).toMatch(/^\d+$/u);
  expect(await refusal(refused)).toEqual({ status: 429, code: "RATE_LIMITED" });
  const rest = await stranger.fetch("/api/v2/auth/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(guess),
  });
  expect(rest.status).toBe(429);
  expect(rest.headers.get("retry-after")).toMatch(/^\d+$/u);
});
