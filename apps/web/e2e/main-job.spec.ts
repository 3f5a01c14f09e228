// The main job as a newcomer does it: create the administrator, add paper, watch it being read, take the text away.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { joinAsPdf, printSheet, type Sheet, scanSheets, withPassword, withSignature } from "./scans.ts";
import { keepScreenshots } from "./screenshots.ts";
import { download, textOfPdf } from "./take-away.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "main-job" });

const person = { name: "Ada Lovelace", email: "ada@example.org", password: "correct horse battery staple" };

const letter: Sheet[] = [
  {
    title: "Minutes of the harbour committee",
    lines: [
      "The committee met on the third of October to consider the lighthouse.",
      "Present were the chairman, the treasurer and eleven members of the public.",
      "It was resolved that the lantern shall be cleaned before the winter storms.",
    ],
  },
  {
    title: "Second sheet",
    lines: [
      "The treasurer reported a balance of four hundred pounds and six shillings.",
      "A letter from the fishermen about the broken pier was read aloud.",
      "The meeting closed at nine, and the members walked home through the fog.",
    ],
  },
];
const printed: Sheet = {
  title: "Born digital",
  lines: ["This paragraph was never on paper, so nobody needs to recognise it.", "Its marker is zanzibar."],
};
const scanned: Sheet = {
  title: "Once on paper",
  lines: ["This paragraph came from a scanner and has to be recognised.", "The second marker is kingfisher."],
};

const pngFile = (name: string, buffer: Buffer) => ({ name, mimeType: "image/png", buffer });
const pdfFile = (name: string, buffer: Buffer) => ({ name, mimeType: "application/pdf", buffer });
async function signIn(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "E-mail" }).fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Drop scans, photos or PDFs anywhere")).toBeVisible();
}

test("the first person creates the administrator", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Create the first administrator" })).toBeVisible();
  await keepScreenshots(page, "01-first-administrator");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page.getByText("Use at least 12 characters.")).toBeVisible();
  await page.getByLabel("Your name").fill(person.name);
  await page.getByRole("textbox", { name: "E-mail" }).fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page.getByRole("heading", { name: "No documents yet" })).toBeVisible();
  await keepScreenshots(page, "02-home-empty");
});

test("a wrong password is told in a sentence, the right one leads to where one was going", async ({
  page,
  complaints,
}) => {
  await page.goto("/?status=failed");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  complaints.allowStatus(401);
  await page.getByRole("textbox", { name: "E-mail" }).fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("E-mail or password is not right.");
  await keepScreenshots(page, "03-wrong-password");
  await signIn(page);
  await expect(page).toHaveURL(/\/\?status=failed$/u);
  await expect(page.getByRole("heading", { name: "No documents with this status" })).toBeVisible();
});

test("a link from elsewhere cannot send the person elsewhere", async ({ page, server }) => {
  await page.goto("/sign-in?next=//example.org/steal");
  await signIn(page);
  expect(page.url()).toBe(`${server.url}/`);
});

test("two scans become one document with JSON, Markdown and a searchable PDF", async ({ page, browser }) => {
  await page.goto("/");
  await signIn(page);
  const pictures = await scanSheets(browser, letter);
  await page.getByText("One document, in this order").click();
  await page
    .locator('input[type="file"]')
    .last()
    .setInputFiles(pictures.map((picture, index) => pngFile(`sheet-${index + 1}.png`, picture)));
  await page.getByRole("button", { name: "Add as one document" }).click();
  const row = page.getByRole("region", { name: "My latest documents" }).getByRole("listitem");
  await expect(row.getByRole("link")).toHaveCount(1);
  await keepScreenshots(page, "04-uploaded");
  await row.getByRole("link").click();

  // Pages arrive by themselves: nothing here reloads.
  await page.getByRole("tab", { name: "Pages" }).click();
  const ledger = page.getByRole("table", { name: "What was done to each page" });
  await expect(ledger.getByText("Recognised").first()).toBeVisible({ timeout: 60_000 });
  await keepScreenshots(page, "05-first-page-read");
  await expect(ledger.getByText("Recognised")).toHaveCount(2, { timeout: 60_000 });
  await expect(page.getByRole("status").getByText("Done")).toBeVisible({ timeout: 60_000 });
  await keepScreenshots(page, "06-document-done");

  await page.getByRole("tab", { name: "Text" }).click();
  const text = page.getByRole("tabpanel", { name: "Text" });
  await expect(text).toContainText("lighthouse");
  await expect(text).toContainText("fishermen");
  await keepScreenshots(page, "07-document-text");

  const markdown = (await download(page, "Download Markdown")).bytes.toString("utf8");
  for (const word of ["harbour", "lantern", "treasurer", "shillings"]) expect(markdown).toContain(word);
  const json = await download(page, "Download JSON");
  expect(JSON.parse(json.bytes.toString("utf8"))).toMatchObject({
    schemaVersion: 1,
    pages: [{ number: 1 }, { number: 2 }],
  });
  await page.getByRole("button", { name: "More formats" }).click();
  for (const name of ["Download hOCR", "Download ALTO XML", "Download all formats as ZIP"]) {
    await expect(page.getByRole("menuitem", { name })).toBeVisible();
  }
  const plain = await download(page, "Download plain text", "menuitem");
  expect(plain.name).toMatch(/\.txt$/u);
  expect(plain.bytes.toString("utf8")).toContain("lighthouse");
  const pdf = await download(page, "Download searchable PDF");
  expect(pdf.name).toMatch(/\.pdf$/u);
  const [first, second] = (await textOfPdf(pdf.bytes)).split("\f");
  expect(first).toContain("lighthouse");
  expect(second).toContain("fishermen");
});

test("of a mixed PDF only the scanned page is recognised", async ({ page, browser }) => {
  await page.goto("/");
  await signIn(page);
  const pdf = await joinAsPdf(await scanSheets(browser, [scanned]), await printSheet(browser, printed));
  await page.getByLabel("Make the searchable PDF a PDF/A").check();
  await page.locator('input[type="file"]').last().setInputFiles(pdfFile("mixed.pdf", pdf));
  await page.getByRole("region", { name: "My latest documents" }).getByRole("link", { name: "mixed.pdf" }).click();
  await expect(page.getByRole("status").getByText("Done")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("tab", { name: "Pages" }).click();
  const rows = page.getByRole("table", { name: "What was done to each page" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("Text kept as it was");
  await expect(rows.nth(1)).toContainText("The page has text");
  await expect(rows.nth(2)).toContainText("Recognised");
  const markdown = (await download(page, "Download Markdown")).bytes.toString("utf8");
  expect(markdown).toContain("zanzibar");
  expect(markdown).toContain("kingfisher");
  const text = await textOfPdf((await download(page, "Download searchable PDF")).bytes);
  expect(text).toContain("zanzibar");
  expect(text).toContain("kingfisher");
  await page.getByRole("link", { name: "My documents" }).first().click();
  // The choice is kept for the next documents.
  await expect(page.getByLabel("Make the searchable PDF a PDF/A")).toBeChecked();
});

test("what cannot be read is refused with a sentence, and does not stop the next", async ({ page, browser }) => {
  await page.goto("/");
  await signIn(page);
  await page.getByText("One document per file").click();
  const [picture] = await scanSheets(browser, [scanned]);
  if (picture === undefined) throw new Error("no picture was made");
  await page
    .locator('input[type="file"]')
    .last()
    .setInputFiles([
      { name: "notes.pdf", mimeType: "application/pdf", buffer: Buffer.from("only a note that calls itself a PDF") },
      { name: "nothing.png", mimeType: "image/png", buffer: Buffer.alloc(0) },
      pdfFile("torn.pdf", Buffer.from("%PDF-1.7\nthe rest of this file was lost\n")),
      pngFile("good.png", picture),
    ]);
  const uploads = page.getByRole("region", { name: "Uploads" });
  await expect(uploads).toContainText("This kind of file cannot be read.");
  await expect(uploads).toContainText("The file is empty.");
  const list = page.getByRole("region", { name: "My latest documents" });
  await expect(list.getByRole("listitem").filter({ hasText: "torn.pdf" })).toContainText("Failed", { timeout: 60_000 });
  await expect(list.getByRole("listitem").filter({ hasText: "good.png" })).toContainText("Done", { timeout: 60_000 });
  await keepScreenshots(page, "08-refused-and-failed");
  await list.getByRole("link", { name: "torn.pdf" }).click();
  await expect(page.getByRole("heading", { name: "torn.pdf" })).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("If it opens on your computer");
  await keepScreenshots(page, "09-document-failed");
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("dialog")).toContainText("torn.pdf");
  await keepScreenshots(page, "10-delete-asks-first");
  await page.getByRole("button", { name: "Delete document" }).click();
  await expect(list.getByRole("link", { name: "good.png" })).toBeVisible();
  await expect(list.getByRole("link", { name: "torn.pdf" })).toHaveCount(0);
});

test("a PDF behind a password asks for it, says when it is wrong, and is read with the right one", async ({
  page,
  browser,
}) => {
  await page.goto("/");
  await signIn(page);
  const locked = await withPassword(await printSheet(browser, printed), "harbour");
  await page.getByText("One document per file").click();
  await page
    .locator('input[type="file"]')
    .last()
    .setInputFiles([pdfFile("locked.pdf", locked)]);
  const list = page.getByRole("region", { name: "My latest documents" });
  await list.getByRole("link", { name: "locked.pdf" }).click();
  await expect(page.getByRole("alert")).toContainText("protected by a password", { timeout: 60_000 });
  await keepScreenshots(page, "14-password-asked");
  await page.getByLabel("Password of the PDF").fill("lighthouse");
  await page.getByRole("button", { name: "Read with password" }).click();
  await expect(page.getByRole("alert")).toContainText("does not open this PDF", { timeout: 60_000 });
  await page.getByLabel("Password of the PDF").fill("harbour");
  await page.getByRole("button", { name: "Read with password" }).click();
  await expect(page.getByRole("status").getByText("Done")).toBeVisible({ timeout: 60_000 });
  // The searchable PDF opens without a password: it is the person's own copy.
  const pdf = await download(page, "Download searchable PDF");
  expect(await textOfPdf(pdf.bytes)).toContain(printed.title);
});

test("a signed PDF is kept as it was sent, and its searchable copy says that it is not signed", async ({
  page,
  browser,
}) => {
  await page.goto("/");
  await signIn(page);
  const signed = await withSignature(await printSheet(browser, printed));
  await page.locator('input[type="file"]').last().setInputFiles(pdfFile("signed.pdf", signed));
  await page.getByRole("region", { name: "My latest documents" }).getByRole("link", { name: "signed.pdf" }).click();
  await expect(page.getByRole("status").getByText("Done")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("alert")).toContainText("The original is signed; the searchable PDF is not");
  await keepScreenshots(page, "15-signed");
  const source = await page.request.get(`/api/v2${new URL(page.url()).pathname}/source`);
  expect(signed.equals(await source.body())).toBe(true);
  const copy = (await download(page, "Download searchable PDF")).bytes;
  expect(copy.toString("latin1")).toContain("This searchable copy is not signed.");
  expect(copy.includes("ByteRange")).toBe(false);
});

test("files dropped on the page are added", async ({ page, browser }) => {
  await page.goto("/");
  await signIn(page);
  const [picture] = await scanSheets(browser, [scanned]);
  if (picture === undefined) throw new Error("no picture was made");
  const dropped = await page.evaluateHandle((base64) => {
    const transfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], "dropped.png", { type: "image/png" }));
    return transfer;
  }, picture.toString("base64"));
  await page.dispatchEvent("body", "dragenter", { dataTransfer: dropped });
  const overlay = page.getByText("Let go to add them");
  await expect(overlay).toBeVisible();
  await overlay.dispatchEvent("drop", { dataTransfer: dropped });
  await expect(page.getByRole("link", { name: "dropped.png" })).toBeVisible();
});

test("a task that does not exist, or is not a task at all, is a page that says so", async ({ page, complaints }) => {
  await page.goto("/");
  await signIn(page);
  complaints.allowStatus(404);
  await page.goto("/tasks/3f0c1a52-6d0e-4f0e-9a59-0d6f3a1c7b11");
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await keepScreenshots(page, "11-not-found");
  await page.goto("/tasks/1%20or%201");
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await page.goto("/nowhere");
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
});

test("a lost connection shows, and heals by itself", async ({ page, context, complaints }) => {
  await page.goto("/");
  await signIn(page);
  complaints.allowOffline();
  await context.setOffline(true);
  const banner = page.getByRole("status").filter({ hasText: "Your computer is offline." });
  await expect(banner).toBeVisible();
  await keepScreenshots(page, "13-offline");
  await context.setOffline(false);
  await expect(banner).toHaveCount(0);
});

test("reloading keeps one signed in, signing out does not, and the keyboard is enough", async ({ page }) => {
  await page.goto("/");
  await signIn(page);
  await page.reload();
  await expect(page.getByRole("heading", { name: "My latest documents" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.getByRole("button", { name: `Account of ${person.name}` }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
  await keepScreenshots(page, "12-account-menu");
  await page.getByRole("menuitem", { name: "Sign out" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});
