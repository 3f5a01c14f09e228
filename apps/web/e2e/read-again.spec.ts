// Chosen pages read again in another language or manner, and deletions that are taken back.
import type { Page } from "@playwright/test";
import { addDocument, call, enter } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import { type Sheet, scanSheets } from "./scans.ts";
import { keepScreenshots } from "./screenshots.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "read-again" });

const sheets: Sheet[] = [
  { title: "Minutes", lines: ["The committee spoke of the lighthouse and of the broken pier."] },
  {
    title: "港務局會議紀錄",
    lines: [
      "本會議討論燈塔維修與碼頭整建之相關事宜，出席委員共十二人。",
      "決議於冬季風暴來臨之前完成燈具清潔，並向漁民說明施工期程。",
      "會計報告本年度預算執行情形，經全體委員同意備查後散會。",
    ],
  },
];

let taskId = "";

test.beforeEach(({ page, server }) => enter(page, server));

const form = (page: Page) => page.getByRole("form", { name: "Read these pages again" });
const text = (page: Page) => page.getByRole("tabpanel", { name: "Text" });
const done = (page: Page) => page.getByRole("status").getByText("Done");

test("a page in another language says which it seems to be, and is read again in that", async ({
  page,
  browser,
  server,
}) => {
  const pictures = await scanSheets(browser, sheets);
  const files = pictures.map((bytes, index) => ({ name: `sheet-${index + 1}.png`, bytes }));
  taskId = await addDocument(page, server, files);
  await page.goto(`/tasks/${taskId}?page=2`);
  await expect(text(page)).toContainText("This page seems to be in Chinese (Traditional)");
  await keepScreenshots(page, "60-language-suggested");
  await page.getByRole("button", { name: "Read it again in" }).click();
  await expect(form(page).getByLabel("Pages", { exact: true })).toHaveValue("2");
  await expect(form(page)).toContainText("words that were corrected on them are lost");
  await keepScreenshots(page, "61-read-again");
  await expectAccessible(page);
  await form(page).getByRole("button", { name: "Read 1 page again" }).click();
  await expect(form(page)).toHaveCount(0);
  // Its old text stays until the new one is there, and says so; the other page is not touched.
  const second = page.getByRole("article", { name: "Page 2" });
  await expect(second).toContainText("This page is being read again.");
  await expect(page.getByRole("article", { name: "Page 1" })).not.toContainText("being read again");
  await keepScreenshots(page, "71-being-read-again");
  await expect(second).not.toContainText("being read again", { timeout: 90_000 });
  await expect(done(page)).toBeVisible({ timeout: 90_000 });
  await expect(text(page)).toContainText("燈塔", { timeout: 20_000 });
  await expect(text(page)).not.toContainText("seems to be");
});

test("pages are ticked or written, what cannot be is refused, and the rest keeps its reading", async ({ page }) => {
  await page.goto(`/tasks/${taskId}`);
  await expect(text(page)).toContainText("lighthouse");
  await page.getByRole("button", { name: "Read pages again" }).click();
  const pages = form(page).getByLabel("Pages", { exact: true });
  await expect(pages).toHaveValue("1");
  await page.getByLabel("Read page 2 again").check();
  await expect(pages).toHaveValue("1-2");
  await page.getByLabel("Read page 1 again").uncheck();
  await expect(pages).toHaveValue("2");
  await pages.fill("7");
  await expect(form(page)).toContainText("Write numbers from 1 to 2");
  await expect(form(page).getByRole("button", { name: "again" })).toBeDisabled();
  await pages.fill("1");
  await expect(page.getByLabel("Read page 1 again")).toBeChecked();
  await form(page).getByLabel("How to read them").selectOption({ label: "Recognise all of them" });
  const answer = page.waitForResponse((response) => response.url().includes("task.rerunPages"));
  await form(page).getByRole("button", { name: "Read 1 page again" }).click();
  expect((await answer).request().postDataJSON()).toMatchObject({ 0: { pages: "1", options: { mode: "force" } } });
  await expect(done(page)).toBeVisible({ timeout: 90_000 });
  await page.goto(`/tasks/${taskId}?page=2`);
  await expect(text(page)).toContainText("燈塔");
});

test("a deleted document comes back from the notice, and too late is told", async ({ page, server, complaints }) => {
  // Pictures of pages that were asked for before the document went.
  complaints.allowStatus(404);
  await page.goto(`/tasks/${taskId}`);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete document" }).click();
  const list = page.getByRole("region", { name: "My latest documents" });
  await expect(page.getByText("Deleted “sheet-1.png”.")).toBeVisible();
  await expect(list.getByRole("link", { name: "sheet-1.png" })).toHaveCount(0);
  await keepScreenshots(page, "62-undo");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(list.getByRole("link", { name: "sheet-1.png" })).toBeVisible();
  await expect(page.getByText("1 document is back.")).toBeVisible();
  await list.getByRole("link", { name: "sheet-1.png" }).click();
  await expect(text(page)).toContainText("lighthouse");

  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete document" }).click();
  // In another tab somebody has been quicker.
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await call(page, server, "task.restore", { taskId });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("1 document could not be brought back")).toBeVisible();
});
