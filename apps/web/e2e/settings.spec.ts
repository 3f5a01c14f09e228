// What a person decides for themselves: password, language and look, sessions, tokens; and what may go wrong.
import { type Page, request } from "@playwright/test";
import { call, enter } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import { keepScreenshots } from "./screenshots.ts";
import type { Server } from "./server.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "settings" });

const person = { email: "ada@example.org", password: "correct horse battery staple" };
const newPassword = "another long sentence of words";

test.beforeEach(async ({ page, server }) => enter(page, server));

/** Another device of the same person; what it may do is asked with its cookies. */
async function otherDevice(server: Server, userAgent: string) {
  const device = await request.newContext({ baseURL: server.url, extraHTTPHeaders: { origin: server.url }, userAgent });
  const answer = await device.post("/trpc/auth.login", { data: { provider: "password", ...person } });
  expect(answer.status()).toBe(200);
  return device;
}

const open = async (page: Page, tab: string) => {
  await page.goto("/settings");
  await page.getByRole("tab", { name: tab }).click();
};

test("the settings are reached from the menu, and the address keeps the open part", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Account of Ada Lovelace" }).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await expect(page.getByRole("region", { name: "Account", exact: true })).toContainText("Administrator");
  await page.getByRole("tab", { name: "Account" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page).toHaveURL(/tab=appearance/u);
  await page.reload();
  await expect(page.getByRole("tab", { name: "Language and look" })).toHaveAttribute("aria-selected", "true");
});

test("language and look count at once and stay", async ({ page }) => {
  await open(page, "Language and look");
  await keepScreenshots(page, "41-settings-look");
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await page.getByRole("radio", { name: "繁體中文" }).click();
  await expect(page.getByRole("heading", { name: "設定" })).toBeVisible();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await expect(page.getByRole("radio", { name: "繁體中文" })).toBeChecked();
  await page.getByRole("radio", { name: "English" }).click();
  await page.getByRole("radio", { name: "Like the system" }).check();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
});

test("a session is told by its device, and ends for good", async ({ page, server, complaints }) => {
  const phone = await otherDevice(
    server,
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1",
  );
  const desk = await otherDevice(
    server,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
  );
  await open(page, "Sessions");
  const list = page.getByRole("list", { name: "Sessions" });
  await expect(list.getByRole("listitem").filter({ hasText: "This device" })).toHaveCount(1);
  await keepScreenshots(page, "42-settings-sessions");
  await expectAccessible(page);
  await page.getByRole("button", { name: "End the session of Safari on iPhone" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Safari on iPhone is signed out at once.");
  await keepScreenshots(page, "43-settings-end-session");
  await dialog.getByRole("button", { name: "End session" }).click();
  await expect(list.getByText("Safari on iPhone")).toHaveCount(0);
  expect((await phone.get("/api/v2/auth/me")).status()).toBe(401);
  expect((await desk.get("/api/v2/auth/me")).status()).toBe(200);
  // One that ended meanwhile is no failure.
  complaints.allowStatus(404);
  await desk.post("/trpc/auth.logout", { data: {} });
  await page.getByRole("button", { name: "End the session of Firefox on Windows" }).click();
  await dialog.getByRole("button", { name: "End session" }).click();
  await expect(list.getByText("Firefox on Windows")).toHaveCount(0);
  await phone.dispose();
  await desk.dispose();
});

test("all other sessions end at once, and this one stays; API tokens only if that is wanted", async ({
  page,
  server,
}) => {
  const made = await call(page, server, "auth.createApiToken", { name: "Import", scopes: ["tasks:read"] });
  const { token } = made as { token: string };
  const tokenStatus = async () => {
    const answer = await fetch(`${server.url}/api/v2/tasks`, { headers: { authorization: `Bearer ${token}` } });
    return answer.status;
  };
  const others = [await otherDevice(server, "one"), await otherDevice(server, "two")];
  await open(page, "Sessions");
  await page.getByRole("button", { name: "End all others" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End all others" }).click();
  await expect(page.getByText("You are signed in on this device only.")).toBeVisible();
  for (const other of others) {
    expect((await other.get("/api/v2/auth/me")).status()).toBe(401);
    await other.dispose();
  }
  expect(await tokenStatus()).toBe(200);
  await page.reload();
  await expect(page.getByRole("list", { name: "Sessions" }).getByRole("listitem")).toHaveCount(1);

  const last = await otherDevice(server, "three");
  await page.reload();
  await page.getByRole("button", { name: "End all others" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "Revoke all API tokens, too" }).check();
  await expectAccessible(page);
  await keepScreenshots(page, "69-settings-end-all");
  await dialog.getByRole("button", { name: "End all others" }).click();
  await expect(page.getByText("Ended: 1 session and 1 API token.")).toBeVisible();
  expect((await last.get("/api/v2/auth/me")).status()).toBe(401);
  await last.dispose();
  expect(await tokenStatus()).toBe(401);
  await expect(page.getByRole("list", { name: "Sessions" }).getByRole("listitem")).toHaveCount(1);
  await page.getByRole("tab", { name: "API tokens" }).click();
  await expect(page.getByRole("heading", { name: "No tokens" })).toBeVisible();
});

test("a token is made, shown once, works, and is revoked", async ({ page, server, context }) => {
  await open(page, "API tokens");
  await expect(page.getByRole("heading", { name: "No tokens" })).toBeVisible();
  await expectAccessible(page);
  await keepScreenshots(page, "44-settings-no-tokens");
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "Read documents" }).uncheck();
  await dialog.getByRole("button", { name: "Make token" }).click();
  await expect(dialog).toContainText("Give it a name");
  await expect(dialog).toContainText("Choose at least one right.");
  await dialog.getByLabel("Name").fill("Invoice import");
  await dialog.getByRole("checkbox", { name: "Read documents" }).check();
  await dialog.getByLabel("Ends after").selectOption("7 days");
  await expectAccessible(page);
  await keepScreenshots(page, "45-settings-new-token");
  await dialog.getByRole("button", { name: "Make token" }).click();
  const field = dialog.getByLabel("Token");
  await expect(field).toHaveValue(/^legible_[0-9a-f]{8}_/u);
  const token = await field.inputValue();
  // Neither a key nor a click beside it loses it.
  await page.keyboard.press("Escape");
  await expect(field).toBeVisible();
  await expectAccessible(page);
  await keepScreenshots(page, "46-settings-token-once");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(dialog.getByRole("button", { name: "Copied", exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  await dialog.getByRole("button", { name: "I have copied it" }).click();

  const program = await request.newContext({
    baseURL: server.url,
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  });
  expect((await program.get("/api/v2/tasks")).status()).toBe(200);
  await page.reload();
  const row = page.getByRole("row", { name: "Invoice import" });
  await expect(row).toContainText("Read documents");
  await expect(row).not.toContainText("Never");
  expect(await page.content()).not.toContain(token);
  await expectAccessible(page);
  await keepScreenshots(page, "47-settings-tokens");
  await row.getByRole("button", { name: "Revoke Invoice import" }).click();
  await dialog.getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByRole("heading", { name: "No tokens" })).toBeVisible();
  expect((await program.get("/api/v2/tasks")).status()).toBe(401);
  await program.dispose();
});

test("without a clipboard the token is selected, to be copied by hand", async ({ page }) => {
  // As on an address without HTTPS.
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "clipboard"));
  await open(page, "API tokens");
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("By hand");
  await dialog.getByRole("button", { name: "Make token" }).click();
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(dialog).toContainText("copy it with Ctrl+C");
  const selected = await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('[role="dialog"] input');
    return field?.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
  });
  expect(selected).toMatch(/^legible_/u);
});

test("a server that fails is told with a number to quote, and trying again heals it", async ({ page, complaints }) => {
  complaints.allowStatus(500);
  await page.route("**/trpc/auth.apiTokens*", (route) =>
    route.fulfill({
      status: 500,
      contentType: "application/json",
      body: JSON.stringify([
        { error: { message: "", code: -32603, data: { appCode: "INTERNAL", requestId: "req-4711", httpStatus: 500 } } },
      ]),
    }),
  );
  await open(page, "API tokens");
  await expect(page.getByRole("alert")).toContainText("Something went wrong on the server.");
  await expect(page.getByRole("alert")).toContainText("req-4711");
  await keepScreenshots(page, "48-settings-server-error");
  await page.unroute("**/trpc/auth.apiTokens*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("row", { name: "By hand" })).toBeVisible();
});

test("the password is changed by one who knows it, and other sessions end", async ({ page, server, complaints }) => {
  const other = await otherDevice(server, "one");
  await page.goto("/settings");
  const form = page.getByRole("region", { name: "Change password" });
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(form).toContainText("Enter your present password.");
  await expect(form).toContainText("Use at least 12 characters.");
  await form.getByLabel("Present password", { exact: true }).fill("not the password");
  await form.getByLabel("New password", { exact: true }).fill(newPassword);
  await form.getByLabel("New password again").fill("something else");
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(form).toContainText("The two new passwords are not the same.");
  await form.getByLabel("New password again").fill(newPassword);
  complaints.allowStatus(400);
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(form.getByRole("alert")).toContainText("The present password is not right.");
  await keepScreenshots(page, "40-settings-account");
  await expectAccessible(page);
  await form.getByLabel("Present password", { exact: true }).fill(person.password);
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("The password is changed.")).toBeVisible();
  expect((await other.get("/api/v2/auth/me")).status()).toBe(401);
  await other.dispose();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await call(page, server, "auth.changePassword", { current: newPassword, next: person.password });
});

test("a session that was ended elsewhere leads to the door, and back to where one was", async ({
  page,
  server,
  complaints,
}) => {
  await open(page, "Sessions");
  await expect(page.getByRole("list", { name: "Sessions" })).toBeVisible();
  const other = await otherDevice(server, "one");
  const answer = await other.get("/trpc/auth.sessions");
  const { result } = (await answer.json()) as { result: { data: { id: number; current: boolean }[] } };
  complaints.allowStatus(401);
  for (const { id, current } of result.data) {
    if (!current) await other.post("/trpc/auth.revokeSession", { data: { id } });
  }
  await page.getByRole("tab", { name: "API tokens" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.getByRole("textbox", { name: "E-mail" }).fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/settings\?tab=tokens$/u);
  await other.dispose();
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-TW" });
  test("every part can be used by everybody", async ({ page }) => {
    for (const tab of ["account", "appearance", "sessions", "tokens"]) {
      await page.goto(`/settings?tab=${tab}`);
      await expect(page.getByRole("tabpanel").getByRole("heading").first()).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await keepScreenshots(page, `49-settings-${tab}-zh`);
      await expectAccessible(page);
    }
  });
});
