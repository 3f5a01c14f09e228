// Guessing passwords: counted by every server on the database together, with waits that grow, and without a way to keep somebody out.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createAttempts } from "../src/auth/attempts.ts";
import { removeOldAttempts } from "../src/retention/remove-leftovers.ts";
import { recording } from "./access/recording.ts";
import { makeScene, password } from "./access/scene.ts";
import { callers, refusal, type TestApi, testApi } from "./api.ts";
import { secondServer } from "./second-server.ts";

let api: TestApi;
let other: Awaited<ReturnType<typeof secondServer>>;
beforeAll(async () => {
  api = await testApi({ trustProxy: ["loopback"] });
  other = await secondServer(api);
});
afterAll(async () => {
  await other.close();
  await api.close();
});

let email: string;
let userId: number;
beforeEach(async () => {
  await sql("DELETE FROM legible_sign_in_attempts");
  ({
    owner: { email, id: userId },
  } = await makeScene(api));
});

const sql = <Row extends object>(statement: string, values: unknown[] = []) =>
  api.database.asOwner<Row>(statement, values);
/** Time goes by, for the counts of failed sign-ins. */
const pass = (interval: string) =>
  sql(
    `UPDATE legible_sign_in_attempts SET next_at = next_at - $1::interval, forget_at = forget_at - $1::interval,
       known_until = known_until - $1::interval`,
    [interval],
  );

const limited = { status: 429, code: "RATE_LIMITED" };
const wrong = { status: 401, code: "UNAUTHENTICATED" };

type Attempt = { word?: string; as?: string; from?: string; at?: string };
const attempt = ({ word = "wrong", as = email, from = "192.0.2.1", at = api.origin }: Attempt = {}) =>
  callers(at, "").fetch("/trpc/auth.login", {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": from },
    body: JSON.stringify({ provider: "password", email: as, password: word }),
  });
/** `count` failures without the time that checking passwords takes. */
async function fail(count: number, address = "192.0.2.1", account: string | null = email): Promise<void> {
  for (let at = 0; at < count; at++) await api.deps.attempts.take({ address }, account ?? undefined);
}
const waitOf = async (response: Promise<Response>) => Number((await response).headers.get("retry-after"));

test("two servers count together: ten failures of an account, wherever they were, and the next one has to wait", async () => {
  for (let at = 0; at < 10; at++) {
    const where = { at: at % 2 === 0 ? api.origin : other.origin, from: `192.0.2.${at}` };
    expect(await refusal(attempt(where))).toEqual(wrong);
  }
  expect(await refusal(attempt({ from: "192.0.2.100", word: password }))).toEqual(limited);
  expect(await refusal(attempt({ from: "192.0.2.100", word: password, at: other.origin }))).toEqual(limited);
});

test("of thirty guesses at the same moment over two servers ten are looked at", async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, at) => refusal(attempt({ at: at % 2 === 0 ? api.origin : other.origin }))),
  );
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
});

test("each failure after the tenth makes the wait twice as long, up to a quarter of an hour", async () => {
  await fail(10);
  const waits = [];
  for (let round = 0; round < 7; round++) {
    waits.push(await waitOf(attempt()));
    await pass("15 minutes");
    expect(await refusal(attempt())).toEqual(wrong);
  }
  const wanted = [30, 60, 120, 240, 480, 900, 900];
  for (const [index, wait] of waits.entries()) {
    expect.soft(wait, `round ${index}`).toBeLessThanOrEqual(wanted[index] ?? 0);
    expect.soft(wait, `round ${index}`).toBeGreaterThan((wanted[index] ?? 0) - 10);
  }
});

test("being told to wait makes no wait longer, and the right password ends it", async () => {
  await fail(10);
  const first = await waitOf(attempt());
  for (let at = 0; at < 5; at++) expect(await waitOf(attempt({ word: password }))).toBeLessThanOrEqual(first);
  await pass("30 seconds");
  expect((await attempt({ word: password })).status).toBe(200);
  expect((await attempt({ word: password })).status).toBe(200);
  expect(await refusal(attempt())).toEqual(wrong);
});

test("an address that fails at many accounts has to wait, another one has not; of IPv6, 64 bits are one", async () => {
  for (let at = 0; at < 50; at++) await fail(1, `2001:db8:1:1::${at.toString(16)}`, `guessed-${at}@example.org`);
  expect(await refusal(attempt({ from: "2001:db8:1:1:ffff::1", word: password }))).toEqual(limited);
  expect((await attempt({ from: "2001:db8:1:2::1", word: password })).status).toBe(200);
});

test("signing in to an account of one's own does not buy guesses at another", async () => {
  const mine = (await makeScene(api)).owner.email;
  for (let at = 0; at < 45; at++) await fail(1, "192.0.2.1", `guessed-${at}@example.org`);
  expect((await attempt({ as: mine, word: password })).status).toBe(200);
  await fail(4, "192.0.2.1", "another@example.org");
  await expect(fail(2, "192.0.2.1", "a-third@example.org")).rejects.toMatchObject({ code: "RATE_LIMITED" });
});

test("nobody is locked out where they signed in before, whatever is tried from elsewhere or at other accounts", async () => {
  expect((await attempt({ word: password })).status).toBe(200);
  await fail(10, "198.51.100.7");
  await fail(50, "192.0.2.1", null);
  expect(await refusal(attempt({ from: "203.0.113.9", word: password }))).toEqual(limited);
  expect((await attempt({ word: password })).status).toBe(200);
  // The guesses from elsewhere wait on.
  expect(await refusal(attempt({ from: "198.51.100.7", word: password }))).toEqual(limited);
  // And a known place is no way to guess without end.
  await fail(10);
  expect(await refusal(attempt({ word: password }))).toEqual(limited);
  await pass("91 days");
  await fail(10, "198.51.100.7");
  expect(await refusal(attempt({ word: password }))).toEqual(limited);
});

test("failures are forgotten after a day without one", async () => {
  await fail(10);
  await pass("23 hours");
  await fail(1);
  expect(await refusal(attempt())).toEqual(limited);
  await pass("25 hours");
  await fail(9);
  expect(await refusal(attempt())).toEqual(wrong);
  expect(await refusal(attempt())).toEqual(limited);
});

test("what is forgotten is swept; what counts, and known places, stay", async () => {
  await fail(1, "192.0.2.1", "old@example.org");
  expect((await attempt({ word: password, from: "192.0.2.2" })).status).toBe(200);
  await pass("25 hours");
  await fail(1, "192.0.2.3", "new@example.org");
  await removeOldAttempts(api.deps);
  const rows = await sql<{ kind: string }>(
    "SELECT split_part(key, ' ', 1) AS kind FROM legible_sign_in_attempts ORDER BY 1",
  );
  expect(rows.map(({ kind }) => kind)).toEqual(["account", "address", "pair", "pair"]);
});

test("what was typed is not to be found among the counts", async () => {
  await fail(1, "192.0.2.1", "my-password-in-the-wrong-field");
  const rows = JSON.stringify(await sql("SELECT * FROM legible_sign_in_attempts"));
  expect(rows).not.toMatch(/my-password|192\.0\.2/u);
});

test("a refused sign-in is written down once in a wait, for the person it was aimed at", async () => {
  const refusals = () =>
    sql(
      "SELECT outcome, details, address FROM tool_ocr_audit_logs WHERE user_id = $1 AND outcome = 'denied' ORDER BY id",
      [userId],
    );
  const entry = { outcome: "denied", details: { reason: "too many attempts" } };
  await fail(10);
  await Promise.all(Array.from({ length: 10 }, (_, at) => attempt({ from: `192.0.2.${1 + (at % 3)}` })));
  expect(await refusals()).toMatchObject([entry]);
  await pass("30 seconds");
  await attempt();
  await attempt({ from: "192.0.2.77" });
  await attempt({ from: "192.0.2.78" });
  expect(await refusals()).toMatchObject([entry, { ...entry, address: "192.0.2.77" }]);
});

test("changing a password is no way around: its guesses count with the others", async () => {
  const { owner } = await makeScene(api);
  email = owner.email;
  for (let at = 0; at < 10; at++)
    await owner.mutate("auth.changePassword", { current: "wrong", next: "another long one" });
  expect(await refusal(attempt({ from: "192.0.2.100", word: password }))).toEqual(limited);
});

test("an unknown account, a wrong password and a disabled account take the same questions and get the same answer", async () => {
  const disabled = (await makeScene(api)).owner;
  await sql("UPDATE tool_ocr_users SET disabled_at = now() WHERE id = $1", [disabled.id]);
  const cases: Attempt[] = [{ as: "nobody@example.org" }, {}, { as: disabled.email, word: password }];
  const { database, attempts } = api.deps;
  const seen = [];
  for (const one of cases) {
    const asked: string[] = [];
    api.deps.database = recording(database, asked);
    api.deps.attempts = createAttempts(api.deps.database);
    const response = await attempt(one);
    const headers = [...response.headers].filter(([name]) => name !== "date" && name !== "x-request-id");
    const body = (await response.text()).replaceAll(/[\da-f-]{36}/gu, "id");
    seen.push({ asked, status: response.status, headers, body });
  }
  Object.assign(api.deps, { database, attempts });
  expect(seen[0]?.status).toBe(401);
  expect(seen[0]?.asked.length).toBeGreaterThan(3);
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(seen[0]);
});
