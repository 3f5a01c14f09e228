// Administration: who may see it, how the installation is doing, who has an account; and what may go wrong.
import { type Page, request } from "@playwright/test";
import { addDocument, call, enter } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import { addPerson, asOwner } from "./owner.ts";
import { printSheet } from "./scans.ts";
import { keepScreenshots } from "./screenshots.ts";
import type { Server } from "./server.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "administrator" });

const password = "correct horse battery staple";
const grace = { email: "grace@example.org", displayName: "Grace Hopper", password };

test.beforeEach(({ page, server }) => enter(page, server));

/** What somebody else may do at the same moment. */
async function signedInAs(server: Server, email: string) {
  const other = await request.newContext({ baseURL: server.url, extraHTTPHeaders: { origin: server.url } });
  const answer = await other.post("/trpc/auth.login", { data: { provider: "password", email, password } });
  expect(answer.status()).toBe(200);
  return other;
}

async function answerWith(page: Page, procedure: string, code: string, status: number): Promise<void> {
  await page.route(`**/trpc/**${procedure}*`, (route) => {
    const names = new URL(route.request().url()).pathname.replace("/trpc/", "").split(",");
    const error = { message: "", code: -32603, data: { appCode: code, requestId: "req-4711", httpStatus: status } };
    return route.fulfill({
      status,
      contentType: "application/json",
      body: JSON.stringify(names.map(() => ({ error }))),
    });
  });
}

test("a new installation has figures, and says where there is nothing yet", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Administration" }).click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(page.getByText("Nothing was read in the last 30 days.")).toHaveCount(2);
  await expect(page.getByText("No document failed in the last 30 days.")).toBeVisible();
  await expect(page.getByText("Nobody has added a document yet.")).toBeVisible();
  await keepScreenshots(page, "50-dashboard-empty");
  await expectAccessible(page);
});

test("the overview shows people, documents, days, failures and the machine", async ({ page, server, browser }) => {
  const pdf = await printSheet(browser, { title: "Born digital", lines: ["Its marker is zanzibar."] });
  await addDocument(page, server, [{ name: "letter.pdf", bytes: pdf }]);
  await addDocument(page, server, [{ name: "torn.pdf", bytes: Buffer.from("%PDF-1.7\nthe rest was lost\n") }]);
  const graceId = await addPerson(server, grace);
  // A month of work.
  await asOwner(
    server,
    `INSERT INTO tool_ocr_tasks (user_id, task_id, filename, file_type, status, error_code, pages_total, pages_done, created_at, started_at, completed_at)
     SELECT CASE WHEN n % 3 = 0 THEN $1::int ELSE 1 END, gen_random_uuid(), 'scan ' || n || '.pdf', 'application/pdf',
       CASE WHEN n % 17 = 0 THEN 'failed' ELSE 'completed' END, CASE WHEN n % 34 = 0 THEN 'PAGE_TIMEOUT' WHEN n % 17 = 0 THEN 'DAMAGED_FILE' END,
       4 + n % 23, 4 + n % 23, day, day + interval '2 s', day + interval '40 s'
     FROM generate_series(1, 400) AS n, LATERAL (SELECT now() - (n * n % 29) * interval '1 day' - interval '1 minute' AS day) AS d`,
    [graceId],
  );
  await page.goto("/admin");
  const figures = page.locator("dl").first();
  await expect(figures).toContainText("402");
  const pages = page.getByRole("table", { name: "Pages a day, last 30 days" });
  await expect(pages.getByRole("row")).toHaveCount(31);
  const days = page.getByRole("region", { name: "Documents a day, last 30 days" });
  await expect(days.locator("svg.recharts-surface")).toBeVisible();
  await expect(page.getByRole("table", { name: "Why documents failed, last 30 days" })).toContainText(
    "The file is damaged and cannot be opened.",
  );
  const system = page.getByRole("region", { name: "System" });
  await expect(system).toContainText("PostgreSQL 18");
  await expect(system).toContainText("0 running, 0 waiting");
  // As many as there are cores, warmed up by now; none of them has a page.
  await expect(system).toContainText(/Reading processes[1-9]\d* of [1-9]\d* alive/u);
  await expect(system).toContainText("Pages being read0");
  await keepScreenshots(page, "51-dashboard");
  await expectAccessible(page);
  await system.scrollIntoViewIfNeeded();
  await keepScreenshots(page, "67-dashboard-below");
  await days.getByRole("button", { name: "Show as table" }).click();
  await expect(days.getByRole("columnheader", { name: "Failed" })).toBeVisible();
  const top = page.getByRole("region", { name: "Most active users" });
  await expect(top).toContainText("grace@example.org");
  await top.getByRole("switch", { name: "Hide names" }).click();
  await expect(top).toContainText("Person 2");
  await expect(top).not.toContainText("grace@example.org");
  await top.getByText("Pages", { exact: true }).click();
  await page.reload();
  await expect(top).toContainText("Person 1");
  await top.getByRole("switch", { name: "Hide names" }).click();
});

test("figures come up to date by themselves", async ({ page, server }) => {
  await page.clock.install();
  await page.goto("/admin");
  const users = page.locator("dl").first().locator("div").first();
  await expect(users).toContainText("Users2");
  await addPerson(server, { ...grace, email: "alan@example.org", displayName: "Alan Turing" });
  await page.clock.runFor(61_000);
  await expect(users).toContainText("Users3");
});

test("a person is found, made an administrator, and loses it again", async ({ page, server }) => {
  await page.goto("/admin/users");
  const table = page.getByRole("table", { name: "Users" });
  await expect(table.getByRole("row")).toHaveCount(4);
  await keepScreenshots(page, "52-users");
  await expectAccessible(page);
  await page.getByLabel("Search").fill("GRACE");
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(page).toHaveURL(/text=GRACE/u);
  const row = page.getByRole("row", { name: /Grace Hopper/u });
  await row.getByRole("button", { name: "Actions for Grace Hopper" }).click();
  await page.getByRole("menuitem", { name: "Make administrator" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("They will see all users");
  await expectAccessible(page);
  await keepScreenshots(page, "53-make-administrator");
  await dialog.getByRole("button", { name: "Make administrator" }).click();
  await expect(row).toContainText("Administrator");
  const other = await signedInAs(server, grace.email);
  expect((await other.get("/api/v2/admin/stats")).status()).toBe(200);
  await row.getByRole("button", { name: "Actions for Grace Hopper" }).click();
  await page.getByRole("menuitem", { name: "Make member" }).click();
  await dialog.getByRole("button", { name: "Make member" }).click();
  await expect(row).toContainText("Member");
  expect((await other.get("/api/v2/admin/stats")).status()).toBe(403);
  await other.dispose();
  await page.getByLabel("Search").fill("nobody at all");
  await expect(page.getByRole("heading", { name: "Nobody matches" })).toBeVisible();
  await keepScreenshots(page, "54-users-no-match");
});

test("a person is signed out everywhere, locked out, and let in again", async ({ page, server }) => {
  const other = await signedInAs(server, grace.email);
  await page.goto("/admin/users?text=grace");
  const row = page.getByRole("row", { name: /Grace Hopper/u });
  const dialog = page.getByRole("dialog");
  const choose = async (item: string) => {
    await row.getByRole("button", { name: "Actions for Grace Hopper" }).click();
    await page.getByRole("menuitem", { name: item }).click();
    await dialog.getByRole("button", { name: item }).click();
    await expect(dialog).toHaveCount(0);
  };
  await choose("End sessions");
  expect((await other.get("/api/v2/auth/me")).status()).toBe(401);
  await choose("Lock account");
  await expect(row).toContainText("Locked");
  await keepScreenshots(page, "55-user-locked");
  await expectAccessible(page);
  const refused = await other.post("/trpc/auth.login", {
    data: { provider: "password", email: grace.email, password },
  });
  expect(refused.status()).toBe(401);
  await choose("Unlock account");
  await expect(row).not.toContainText("Locked");
  await other.dispose();
});

test("somebody gets an account with a first password, shown once, and later another one", async ({
  page,
  server,
  complaints,
}) => {
  await page.goto("/admin/users");
  await page.getByRole("button", { name: "New user" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Make account" }).click();
  await expect(dialog).toContainText("Enter a name.");
  await dialog.getByLabel("Name").fill("Katherine Johnson");
  await dialog.getByLabel("E-mail").fill(grace.email);
  complaints.allowStatus(409);
  await dialog.getByRole("button", { name: "Make account" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Somebody signs in with this address already.");
  await dialog.getByLabel("E-mail").fill("katherine@example.org");
  await expectAccessible(page);
  await keepScreenshots(page, "65-new-user");
  await dialog.getByRole("button", { name: "Make account" }).click();
  await expect(dialog).toContainText("First password of Katherine Johnson");
  const first = await dialog.getByLabel("First password").inputValue();
  // Neither a key nor a click beside it loses it.
  await page.keyboard.press("Escape");
  await expectAccessible(page);
  await keepScreenshots(page, "66-first-password");
  await dialog.getByRole("button", { name: "I have handed it over" }).click();
  const row = page.getByRole("row", { name: /Katherine Johnson/u });
  await expect(row).toContainText("First password, until");
  const signIn = async (secret: string) => {
    const other = await request.newContext({ baseURL: server.url, extraHTTPHeaders: { origin: server.url } });
    const data = { provider: "password", email: "katherine@example.org", password: secret };
    const status = (await other.post("/trpc/auth.login", { data })).status();
    await other.dispose();
    return status;
  };
  expect(await signIn(first)).toBe(200);
  await row.getByRole("button", { name: "Actions for Katherine Johnson" }).click();
  await page.getByRole("menuitem", { name: "Reset password" }).click();
  await expect(dialog).toContainText("Their password, sessions and API tokens end at once.");
  await dialog.getByRole("button", { name: "Reset password" }).click();
  await expect(dialog).toContainText("First password of Katherine Johnson");
  const second = await dialog.getByLabel("First password").inputValue();
  await dialog.getByRole("button", { name: "I have handed it over" }).click();
  expect(await signIn(first)).toBe(401);
  expect(await signIn(second)).toBe(200);
  // One's own is changed in the settings.
  await page.getByRole("button", { name: "Actions for Ada Lovelace" }).click();
  await expect(page.getByRole("menuitem", { name: "Make member" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Reset password" })).toHaveCount(0);
});

test("the last administrator stays one, and the page says why", async ({ page, complaints }) => {
  complaints.allowStatus(409);
  await page.goto("/admin/users?text=ada");
  await page.getByRole("button", { name: "Actions for Ada Lovelace" }).click();
  await page.getByRole("menuitem", { name: "Make member" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("You lose administration at once");
  await dialog.getByRole("button", { name: "Make member" }).click();
  await expect(dialog.getByRole("alert")).toContainText("This is the last administrator.");
  await expect(dialog.getByRole("alert")).toContainText("Make somebody else one first.");
  await expectAccessible(page);
  await keepScreenshots(page, "56-last-administrator");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("row", { name: /Ada Lovelace/u })).toContainText("Administrator");
});

test("for others there is nothing at these addresses", async ({ page, server, complaints, context }) => {
  await context.clearCookies();
  const answer = await call(page, server, "auth.login", { provider: "password", email: grace.email, password });
  expect(answer).toBeDefined();
  for (const path of ["/admin", "/admin/users", "/admin/audit"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  }
  await expect(page.getByRole("link", { name: "Administration" })).toHaveCount(0);
  await page.getByRole("button", { name: "Account of Grace Hopper" }).click();
  await expect(page.getByRole("menuitem", { name: "Settings" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Administration" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expectAccessible(page);

  // Who loses the right while looking loses the page with the next answer.
  complaints.allowStatus(403);
  await asOwner(server, "UPDATE tool_ocr_users SET role = 'admin' WHERE id = 2");
  await page.goto("/admin/users");
  await expect(page.getByRole("table", { name: "Users" })).toContainText("Grace Hopper");
  await asOwner(server, "UPDATE tool_ocr_users SET role = 'user' WHERE id = 2");
  await page.getByLabel("Search").fill("alan");
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
});

test("a server that fails is told with a number to quote, and trying again heals it", async ({ page, complaints }) => {
  complaints.allowStatus(500);
  for (const [path, procedure, sign] of [
    ["/admin", "admin.stats", "Overview"],
    ["/admin/users", "admin.users", "Users"],
    ["/admin/audit", "admin.auditLogs", "Audit log"],
  ] as const) {
    await answerWith(page, procedure, "INTERNAL", 500);
    await page.goto(path);
    await expect(page.getByRole("alert").first()).toContainText("req-4711");
    await expect(page.getByRole("heading", { name: sign, exact: true })).toBeVisible();
    if (path === "/admin") await keepScreenshots(page, "63-dashboard-server-error");
    await expectAccessible(page);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Try again" }).first().click();
    await expect(page.getByRole("alert")).toHaveCount(0);
  }
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-TW" });
  test("every part can be used by everybody", async ({ page }) => {
    for (const [path, title] of [
      ["/admin", "總覽"],
      ["/admin/users", "使用者"],
      ["/admin/audit", "稽核紀錄"],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole("heading", { name: title, level: 1 })).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await keepScreenshots(page, `64-${path.split("/").at(-1)}-zh`);
      await expectAccessible(page);
    }
  });
});
