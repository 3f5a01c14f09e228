// `?` opens the list of keys on every page: those that work there, and those that work everywhere.
import { addDocument, enter } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import { printSheet } from "./scans.ts";
import { keepScreenshots } from "./screenshots.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "keys" });

/** What the list says on a page, beside what works everywhere. */
const pages: [path: string, heading: string, listed: string[]][] = [
  ["/", "My latest documents", ["Ctrl + VAdd the pictures or files that were copied", "/Search in documents"]],
  ["/tasks", "All documents", ["/Search in documents"]],
  ["/search", "Search in documents", ["/Go to the words to look for"]],
  ["/settings", "Settings", []],
  ["/admin", "Overview", []],
  ["/admin/users", "Administration", []],
  ["/admin/audit", "Audit log", []],
  ["/nowhere", "Page not found", []],
];

test("at the door, where a field takes the key, and elsewhere on the page", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Create the first administrator" })).toBeVisible();
  await page.getByRole("textbox", { name: "Your name" }).press("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" }).getByRole("row")).toHaveText([
    "EscClose what is open",
    "?This list",
  ]);
});

for (const [path, heading, listed] of pages) {
  test(`on ${path}`, async ({ page, server }) => {
    await enter(page, server);
    await page.goto(path);
    await expect(page.getByText(heading).first()).toBeVisible();
    // The key belongs to a field that has the focus from the beginning.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keyboard" });
    const rows = dialog.getByRole("row");
    await expect(rows).toHaveText([...listed, "EscClose what is open", "?This list"]);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  });
}

test("on a document it has the keys of the viewer, which are gone with it", async ({ page, server, browser }) => {
  await enter(page, server);
  const pdf = await printSheet(browser, { title: "Letter", lines: ["The pier is broken."] });
  const taskId = await addDocument(page, server, [{ name: "letter.pdf", bytes: pdf }]);
  await page.goto(`/tasks/${taskId}`);
  await expect(page.getByRole("img", { name: "Page 1" })).toBeVisible();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard" });
  await expect(dialog).toContainText("n / pNext, previous doubtful word");
  await expect(dialog.getByRole("row")).toHaveCount(13);
  await expectAccessible(page);
  await keepScreenshots(page, "25-keys");
  // Nothing below the list hears the keys that it names.
  await page.keyboard.press("3");
  await expect(page).not.toHaveURL(/tab=json/u);
  await page.keyboard.press("Escape");
  await page.keyboard.press("3");
  await expect(page).toHaveURL(/tab=json/u);
  await page.getByRole("link", { name: "All documents" }).click();
  await expect(page.getByRole("heading", { name: "All documents" })).toBeVisible();
  await page.keyboard.press("?");
  await expect(dialog.getByRole("row")).toHaveCount(3);
});

test("the menu of the account opens it, too", async ({ page, server }) => {
  await enter(page, server);
  await page.goto("/settings");
  await page.getByRole("button", { name: "Account of Ada Lovelace" }).click();
  await page.getByRole("menuitem", { name: "Keyboard" }).click();
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-TW" });
  test("it fits every screen", async ({ page, server }) => {
    await enter(page, server);
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "我最近的文件" })).toBeVisible();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "鍵盤快速鍵" })).toContainText("在文件中搜尋");
    await keepScreenshots(page, "26-keys-zh");
    await expectAccessible(page);
  });
});
