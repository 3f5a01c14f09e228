// The ways in which documents come, and what may go wrong on the way.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { call, enter } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import { lineOf } from "./network.ts";
import { printSheet, scanSheets, withBulk } from "./scans.ts";
import { keepScreenshots } from "./screenshots.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "uploads" });

let pdf: Buffer;
let png: Buffer;
/** Takes some seconds on the slow line. */
let bulky: Buffer;
let folder = "";

test.beforeAll(async ({ browser }) => {
  const sheet = { title: "Born digital", lines: ["Its marker is zanzibar."] };
  pdf = await printSheet(browser, sheet);
  bulky = await withBulk(pdf, 1_200_000);
  [png = pdf] = await scanSheets(browser, [sheet]);
  folder = await mkdtemp(join(tmpdir(), "legible-folder-"));
  const scans = join(folder, "scans");
  await mkdir(join(scans, "annex"), { recursive: true });
  for (const name of ["page 10.pdf", "page 2.pdf", "annex/map.pdf", ".DS_Store", "Thumbs.db"]) {
    await writeFile(join(scans, name), pdf);
  }
});

test.afterAll(() => rm(folder, { recursive: true, force: true }));

test.beforeEach(async ({ page, server }) => {
  await enter(page, server);
  await page.goto("/");
});

test.afterEach(async ({ page, server }) => {
  const answer = await page.request.get("/api/v2/tasks?pageSize=100");
  const { items } = (await answer.json()) as { items: { taskId: string }[] };
  for (const { taskId } of items) await call(page, server, "task.delete", { taskId });
});

const uploads = (page: Page) => page.getByRole("region", { name: "Uploads" });
const documents = (page: Page) => page.getByRole("region", { name: "My latest documents" });
const draft = (page: Page) => page.getByRole("region", { name: "One document from these files" });
const chooser = (page: Page) => page.locator('input[type="file"]').last();
const pdfFile = (name: string, buffer: Buffer) => ({ name, mimeType: "application/pdf", buffer });

test("a chosen folder is added with its folders, without what systems leave in it", async ({ page }) => {
  await page.locator("input[webkitdirectory]").setInputFiles(join(folder, "scans"));
  await expect(uploads(page).getByText("Uploaded")).toHaveCount(3, { timeout: 30_000 });
  await expect(uploads(page).getByRole("listitem")).toContainText(["map.pdf", "page 2.pdf", "page 10.pdf"]);
  await expect(documents(page).getByRole("link", { name: "map.pdf" })).toBeVisible();
});

test("a dropped folder is one document in the order of its names, if that is wanted", async ({ page }) => {
  await page.getByText("One document, in this order").click();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(folder, "scans")], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, x: 500, y: 400, data });
    if (type === "dragOver") await expect(page.getByText("Let go to add them")).toBeVisible();
  }
  await expect(draft(page).getByRole("listitem")).toContainText(["map.pdf", "page 2.pdf", "page 10.pdf"]);
  await draft(page).getByRole("button", { name: "Discard" }).click();
  await expect(draft(page)).toHaveCount(0);
  await page.getByText("One document per file").click();
});

test("a pasted picture is added under the time; text pasted into a field is left alone", async ({ page }) => {
  const paste = (target: Locator) =>
    target.evaluate((element, base64) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], "image.png", { type: "image/png" }));
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true }));
    }, png.toString("base64"));
  await paste(page.getByLabel("Languages in the documents").first());
  await paste(page.locator("body"));
  await expect(uploads(page).getByRole("listitem")).toHaveCount(1);
  await expect(uploads(page).getByText(/^Pasted .*\d{4}.*\.png$/u)).toBeVisible();
});

test("files of one document are put in order by keyboard and by pointer, then added together", async ({ page }) => {
  await page.getByText("One document, in this order").click();
  await chooser(page).setInputFiles([
    ...["front.png", "middle.png"].map((name) => ({ name, mimeType: "image/png", buffer: png })),
    pdfFile("back.pdf", pdf),
    pdfFile("not a document.pdf", Buffer.from("a note")),
  ]);
  const rows = draft(page).getByRole("listitem");
  await expect(rows).toContainText(["back.pdf", "front.png", "middle.png"]);
  await expect(uploads(page)).toContainText("This kind of file cannot be read.");
  await keepScreenshots(page, "40-one-document");
  await expectAccessible(page);

  const down = draft(page).getByRole("button", { name: "Move back.pdf down" });
  await down.focus();
  await page.keyboard.press("Enter");
  await expect(rows).toContainText(["front.png", "back.pdf", "middle.png"]);
  await expect(page.getByRole("status").filter({ hasText: "back.pdf is now 2 of 3." })).toHaveCount(1);
  await expect(down).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(rows).toContainText(["front.png", "middle.png", "back.pdf"]);
  await expect(down).toBeFocused();

  const grip = draft(page).getByTitle("Drag middle.png to another place");
  const first = (await rows.first().boundingBox()) ?? { x: 0, y: 0, height: 0 };
  await grip.hover();
  await page.mouse.down();
  await page.mouse.move(first.x + 40, first.y + first.height / 2, { steps: 4 });
  await page.mouse.move(first.x + 40, first.y + 4, { steps: 4 });
  await page.mouse.up();
  await expect(rows).toContainText(["middle.png", "front.png", "back.pdf"]);
  await draft(page).getByRole("button", { name: "Leave front.png out" }).click();

  // Another page and back: nothing is lost.
  await page.getByRole("navigation").getByRole("link", { name: "All documents" }).click();
  await page.getByRole("link", { name: "Legible" }).click();
  await draft(page).getByRole("button", { name: "Add as one document" }).click();
  await documents(page).getByRole("link", { name: "middle.png" }).click();
  await expect(page.getByRole("definition").filter({ hasText: "middle.png, back.pdf" })).toBeVisible();
});

test("what is more than the server takes is refused with its figures, before anything is sent", async ({ page }) => {
  await page.route("**/trpc/auth.me*", async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    const small = { fileBytes: 300_000, filesPerTask: 2, storageBytesPerUser: 700_000 };
    const changed = Object.entries(small).reduce(
      (body, [name, value]) => body.replace(new RegExp(`"${name}":\\d+`, "u"), `"${name}":${value}`),
      text,
    );
    await route.fulfill({ response, body: changed });
  });
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("task.create")) asked.push(request.url());
  });
  await page.reload();
  await page.getByText("One document per file").click();
  await chooser(page).setInputFiles([pdfFile("thick.pdf", bulky), pdfFile("note.pdf", Buffer.from("only a note"))]);
  await expect(page.getByRole("alert")).toContainText("These files take");
  await chooser(page).setInputFiles([pdfFile("large.pdf", bulky.subarray(0, 400_000))]);
  await expect(uploads(page)).toContainText("The file is 391 kB; this server takes up to 293 kB each.");
  await page.getByText("One document, in this order").click();
  await chooser(page).setInputFiles(["a.pdf", "b.pdf", "c.pdf"].map((name) => pdfFile(name, pdf)));
  await draft(page).getByRole("button", { name: "Add as one document" }).click();
  await expect(page.getByRole("alert").first()).toContainText("One document holds at most 2 files, and these are 3.");
  await keepScreenshots(page, "41-refused");
  await expectAccessible(page);
  await draft(page).getByRole("button", { name: "Leave c.pdf out" }).click();
  await draft(page).getByRole("button", { name: "Add as one document" }).click();
  await expect(uploads(page).getByText("Uploaded")).toHaveCount(1, { timeout: 30_000 });
  expect(asked).toHaveLength(1);
  await page.getByText("One document per file").click();
});

test("each file of a document has its bar, and a cancelled upload leaves nothing behind", async ({ page }) => {
  const line = await lineOf(page);
  await line.slow(200_000);
  await page.getByText("One document, in this order").click();
  await chooser(page).setInputFiles([pdfFile("1.pdf", bulky), pdfFile("2.pdf", bulky)]);
  await draft(page).getByRole("button", { name: "Add as one document" }).click();
  const bar = (name: string) => uploads(page).getByRole("list", { name: "Files of" }).getByLabel(`Upload of ${name}`);
  await expect.poll(async () => Number(await bar("1.pdf").getAttribute("aria-valuenow"))).toBeGreaterThan(5);
  await expect(bar("2.pdf")).toHaveAttribute("aria-valuenow", "0");
  await keepScreenshots(page, "42-uploading");
  await uploads(page).getByRole("button", { name: "Cancel upload of 1.pdf" }).click();
  await expect(uploads(page)).toContainText("Upload cancelled");
  await expect(documents(page).getByRole("heading", { name: "No documents yet" })).toBeVisible();
  await page.getByText("One document per file").click();
});

test("a lost connection keeps the queue, which goes on when it is back", async ({ page, complaints }) => {
  complaints.allowOffline();
  const line = await lineOf(page);
  await line.slow(300_000);
  await chooser(page).setInputFiles(["1.pdf", "2.pdf", "3.pdf"].map((name) => pdfFile(name, bulky)));
  const bar = uploads(page).getByRole("progressbar", { name: "Upload of 1.pdf" });
  await expect.poll(async () => Number(await bar.getAttribute("aria-valuenow"))).toBeGreaterThan(5);
  await line.cut();
  await expect(uploads(page).getByText("The connection was lost.").first()).toBeVisible();
  await keepScreenshots(page, "43-upload-interrupted");
  await line.slow();
  await expect(uploads(page).getByText("Uploaded")).toHaveCount(3, { timeout: 30_000 });
  await expect(documents(page).getByRole("listitem").filter({ hasText: "Done" })).toHaveCount(3, { timeout: 60_000 });
});

test("a server that is killed in mid-upload and started again has everything in the end", async ({
  page,
  server,
  complaints,
}) => {
  complaints.allowOffline();
  const line = await lineOf(page);
  await line.slow(300_000);
  await chooser(page).setInputFiles(["1.pdf", "2.pdf"].map((name) => pdfFile(name, bulky)));
  const bar = uploads(page).getByRole("progressbar", { name: "Upload of 1.pdf" });
  await expect.poll(async () => Number(await bar.getAttribute("aria-valuenow"))).toBeGreaterThan(5);
  await server.kill();
  await expect(uploads(page).getByText("The connection was lost.").first()).toBeVisible();
  await line.slow();
  await server.startAgain();
  await expect(uploads(page).getByText("Uploaded")).toHaveCount(2, { timeout: 60_000 });
  await expect(documents(page).getByRole("listitem").filter({ hasText: "Done" })).toHaveCount(2, { timeout: 60_000 });
  await expect(documents(page).getByRole("listitem")).toHaveCount(2);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test("photos are taken one after another into one document", async ({ page }) => {
    const camera = page.locator("input[capture=environment]");
    await expect(page.getByRole("button", { name: "Take a photo" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Choose a folder" })).toHaveCount(0);
    await page.getByText("One document, in this order").click();
    for (let shot = 0; shot < 2; shot++) {
      await camera.setInputFiles({ name: "image.png", mimeType: "image/png", buffer: png });
      await expect(draft(page).getByRole("listitem")).toHaveCount(shot + 1);
    }
    await expect(draft(page).getByRole("listitem").first()).toContainText("Photo");
    await expectAccessible(page);
    await draft(page).getByRole("button", { name: "Add as one document" }).tap();
    await expect(uploads(page)).toContainText("Uploaded", { timeout: 30_000 });
  });
});
