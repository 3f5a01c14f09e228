// Prints how the history feels with 10,000 documents and the viewer with 500 pages. Targets: INP at most 100 ms, CLS at most 0.02.
import type { Page } from "@playwright/test";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { addDocument, addPerson, enter, type Person } from "../enter.ts";
import { expect, test } from "../fixtures.ts";
import { keepVitals, readVitals } from "./vitals.ts";

test.use({ installation: "measure" });

const many: Person = { email: "many@example.org", name: "Person with many" };
const pages = 500;

async function print(page: Page, what: string, step: string): Promise<void> {
  // The last interaction is on the screen, and told to the observer.
  await page.waitForTimeout(400);
  const { inp, slowest, interactions, cls } = await readVitals(page);
  console.log(`${what}, ${step}: INP ${inp} ms (${slowest}; ${interactions} over 16 ms), CLS ${cls.toFixed(4)}`);
}

test("history with 10,000 documents", async ({ page, server }) => {
  await keepVitals(page);
  await enter(page, server);
  await addPerson(server, many, 10_000);
  await enter(page, server, many);
  const links = page.getByRole("table", { name: "Documents" }).getByRole("link");
  await page.goto("/tasks");
  await expect(links).toHaveCount(25);
  await print(page, "history", "loaded");
  await page.getByLabel("Rows").selectOption("100");
  await expect(links).toHaveCount(100);
  await print(page, "history", "100 rows");
  await page.getByRole("button", { name: "Name", exact: true }).click();
  await page.getByRole("button", { name: "Pages", exact: true }).click();
  await page.getByRole("button", { name: /Failed$/u }).click();
  await page.getByRole("button", { name: /All$/u }).click();
  await print(page, "history", "sorted and filtered");
  await page.getByLabel("Select all on this page").click();
  for (let row = 1; row < 6; row++) await page.getByRole("row").nth(row).getByRole("checkbox").click();
  await print(page, "history", "selected");
  await page.getByLabel("File name").pressSequentially("Rechnung", { delay: 60 });
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page).toHaveURL(/page=2/u);
  await print(page, "history", "typed and leafed");
});

test(`viewer with ${pages} pages`, async ({ page, server }) => {
  await keepVitals(page);
  await enter(page, server);
  const taskId = await addDocument(page, server, [{ name: "long.pdf", bytes: await longPdf() }]);
  await page.goto(`/tasks/${taskId}`);
  await expect(page.getByRole("img", { name: "Page 1", exact: true })).toBeVisible();
  await expect(page.locator('[data-page="1"] [data-word]').first()).toBeAttached();
  await print(page, "viewer", "loaded");
  for (let step = 0; step < 10; step++) await page.keyboard.press("j", { delay: 40 });
  await print(page, "viewer", "ten pages by key");
  await page.mouse.move(600, 600);
  for (let step = 0; step < 40; step++) await page.mouse.wheel(0, 1_500);
  await print(page, "viewer", "scrolled");
  await page.getByRole("textbox", { name: "Page", exact: true }).fill("400");
  await expect(page.locator('[data-page="400"]')).toBeAttached();
  await page.locator('[data-page="400"] [data-word]').nth(30).click();
  await page.keyboard.press("ArrowRight");
  await print(page, "viewer", "page 400, a word");
  for (const key of ["2", "3", "4", "1", "+", "+", "-", "0", "r"]) await page.keyboard.press(key, { delay: 40 });
  await print(page, "viewer", "tabs, zoom, turn");
  await page.keyboard.press("/");
  await page.keyboard.type("harbour 250", { delay: 60 });
  await page.keyboard.press("Enter");
  await print(page, "viewer", "found");
  const mounted = await page.evaluate(() => ({
    images: document.querySelectorAll("[data-page]").length,
    thumbnails: document.querySelectorAll("nav ol > li").length,
    texts: document.querySelectorAll("article").length,
    elements: document.querySelectorAll("*").length,
  }));
  console.log(`viewer: ${JSON.stringify(mounted)} of ${pages} pages`);
});

/** Pages of print with some 450 words each. */
async function longPdf(): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (let number = 1; number <= pages; number++) {
    const sheet = document.addPage([595, 842]);
    sheet.drawText(`Minutes of the harbour ${number}`, { x: 60, y: 770, size: 20, font });
    for (let line = 0; line < 40; line++) {
      const text = `Line ${line + 1} of page ${number}: the committee spoke of the lighthouse and the pier.`;
      sheet.drawText(text, { x: 60, y: 730 - line * 17, size: 11, font });
    }
  }
  return Buffer.from(await document.save());
}
