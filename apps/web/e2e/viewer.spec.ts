// A document as it is looked at: words over their picture, both sides alight, found, corrected, and what may go wrong meanwhile.
import type { Page } from "@playwright/test";
import { addDocument, call, enter } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import { printSheet, type Sheet, scanSheets } from "./scans.ts";
import { keepScreenshots } from "./screenshots.ts";
import { download, textOfPdf } from "./take-away.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "viewer" });

const sheets: Sheet[] = [
  {
    title: "Minutes of the harbour committee",
    lines: [
      "The committee met on the third of October to consider the lighthouse.",
      "It was resolved that the lantern shall be cleaned before the winter storms.",
    ],
  },
  {
    title: "Second sheet",
    lines: [
      "A letter from the fishermen about the broken pier was read aloud.",
      "The meeting closed at nine, and the members walked home.",
    ],
  },
];

let taskId = "";

/** On the page image, and in the result beside it. */
const onImage = (page: Page, text: string) => page.locator("[data-page] [data-word]").filter({ hasText: text });
const inResult = (page: Page, text: string) =>
  page.getByRole("tabpanel").locator("[data-word]").filter({ hasText: text });

async function openDocument(page: Page, search = ""): Promise<void> {
  await page.goto(`/tasks/${taskId}${search}`);
  await expect(page.getByRole("navigation", { name: "Pages of the document" })).toBeVisible();
}

test.beforeEach(({ page, server }) => enter(page, server));

test("the words of a page are real text over its picture, in reading order", async ({ page, browser, server }) => {
  const pictures = await scanSheets(browser, sheets);
  taskId = await addDocument(
    page,
    server,
    pictures.map((bytes, index) => ({ name: `sheet-${index + 1}.png`, bytes })),
  );
  await openDocument(page);
  const picture = page.getByRole("img", { name: "Page 1" });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(600);
  const copied = await page.locator('[data-page="1"]').evaluate((layer) => {
    getSelection()?.selectAllChildren(layer);
    return getSelection()?.toString() ?? "";
  });
  expect(copied.replace(/\s+/gu, " ")).toContain("met on the third of October to consider the lighthouse.");
  expect(copied).toMatch(/committee\n/u);
  await page.evaluate(() => getSelection()?.removeAllRanges());
  // The letters lie on those in the picture: the box of the word is where its ink is.
  const word = (await onImage(page, "lighthouse").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const sheet = (await picture.boundingBox()) ?? { x: 0, y: 0, width: 1, height: 1 };
  expect((word.x - sheet.x) / sheet.width).toBeGreaterThan(0.1);
  expect((word.x + word.width - sheet.x) / sheet.width).toBeLessThan(0.9);
  expect(word.width / word.height).toBeGreaterThan(2);
  await keepScreenshots(page, "20-viewer");
});

test("a word lights up on both sides, whichever side the pointer or the keyboard is on", async ({ page }) => {
  await openDocument(page);
  const colour = (where: "image" | "result") =>
    (where === "image" ? onImage : inResult)(page, "lantern").evaluate(
      (word) => getComputedStyle(word).backgroundColor,
    );
  await inResult(page, "lantern").hover();
  await expect.poll(() => colour("image")).toContain("74, 130, 195");
  await page.getByRole("heading", { level: 1 }).hover();
  await expect.poll(() => colour("result")).not.toContain("74, 130, 195");
  await onImage(page, "lantern").click();
  await page.getByRole("heading", { level: 1 }).hover();
  await expect.poll(() => colour("result")).toContain("74, 130, 195");
  await page.getByRole("tab", { name: "Markdown" }).click();
  await expect(
    page.getByRole("tabpanel").getByRole("heading", { name: "Minutes of the harbour committee" }),
  ).toBeVisible();
  await expect.poll(() => colour("result")).toContain("74, 130, 195");
});

test("keys lead through pages, tabs and the list of keys, and the address keeps the place", async ({ page }) => {
  await openDocument(page);
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/page=2/u);
  await page.keyboard.press("3");
  await expect(page).toHaveURL(/tab=json/u);
  await expect(page.getByRole("region", { name: "Page 2 as JSON" })).toContainText("fishermen");
  await page.reload();
  await expect(page.getByRole("region", { name: "Page 2 as JSON" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Page 2", exact: true })).toHaveAttribute("aria-current", "page");
  await page.keyboard.press("4");
  await expect(page.getByRole("table", { name: "What was done to each page" })).toContainText("Recognised");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toContainText("Next, previous doubtful word");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const width = () => page.getByRole("img", { name: "Page 2" }).evaluate((image) => image.clientWidth);
  const before = await width();
  await page.keyboard.press("+");
  await expect.poll(width).toBeGreaterThan(before * 1.1);
});

test("what is searched for is counted, shown and kept in the address", async ({ page }) => {
  await openDocument(page);
  await page.keyboard.press("/");
  await page.keyboard.type("FISHERMEN about");
  await expect(page.getByText("1 of 1", { exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/find=/u);
  await expect(page).toHaveURL(/page=2/u);
  await expect
    .poll(() => onImage(page, "fishermen").evaluate((word) => getComputedStyle(word).backgroundColor))
    .toContain("255, 150, 0");
  await page.getByRole("searchbox").fill("zanzibar");
  await expect(page.getByText("No match")).toBeVisible();
});

test("a corrected word stands in the page and in every format, and the reading is kept", async ({ page, server }) => {
  await openDocument(page);
  await onImage(page, "lighthouse").dblclick();
  await page.getByLabel("What stands there").fill("lightship.");
  await keepScreenshots(page, "21-correcting");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(inResult(page, "lightship")).toBeVisible();
  await expect(inResult(page, "lightship")).toHaveAttribute("data-doubt", "corrected");
  await expect(page.getByText("Your corrections are being put into the downloads.")).toHaveCount(0, {
    timeout: 30_000,
  });
  const markdown = (await download(page, "Download Markdown")).bytes.toString("utf8");
  expect(markdown).toContain("lightship.");
  expect(markdown).not.toContain("lighthouse");
  const json = (await download(page, "Download JSON")).bytes.toString("utf8");
  expect(JSON.parse(json)).toMatchObject({ text: expect.stringContaining("lightship.") });
  expect(json).toContain('"original"');
  expect(await textOfPdf((await download(page, "Download searchable PDF")).bytes)).toContain("lightship.");
  const original = await page.request.get(`${server.url}/api/v2/tasks/${taskId}/download/markdown?version=original`);
  expect(await original.text()).toContain("lighthouse");
  // The word stays selected; Enter belongs to it once no link has the focus.
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Read as “lighthouse.”")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByLabel("What stands there")).toHaveCount(0);
});

test("without a connection the document stays, a correction waits, and then it goes through by itself", async ({
  page,
  context,
  complaints,
}) => {
  await openDocument(page);
  await expect(onImage(page, "lantern")).toBeVisible();
  complaints.allowOffline();
  await context.setOffline(true);
  await onImage(page, "lantern").dblclick();
  await page.getByLabel("What stands there").fill("lamp");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Your computer is offline." })).toBeVisible();
  await expect(page.getByLabel("What stands there")).toHaveValue("lamp");
  await context.setOffline(false);
  await expect(inResult(page, "lamp")).toBeVisible();
});

test("the viewer can be used by everybody, and fits a phone", async ({ page }) => {
  for (const search of ["", "?tab=markdown", "?tab=json", "?tab=pages"]) {
    await openDocument(page, search);
    await expect(page.getByRole("tabpanel")).toContainText(search.includes("pages") ? "Recognised" : "committee");
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/tasks/${taskId}`);
  await expect(page.getByRole("img", { name: "Page 1" })).toBeVisible();
  const panels = page.getByRole("radiogroup", { name: "What to show" });
  await panels.getByText("Result", { exact: true }).click();
  await expect(page.getByRole("tabpanel")).toContainText("committee");
  await panels.getByText("Pages", { exact: true }).click();
  await page.getByRole("button", { name: "Page 2", exact: true }).click();
  await expect(page.getByRole("img", { name: "Page 2" })).toBeInViewport();
  await expectAccessible(page);
});

test("a table beside the page has rows and cells, whose words light up on the page", async ({
  page,
  browser,
  server,
}) => {
  const cells = [
    ["Item", "Price"],
    ["Lantern", "400.00"],
    ["Anchor", "26.50"],
    ["", "426.50"],
  ];
  const rows = cells.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("");
  const table = `<table border="1" cellpadding="8" style="border-collapse: collapse">${rows}</table>`;
  const pdf = await printSheet(browser, { title: "Invoice", lines: [table, "Payable within thirty days."] });
  const invoice = await addDocument(page, server, [{ name: "invoice.pdf", bytes: pdf }]);
  await page.goto(`/tasks/${invoice}`);
  const shown = page.getByRole("tabpanel", { name: "Text" }).getByRole("row");
  await expect(shown).toHaveText(["ItemPrice", "Lantern400.00", "Anchor26.50", "426.50"]);
  // The sum stands under the prices.
  await expect(shown.last().getByRole("cell")).toHaveText(["", "426.50"]);
  await inResult(page, "400.00").hover();
  await expect
    .poll(() => onImage(page, "400.00").evaluate((word) => getComputedStyle(word).backgroundColor))
    .toContain("74, 130, 195");
});

test("a document that is deleted in another tab says so", async ({ page, server }) => {
  await openDocument(page);
  await expect(onImage(page, "committee").first()).toBeVisible();
  await call(page, server, "task.delete", { taskId });
  await expect(page.getByRole("heading", { name: "This document was deleted" })).toBeVisible();
  await page.getByRole("link", { name: "Go to my documents" }).click();
  await expect(page.getByRole("heading", { name: "My latest documents" })).toBeVisible();
});
