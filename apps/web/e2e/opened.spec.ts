// What opens over a page: menus, drawers and dialogs. Everybody can use them in both colour schemes, and all that is in them.
import type { Page } from "@playwright/test";
import { addDocument, enter } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import { addPerson } from "./owner.ts";
import { printSheet } from "./scans.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "opened" });

let taskId = "";
test.beforeEach(async ({ page, server, browser }) => {
  await enter(page, server);
  if (taskId !== "") return;
  const pdf = await printSheet(browser, { title: "Letter", lines: ["The pier is broken."] });
  taskId = await addDocument(page, server, [{ name: "letter.pdf", bytes: pdf }]);
  const grace = { email: "grace@example.org", displayName: "Grace Hopper", password: "correct horse battery staple" };
  await addPerson(server, grace);
});

/** What is opened, where, by which clicks, and what tells that it is open. */
const openings: [what: string, path: () => string, open: (page: Page) => Promise<void>, role: "menu" | "dialog"][] = [
  ["the menu of the account", () => "/", press("AL Account of Ada Lovelace"), "menu"],
  ["the menu of languages", () => "/", press("Language"), "menu"],
  ["the menu of light and dark", () => "/settings", press("Light or dark"), "menu"],
  ["the menu of a row of the history", () => "/tasks", press("Downloads"), "menu"],
  ["the menu of formats", () => `/tasks/${taskId}`, press("More formats"), "menu"],
  ["the question before a deletion", () => `/tasks/${taskId}`, press("Delete"), "dialog"],
  ["the menu of a person", () => "/admin/users", press("Actions for Grace Hopper"), "menu"],
  ["the form for a new person", () => "/admin/users", press("New user"), "dialog"],
  ["the menu of exports", () => "/admin/audit", press("Export"), "menu"],
];

function press(name: string | RegExp) {
  return (page: Page) => page.getByRole("button", { name, exact: true }).first().click();
}

for (const [what, path, open, role] of openings) {
  test(what, async ({ page }) => {
    await page.goto(path());
    await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
    await open(page);
    await expect(page.getByRole(role).first()).toBeVisible();
    await expectAccessible(page);
  });
}
