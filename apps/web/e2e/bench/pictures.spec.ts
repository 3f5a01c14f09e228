// The pictures of README.md, made anew from made-up documents: `pnpm --filter @legible/web pictures`.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { addDocument, enter } from "../enter.ts";
import { expect, test } from "../fixtures.ts";
import { joinAsPdf, printSheet, type Sheet, scanSheets } from "../scans.ts";

const folder = join(import.meta.dirname, "../../../../docs/pictures");
/** Larger ones make the page of the repository slow, bytes. */
const largest = 150_000;

test.use({ installation: "pictures", viewport: { width: 1120, height: 740 } });

const rows = [
  ["Item", "Quantity", "Price"],
  ["Lantern glass, first quality", "2", "48.00"],
  ["Rope, hemp, 40 fathoms", "6", "19.50"],
  ["Anchor chain, galvanised", "1", "212.75"],
];
const table = `<table border="1" cellpadding="9" style="border-collapse: collapse; width: 100%">${rows
  .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`)
  .join("")}</table>`;
const invoice: Sheet = {
  title: "Invoice 1887-114",
  lines: [
    "Harbour Stores, Pier Road 4, to the Committee of the Lighthouse.",
    "For the works of the autumn we delivered the following goods to the north pier:",
    table,
    "The sum of 425.75 is payable within thirty days. Goods remain ours until they are paid.",
    "With the compliments of the season, and our thanks for the trust of so many years.",
  ],
};
const minutes: Sheet = {
  title: "Minutes of the harbour committee",
  lines: [
    "The committee met on the third of October to consider the lighthouse.",
    "It was resolved that the lantern shall be cleaned before the winter storms.",
    "A letter from the fishermen about the broken pier was read aloud.",
  ],
};

async function keep(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: "disabled" });
  expect((await stat(path)).size, `size of ${name}.png, bytes`).toBeLessThan(largest);
}

test("home, viewer and history", async ({ page, browser, server }) => {
  await enter(page, server);
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = await scanSheets(browser, [invoice, minutes]);
  const printed = await printSheet(browser, minutes);
  const add = (name: string, bytes: Buffer, start = true) => addDocument(page, server, [{ name, bytes }], { start });
  await add("Minutes of October.pdf", printed);
  await add("Letter, torn.pdf", Buffer.from("%PDF-1.7\nthe rest was lost\n"));
  await add("Scan of the minutes.pdf", await joinAsPdf([second], printed));
  await add("Minutes, to be read later.pdf", printed, false);
  const taskId = await add("Invoice of the harbour stores.png", first);

  await page.goto(`/tasks/${taskId}`);
  const text = page.getByRole("tabpanel", { name: "Text" });
  await expect(text.getByRole("row")).toHaveCount(rows.length);
  const picture = page.getByRole("img", { name: "Page 1" });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expect(page.getByRole("navigation", { name: "Pages of the document" }).locator("img")).toBeVisible();
  await text.locator("[data-word]").filter({ hasText: "galvanised" }).click();
  await keep(page, "viewer");

  await page.goto("/");
  await expect(page.getByRole("region", { name: "My latest documents" }).getByRole("listitem")).toHaveCount(5);
  await keep(page, "home");

  await page.goto("/tasks");
  await expect(page.getByRole("button", { name: "5 All" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Documents" }).getByRole("link")).toHaveCount(5);
  await keep(page, "history");
});
