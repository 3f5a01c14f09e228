// Calls a minute: of an address, a person and a token, counted by every server on the database together.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addressKey } from "../src/rate/address-key.ts";
import { createRates, defaultRates, type RateLimits } from "../src/rate/rates.ts";
import { makeScene, type Scene } from "./access/scene.ts";
import { callers, type Person, refusal, type TestApi, testApi } from "./api.ts";
import { open } from "./event-stream.ts";
import { pdf } from "./files.ts";
import { secondServer } from "./second-server.ts";

let api: TestApi;
let scene: Scene;
beforeAll(async () => {
  api = await testApi({ trustProxy: ["loopback"] });
  scene = await makeScene(api);
});
afterAll(() => api.close());

/** Begins to count anew, with these limits. */
async function limit(limits: Partial<RateLimits>): Promise<void> {
  await api.database.asOwner("DELETE FROM legible_rate_limits");
  api.deps.rates = createRates(api.database.counters, { address: 0, person: 0, token: 0, ...limits });
}

const limited = { status: 429, code: "RATE_LIMITED" };
/** A stranger's call from `address`, as a proxy in front tells it. */
const from = (address: string, origin = api.origin) =>
  fetch(`${origin}/trpc/auth.providers`, { headers: { "x-forwarded-for": address } });
const statuses = async (count: number, call: () => Promise<Response>) =>
  Promise.all(Array.from({ length: count }, async () => (await call()).status));
const ok = (found: number[]) => found.filter((status) => status === 200).length;

test("of one address exactly as many calls pass as may, and the refusal says when to come back", async () => {
  await limit({ address: 20 });
  const found = await statuses(60, () => from("192.0.2.1"));
  expect(ok(found)).toBe(20);
  expect(found.filter((status) => status === 429)).toHaveLength(40);
  for (const path of ["/trpc/auth.providers", "/api/v2/auth/me", "/api/v2/openapi.json", "/%61pi/v2/openapi.json"]) {
    const answer = await fetch(`${api.origin}${path}`, { headers: { "x-forwarded-for": "192.0.2.1" } });
    const seconds = Number(answer.headers.get("retry-after"));
    expect.soft(seconds, path).toBeGreaterThanOrEqual(1);
    expect.soft(seconds, path).toBeLessThanOrEqual(60);
    const body = (await answer.json()) as object;
    expect.soft(body, path).toMatchObject({ error: { code: "RATE_LIMITED", details: { retryAfterSeconds: seconds } } });
  }
  expect((await from("192.0.2.2")).status).toBe(200);
});

test("the calls of two servers on one database count together", async () => {
  await limit({ address: 20, person: 10 });
  const other = await secondServer(api, { address: 20, person: 10, token: 0 });
  const origins = [api.origin, other.origin];
  let turn = 0;
  const found = await statuses(60, () => from("192.0.2.1", origins[turn++ % 2]));
  expect(ok(found)).toBe(20);
  const calls = origins.map((origin) => callers(origin, scene.owner.cookie));
  const me = (index: number) => (calls[index % 2] ?? scene.owner).fetch("/api/v2/auth/me");
  const answers = await Promise.all(Array.from({ length: 20 }, async (_, index) => (await me(index)).status));
  expect(ok(answers)).toBe(10);
  await other.close();
});

test("a batch counts as many calls as it holds", async () => {
  await limit({ person: 25 });
  const batch = () => scene.owner.fetch(`/trpc/${Array(10).fill("auth.me").join(",")}?batch=1&input=%7B%7D`);
  expect((await batch()).status).toBe(200);
  expect((await batch()).status).toBe(200);
  const refused = await batch();
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toMatch(/^\d+$/u);
  const errors = (await refused.json()) as { error: { data: { appCode: string } } }[];
  expect(errors.map(({ error }) => error.data.appCode)).toEqual(Array(10).fill("RATE_LIMITED"));
});

describe("a person", () => {
  test("is counted over all sessions, tokens and addresses, and keeps nobody else waiting", async () => {
    await limit({ person: 6 });
    const { owner, other } = scene;
    const token = await scene.token(owner, ["tasks:read"]);
    const ways = [owner, token].flatMap((who) => ["192.0.2.1", "192.0.2.2"].map((address) => ({ who, address })));
    const call = ({ who, address }: { who: Person; address: string }) =>
      who.fetch("/api/v2/tasks", { headers: { "x-forwarded-for": address } });
    const found = await Promise.all([...ways, ...ways].map(async (way) => (await call(way)).status));
    expect(ok(found)).toBe(6);
    expect((await other.fetch("/api/v2/tasks")).status).toBe(200);
  });

  test("is held back at every door: procedures, streams, files and pictures; and may still sign out", async () => {
    await limit({ person: 1 });
    const own = await makeScene(api);
    const taskId = await own.task(own.owner, "completed");
    await own.owner.query("auth.me");
    expect(await refusal(own.owner.query("task.list", {}))).toEqual(limited);
    for (const path of ["", "/source", "/download/json", "/pages/1/preview"]) {
      expect.soft(await refusal(own.owner.fetch(`/api/v2/tasks/${taskId}${path}`)), path).toEqual(limited);
    }
    const put = own.owner.fetch(`/api/v2/tasks/${taskId}/files/1`, { method: "PUT", body: pdf });
    expect(await refusal(put)).toEqual(limited);
    const stream = await open(own.owner, "task.watchAll", {});
    expect(await stream.next()).toMatchObject({ event: "serialized-error" });
    expect((await own.owner.mutate("auth.logout")).status).toBe(200);
  });
});

test("a token has a limit of its own, which leaves the rest of what its person may", async () => {
  await limit({ person: 10, token: 3 });
  const own = await makeScene(api);
  const [first, second] = [await own.token(own.owner, ["tasks:read"]), await own.token(own.owner, ["tasks:read"])];
  const list = (who: Person) => who.fetch("/api/v2/tasks");
  expect(ok(await statuses(9, () => list(first)))).toBe(3);
  expect(ok(await statuses(3, () => list(second)))).toBe(3);
  // Six of ten are gone; what the first token was refused took nothing.
  expect(ok(await statuses(8, () => list(own.owner)))).toBe(4);
});

test("health and the page are not counted", async () => {
  await limit({ address: 1 });
  expect(ok(await statuses(10, () => fetch(`${api.origin}/health/live`)))).toBe(10);
  expect(ok(await statuses(10, () => fetch(`${api.origin}/health/ready`)))).toBe(10);
  expect(await statuses(3, () => fetch(`${api.origin}/nothing`))).toEqual([404, 404, 404]);
});

test("0 is no limit", async () => {
  await limit({});
  expect(ok(await statuses(50, () => scene.owner.fetch("/api/v2/auth/me")))).toBe(50);
  expect(await api.database.asOwner("SELECT FROM legible_rate_limits")).toEqual([]);
});

test("five hundred documents at once, each created and sent, and the list looked at for each, hold nobody up", async () => {
  await api.database.asOwner("DELETE FROM legible_rate_limits");
  const rates = createRates(api.database.counters, defaultRates);
  const caller = {
    via: "session",
    id: 1,
    familyId: "x",
    mustChangePassword: false,
    userId: 1,
    email: "",
    displayName: "",
    role: "user",
  } as const;
  for (let call = 0; call < 3 * 500; call++) {
    await Promise.all([rates.takeAddress("192.0.2.1", 1), rates.takeCaller(caller, 1)]);
  }
});

test("a call that cannot be counted does not pass", async () => {
  await limit({ address: 5 });
  await api.database.asOwner("ALTER TABLE legible_rate_limits RENAME TO away");
  expect(await refusal(from("192.0.2.1"))).toEqual({ status: 500, code: "INTERNAL" });
  await api.database.asOwner("ALTER TABLE away RENAME TO legible_rate_limits");
  expect((await from("192.0.2.1")).status).toBe(200);
});

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8:0:0:ffff::1.2.3.4", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
])("%s counts as %s", (address, key) => {
  expect(addressKey(address)).toBe(key);
});
