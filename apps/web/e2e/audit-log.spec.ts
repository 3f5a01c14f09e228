// The audit log: what was done, by whom, to what; as a file; and whether it is as it was written.
import { readFile } from "node:fs/promises";
import { call, enter } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import { addPerson, asOwner } from "./owner.ts";
import { keepScreenshots } from "./screenshots.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "audit-log" });

const password = "correct horse battery staple";
let graceId = 0;

test.beforeEach(({ page, server }) => enter(page, server));

test("the audit log is filtered, read on as one scrolls, and each entry opens", async ({ page, server }) => {
  graceId = await addPerson(server, { email: "grace@example.org", displayName: "Grace Hopper", password });
  for (const role of ["admin", "user"]) await call(page, server, "admin.setRole", { userId: graceId, role });
  await asOwner(
    server,
    "INSERT INTO tool_ocr_audit_logs (user_id, action, outcome, actor) VALUES ($1, 'login', 'success', 'person'), ($1, 'login.failed', 'failure', 'person')",
    [graceId],
  );
  await asOwner(
    server,
    `INSERT INTO tool_ocr_audit_logs (user_id, action, outcome, object)
     SELECT 1, 'task.downloaded', 'success', 'old-' || n FROM generate_series(1, 350) AS n`,
  );
  await page.goto("/admin/audit");
  const table = page.getByRole("table", { name: "Entries of the audit log, newest first" });
  await expect(page.getByText("100 entries loaded")).toBeVisible();
  await keepScreenshots(page, "57-audit");
  await expectAccessible(page);
  // Only rows in sight exist; the older ones come as one goes down.
  expect(await table.getByRole("row").count()).toBeLessThan(60);
  await page.getByLabel("Action", { exact: true }).selectOption("Result downloaded");
  await expect(page).toHaveURL(/action=task\.downloaded/u);
  const scroller = table.locator("xpath=..");
  for (let turn = 0; turn < 12; turn++) {
    await scroller.evaluate((element) => element.scrollBy(0, 4_000));
    await page.waitForTimeout(100);
  }
  await expect(page.getByText(/350 entries, that is all/u)).toBeVisible();
  await expect(table).toContainText("old-1");
  await page.getByRole("button", { name: "Clear filters" }).click();

  await page.getByRole("combobox", { name: "Person" }).click();
  await page.getByRole("combobox", { name: "Person" }).fill("hopper");
  await page.getByRole("option", { name: /Grace Hopper/u }).click();
  await expect(page).toHaveURL(new RegExp(`user=${graceId}`, "u"));
  await expect(table.getByRole("row").nth(1)).toContainText("Grace Hopper");
  await page.getByRole("button", { name: "Summary of this person" }).click();
  await expect(page.getByRole("table", { name: "What Grace Hopper did" })).toContainText("Signed in");
  await expectAccessible(page);
  await keepScreenshots(page, "58-audit-summary");
  await page.keyboard.press("Escape");

  await page.goto(`/admin/audit?object=user:${graceId}&action=admin.role`);
  await expect(page.getByText("2 entries, that is all")).toBeVisible();
  await table.getByRole("button", { name: "Role changed" }).last().click();
  const drawer = page.getByRole("dialog");
  await expect(drawer).toContainText("Ada Lovelace");
  await expect(drawer.getByText("Before", { exact: true }).locator("xpath=..")).toContainText("user");
  await expect(drawer.getByText("After", { exact: true }).locator("xpath=..")).toContainText("admin");
  await expect(drawer).toContainText(/[0-9a-f]{64}/u);
  await expectAccessible(page);
  await keepScreenshots(page, "59-audit-entry");
  await drawer.getByRole("button", { name: "Only this person" }).click();
  await expect(page).toHaveURL(/user=1/u);
  await page.goto("/admin/audit?object=nothing");
  await expect(page.getByRole("heading", { name: "No entries match" })).toBeVisible();
  await keepScreenshots(page, "60-audit-no-match");
});

test("the log is taken away as filtered, as CSV and as JSON lines", async ({ page }) => {
  await page.goto("/admin/audit?action=admin.role");
  for (const [item, ending] of [
    ["CSV, for spreadsheets", "csv"],
    ["JSON lines, for programs", "jsonl"],
  ] as const) {
    await page.getByRole("button", { name: "Export" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: item }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${ending}$`, "u"));
    const text = await readFile(await file.path(), "utf8");
    expect(text).toContain(`user:${graceId}`);
    expect(text).not.toContain("task.downloaded");
  }
});

test("the chain is verified, and a changed entry is named", async ({ page, server }) => {
  await page.goto("/admin/audit");
  await page.getByRole("button", { name: "Verify chain" }).click();
  await expect(page.getByText("The log is as it was written")).toBeVisible();
  await keepScreenshots(page, "61-audit-intact");
  await expectAccessible(page);
  await asOwner(server, "ALTER TABLE tool_ocr_audit_logs DISABLE TRIGGER audit_append_only");
  await asOwner(server, "UPDATE tool_ocr_audit_logs SET object = 'nothing happened' WHERE id = 3");
  await page.getByRole("button", { name: "Verify chain" }).click();
  await expect(page.getByText("the chain breaks at entry 3")).toBeVisible();
  await keepScreenshots(page, "62-audit-broken");
  await expectAccessible(page);
});
