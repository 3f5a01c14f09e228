// Text that would be markup or script, everywhere a person or a document can put text: it is shown as the text it is, and nothing runs. The
// fixtures fail each test for a violated content security policy as well.
import type { Page } from "@playwright/test";
import { addDocument, call, enter } from "./enter.ts";
import { expect, test } from "./fixtures.ts";
import { printSheet, type Sheet, scanSheets } from "./scans.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "stored-script" });

const attack = (where: string) => `<img src=x onerror=alert('${where}')>`;
const fileName = `${attack("name")} report.pdf`;
const tornName = `${attack("torn")}.pdf`;
const sheet: Sheet = {
  title: `${attack("heading")} marker`,
  lines: [
    `${attack("words")} zanzibar`,
    "<script>alert('script')</script> <svg onload=alert('svg')>",
    "[press](javascript:alert('link')) ![x](x onerror=alert('picture'))",
    "<details open ontoggle=alert('details')> </textarea></title></style><iframe srcdoc=x>",
  ],
};
const person = { email: "ada@example.org", password: "correct horse battery staple" };

let taskId = "";
const dialogs: string[] = [];

test.beforeEach(async ({ page, server }) => {
  page.on("dialog", async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  await call(page, server, "auth.setup", { ...person, displayName: attack("person") });
  await enter(page, server);
});

/** Nothing of what was stored has become an element, and nothing has run. */
async function expectText(page: Page): Promise<void> {
  const made = page.locator(
    "img[src='x'], [onerror], [onload], [ontoggle], [srcdoc], [href^='javascript:' i], script:not([src])",
  );
  await expect(made).toHaveCount(0);
  expect(dialogs).toEqual([]);
}

test("names of files, of the person and what is wrong with a file, in the lists", async ({ page, browser, server }) => {
  const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const pdf = await printSheet(browser, { title: escaped(sheet.title), lines: sheet.lines.map(escaped) });
  taskId = await addDocument(page, server, [{ name: fileName, bytes: pdf }]);
  await addDocument(page, server, [{ name: tornName, bytes: Buffer.from("%PDF-1.7\nthe rest was lost\n") }]);
  for (const path of ["/", "/tasks"]) {
    await page.goto(path);
    await expect(page.getByRole("link", { name: fileName }).first()).toBeVisible();
    await expect(page.getByText(tornName).first()).toBeVisible();
    await expectText(page);
  }
  await page.getByRole("button", { name: attack("person") }).click();
  await expectText(page);
});

test("what is sent, refused and shown while it is on its way", async ({ page }) => {
  await page.goto("/");
  const name = `${attack("tray")}.pdf`;
  await page
    .locator('input[type="file"]')
    .last()
    .setInputFiles([
      { name, mimeType: "application/pdf", buffer: Buffer.from("no PDF at all") },
      { name: `${attack("page")}.html`, mimeType: "text/html", buffer: Buffer.from(attack("body")) },
    ]);
  await expect(page.getByText(name).first()).toBeVisible();
  await expectText(page);
});

test("words of a document, in the viewer's every tab and over the picture", async ({ page }) => {
  for (const search of ["", "?tab=markdown", "?tab=json", "?tab=pages"]) {
    await page.goto(`/tasks/${taskId}${search}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(fileName);
    if (search !== "?tab=pages") await expect(page.getByRole("tabpanel")).toContainText("zanzibar");
    await expect(page.getByRole("img", { name: "Page 1" })).toBeVisible();
    await expectText(page);
  }
  await page.goto(`/tasks/${taskId}`);
  const words = page.getByRole("tabpanel");
  for (const line of ["onerror=alert('words')>", "<script>alert('script')</script>", "javascript:alert('link')"]) {
    await expect(words).toContainText(line);
  }
  await expect(page.locator('[data-page="1"]')).toContainText("onerror=alert('heading')>");
});

test("what is corrected, searched for and filtered by", async ({ page }) => {
  await page.goto(`/tasks/${taskId}`);
  const word = page.locator("[data-page] [data-word]").filter({ hasText: "zanzibar" });
  await word.dblclick();
  await page.getByLabel("What stands there").fill(attack("corrected"));
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("tabpanel")).toContainText(attack("corrected"));
  await expectText(page);
  await page.goto(`/tasks/${taskId}?find=${encodeURIComponent(attack("corrected"))}`);
  await expect(page.getByRole("searchbox")).toHaveValue(attack("corrected"));
  await expectText(page);
  await page.goto(`/tasks?filename=${encodeURIComponent(attack("filter"))}`);
  await expect(page.getByRole("heading", { name: "No documents match" })).toBeVisible();
  await expectText(page);
});

test("addresses that are none", async ({ page, complaints }) => {
  complaints.allowStatus(404);
  for (const path of [
    `/${encodeURIComponent(attack("address"))}`,
    `/tasks/${encodeURIComponent(attack("address"))}`,
    `/?status=${encodeURIComponent(attack("status"))}`,
    `/sign-in?next=${encodeURIComponent("javascript:alert('next')")}`,
  ]) {
    await page.goto(path);
    await expect(page.locator("main, [role=main], h1, h2").first()).toBeVisible();
    await expectText(page);
  }
});

test("a picture whose print is markup, once it has been recognised", async ({ page, browser, server }) => {
  const [picture] = await scanSheets(browser, [
    { title: "Markup", lines: ["&lt;img src=x onerror=alert(1)&gt; printed"] },
  ]);
  const id = await addDocument(page, server, [{ name: "scan.png", bytes: picture ?? Buffer.from("") }]);
  for (const search of ["", "?tab=markdown"]) {
    await page.goto(`/tasks/${id}${search}`);
    await expect(page.getByRole("tabpanel")).toContainText("printed");
    await expectText(page);
  }
});

test("an upload that is a page as well, and results made of markup, are kept and not shown when their address is opened", async ({
  page,
  server,
}) => {
  const html = `<!--%PDF-1.7--><!doctype html><script>alert('upload')</script>${attack("upload")}`;
  const id = await addDocument(page, server, [{ name: "page.html", bytes: Buffer.from(html) }], { start: false });
  for (const path of [
    `${id}/source`,
    `${taskId}/download/hocr`,
    `${taskId}/download/markdown`,
    `${taskId}/download/alto`,
  ]) {
    const arriving = page.waitForEvent("download");
    // Chromium gives up a navigation that turns out to be a file.
    await page
      .goto(`/api/v2/tasks/${path}`)
      .catch((error: Error) => expect(error.message).toContain("Download is starting"));
    expect((await arriving).suggestedFilename()).toMatch(/\.(?:html\.pdf|hocr|md|alto\.xml)$/u);
  }
  expect(dialogs).toEqual([]);
});

test("a picture and a refusal, opened as addresses, are without rights", async ({ context }) => {
  // A page that nobody listens to: in a sandbox even the browser's own style for pictures is a complaint.
  const page = await context.newPage();
  page.on("dialog", (dialog) => dialogs.push(dialog.message()));
  for (const path of [`tasks/${taskId}/pages/1/preview`, encodeURIComponent(attack("refusal"))]) {
    const answer = await page.goto(`/api/v2/${path}`);
    expect(answer?.headers()["content-security-policy"]).toContain("sandbox");
    expect(await page.evaluate(() => origin)).toBe("null");
    await expectText(page);
  }
});
