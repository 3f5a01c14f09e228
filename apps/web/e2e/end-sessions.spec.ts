// An administrator ends somebody's sessions: their API tokens end only if that is wanted.
import { request } from "@playwright/test";
import { enter } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import { addPerson } from "./owner.ts";
import { keepScreenshots } from "./screenshots.ts";
import type { Server } from "./server.ts";

test.use({ installation: "end-sessions" });

const password = "correct horse battery staple";
const grace = { email: "grace@example.org", displayName: "Grace Hopper", password };

async function signedIn(server: Server) {
  const other = await request.newContext({ baseURL: server.url, extraHTTPHeaders: { origin: server.url } });
  await other.post("/trpc/auth.login", { data: { provider: "password", email: grace.email, password } });
  return other;
}

test("sessions end at once, and API tokens with them where that is chosen", async ({ page, server }) => {
  await enter(page, server);
  await addPerson(server, grace);
  const first = await signedIn(server);
  const made = await first.post("/trpc/auth.createApiToken", { data: { name: "Import", scopes: ["tasks:read"] } });
  const { token } = ((await made.json()) as { result: { data: { token: string } } }).result.data;
  const tokenStatus = async () => {
    const answer = await fetch(`${server.url}/api/v2/auth/me`, { headers: { authorization: `Bearer ${token}` } });
    return answer.status;
  };
  const dialog = page.getByRole("dialog");
  const ask = async () => {
    await page.goto("/admin/users?text=grace");
    await page.getByRole("button", { name: "Actions for Grace Hopper" }).click();
    await page.getByRole("menuitem", { name: "End sessions" }).click();
  };
  const end = async () => {
    await dialog.getByRole("button", { name: "End sessions" }).click();
    await expect(dialog).toHaveCount(0);
  };
  await ask();
  await end();
  expect((await first.get("/api/v2/auth/me")).status()).toBe(401);
  expect(await tokenStatus()).toBe(200);
  const second = await signedIn(server);
  await ask();
  await dialog.getByRole("checkbox", { name: "Revoke all their API tokens, too" }).check();
  await expectAccessible(page);
  await keepScreenshots(page, "70-end-sessions");
  await end();
  expect((await second.get("/api/v2/auth/me")).status()).toBe(401);
  expect(await tokenStatus()).toBe(401);
  await first.dispose();
  await second.dispose();
});
