// Prints how the history feels with 10,000 documents and the viewer with 500 pages. Targets: INP at most 100 ms, CLS at most 0.02.
// On a machine that does other things the clock is worth little: the processor time of the page's main thread stands beside it. It is an
// upper bound: it counts everything that an interaction set off, and not only what came before the next picture.
import type { Page } from "@playwright/test";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { addDocument, addPerson, enter, type Person } from "../enter.ts";
import { expect, test } from "../fixtures.ts";
import { keepVitals, longestSince, mainThreadClock, readVitals } from "./vitals.ts";

test.use({ installation: "measure" });

const many: Person = { email: "many@example.org", name: "Person with many" };
const pages = 500;
/** Time for everything that an interaction sets off, ms. */
const settleMs = 700;

type Step = (what: string, act: () => Promise<unknown>) => Promise<void>;

/** Each `act` is one interaction; its processor time is printed, and at the end the vitals of the whole visit. */
async function measured(page: Page, name: string, visit: (step: Step) => Promise<void>): Promise<void> {
  const clock = await mainThreadClock(page);
  const lines: string[] = [];
  await visit(async (what, act) => {
    const before = await clock();
    await act();
    await page.waitForTimeout(settleMs);
    const used = Math.round((await clock()) - before);
    lines.push(`  ${what}: ${used} ms of the main thread, ${await longestSince(page)} ms by the clock`);
  });
  const { inp, slowest, interactions, cls, moved } = await readVitals(page);
  console.log(`${name}: INP ${inp} ms by the clock (${slowest}; ${interactions} interactions over 16 ms)`);
  console.log(`${name}: CLS ${cls.toFixed(4)} ${moved === "" ? "" : `(most by ${moved})`}\n${lines.join("\n")}`);
}

test("history with 10,000 documents", async ({ page, server }) => {
  await keepVitals(page);
  await enter(page, server);
  await addPerson(server, many, 10_000);
  await enter(page, server, many);
  const links = page.getByRole("table", { name: "Documents" }).getByRole("link");
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
  await page.goto("/tasks");
  await expect(links).toHaveCount(25);
  await measured(page, `history of 10,000`, async (step) => {
    await step("100 rows", () => page.getByLabel("Rows").selectOption("100"));
    await expect(links).toHaveCount(100);
    await step("sort by name", () => button("Name").click());
    await step("sort by pages", () => button("Pages").click());
    await step("only failed", () => button(/Failed$/u).click());
    await step("all", () => button(/All$/u).click());
    await step("select all", () => page.getByLabel("Select all on this page").click());
    await step("unselect one", () => page.getByRole("row").nth(2).getByRole("checkbox").click());
    await step("type a letter", () => page.getByLabel("File name").press("R"));
    await step("type four more", () => page.getByLabel("File name").pressSequentially("echn", { delay: 60 }));
    await expect(page).toHaveURL(/filename=Rechn/u);
    await expect(links).toHaveCount(100);
    await step("next page", () => page.getByRole("button", { name: "Next page" }).click());
    await expect(page).toHaveURL(/page=2/u);
  });
});

test(`viewer with ${pages} pages`, async ({ page, server }) => {
  await keepVitals(page);
  await enter(page, server);
  const files = [{ name: "long.pdf", bytes: await longPdf() }];
  const taskId = await addDocument(page, server, files, { withinMs: 500_000 });
  await page.goto(`/tasks/${taskId}`);
  await expect(page.getByRole("img", { name: "Page 1", exact: true })).toBeVisible();
  const words = (number: number) => page.locator(`[data-page="${number}"] [data-word]`);
  await expect(words(1).first()).toBeAttached();
  await measured(page, `viewer of ${pages} pages`, async (step) => {
    await step("next page by key", () => page.keyboard.press("j"));
    await step("again", () => page.keyboard.press("j"));
    await page.mouse.move(600, 600);
    await step("one turn of the wheel", () => page.mouse.wheel(0, 1_500));
    await step("to page 400", () => page.getByRole("spinbutton", { name: "Page", exact: true }).fill("400"));
    await expect(words(400).first()).toBeAttached({ timeout: 30_000 });
    await step("select a word", () => words(400).nth(30).click());
    await step("next word", () => page.keyboard.press("ArrowRight"));
    await step("Markdown", () => page.keyboard.press("2"));
    await step("JSON", () => page.keyboard.press("3"));
    await step("ledger", () => page.keyboard.press("4"));
    await step("text", () => page.keyboard.press("1"));
    await step("larger", () => page.keyboard.press("+"));
    await step("fit", () => page.keyboard.press("0"));
    await step("turn", () => page.keyboard.press("r"));
    await page.keyboard.press("/");
    await step("find, first letter", () => page.keyboard.type("h"));
    await step("find, six more", () => page.keyboard.type("arbour", { delay: 60 }));
    await step("next match", () => page.keyboard.press("Enter"));
  });
  const mounted = await page.evaluate(() => ({
    images: document.querySelectorAll("[data-page]").length,
    thumbnails: document.querySelectorAll("nav ol > li").length,
    texts: document.querySelectorAll("article").length,
    elements: document.querySelectorAll("*").length,
  }));
  console.log(`viewer of ${pages} pages: mounted ${JSON.stringify(mounted)}`);
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
