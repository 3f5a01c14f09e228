// Sessions over https, as a proxy that ends TLS passes them on.
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeScene, password, type Scene } from "./access/scene.ts";
import { callers, refusal, type TestApi, testApi } from "./api.ts";

let api: TestApi;
let scene: Scene;
beforeAll(async () => {
  api = await testApi({ trustProxy: ["loopback"] });
  scene = await makeScene(api);
});
afterAll(() => api.close());

const secure = { "x-forwarded-proto": "https" };
const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.slice(0, line.indexOf(";")))
    .join("; ");

/** A mutation with these cookies, over https unless told otherwise. */
function mutate(procedure: string, cookie: string, input?: object, headers: Record<string, string> = secure) {
  return callers(api.origin, cookie).fetch(`/trpc/${procedure}`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    ...(input === undefined ? {} : { body: JSON.stringify(input) }),
  });
}
const signIn = (headers?: Record<string, string>) =>
  mutate("auth.login", "", { provider: "password", email: scene.owner.email, password }, headers);
const me = (cookie: string, headers: Record<string, string> = secure) =>
  callers(api.origin, cookie).fetch("/trpc/auth.me", { headers });

test("cookies are bound to the host and to https by their names and attributes", async () => {
  const answer = await signIn();
  const set = answer.headers.getSetCookie();
  expect(set).toHaveLength(2);
  for (const line of set) {
    expect(line).toMatch(/^__Host-legible_(session|refresh)=/u);
    expect(line.split("; ")).toEqual(expect.arrayContaining(["Path=/", "HttpOnly", "Secure", "SameSite=Strict"]));
    expect(line).not.toMatch(/domain=/iu);
  }
  expect((await me(cookieOf(answer))).status).toBe(200);
  expect((await mutate("auth.refresh", cookieOf(answer))).status).toBe(200);
});

test("cookies without the prefix, which a neighbour could have planted, are not looked at", async () => {
  const planted = cookieOf(await signIn({}));
  expect(planted).toMatch(/^legible_session=/u);
  expect((await me(planted)).status).toBe(401);
  expect((await mutate("auth.refresh", planted)).status).toBe(401);
  const own = cookieOf(await signIn());
  expect((await me(`${planted}; ${own}`)).status).toBe(200);
});

test("over plain http, where browsers take no prefix, the names have none", async () => {
  const plain = cookieOf(await signIn({}));
  expect((await me(plain, {})).status).toBe(200);
  expect((await me(cookieOf(await signIn()), {})).status).toBe(401);
});

test("a session cookie with the prefix needs an Origin header like any other", async () => {
  const cookie = cookieOf(await signIn());
  const answer = fetch(new URL("/trpc/auth.logoutAll", api.origin), { method: "POST", headers: { ...secure, cookie } });
  expect(await refusal(answer)).toEqual({ status: 403, code: "FORBIDDEN" });
});

test.each(["auth.logout", "auth.logoutAll"])(
  "%s takes the cookies back and has the browser drop what it kept of this site, and nothing of its neighbours",
  async (procedure) => {
    const answer = await mutate(procedure, cookieOf(await signIn()));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("clear-site-data")).toBe('"cache"');
    const set = answer.headers.getSetCookie();
    expect(set.map((line) => line.slice(0, line.indexOf("="))).sort()).toEqual([
      "__Host-legible_refresh",
      "__Host-legible_session",
    ]);
    for (const line of set) {
      // Without Secure a browser would refuse to touch such a cookie at all.
      expect(line.split("; ")).toEqual(
        expect.arrayContaining(["Path=/", "Secure", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"]),
      );
    }
  },
);

test("a plain sign-out asks for nothing that browsers only do over https", async () => {
  const answer = await mutate("auth.logout", cookieOf(await signIn({})), undefined, {});
  expect(answer.headers.get("clear-site-data")).toBeNull();
});
