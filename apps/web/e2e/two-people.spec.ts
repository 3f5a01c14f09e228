// Two people at once: neither sees anything of the other's, and what one does in a tab moves in the other of the same person.
import type { Browser, Page } from "@playwright/test";
import { addDocument, addPerson, enter, type Person } from "./enter.ts";
import { type Complaints, expect, test } from "./fixtures.ts";
import { printSheet } from "./scans.ts";
import type { Server } from "./server.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "two-people" });

const grace: Person = { email: "grace@example.org", name: "Grace Hopper" };

let pdf: Buffer;
/** A document of Ada's. */
let taskId = "";

const latest = (page: Page) => page.getByRole("region", { name: "My latest documents" });
const figure = (page: Page, name: string) => page.getByRole("button", { name });

async function newPage(browser: Browser, server: Server, complaints: Complaints, person?: Person): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await complaints.hear(page);
  await enter(page, server, person);
  return page;
}

test.beforeAll(async ({ browser }) => {
  pdf = await printSheet(browser, { title: "Born digital", lines: ["Its marker is zanzibar."] });
});

test.beforeEach(({ page, server }) => enter(page, server));

test("neither finds a document of the other: in lists, figures, the search or by its address", async ({
  page,
  browser,
  server,
  complaints,
}) => {
  await addPerson(server, grace);
  taskId = await addDocument(page, server, [{ name: "ada.pdf", bytes: pdf }]);
  const hers = await newPage(browser, server, complaints, grace);
  complaints.allowStatus(404);
  await hers.goto("/");
  await expect(hers.getByRole("button", { name: "Account of Grace Hopper" })).toBeVisible();
  await expect(hers.getByRole("heading", { name: "No documents yet" })).toBeVisible();
  await hers.goto("/tasks");
  await expect(figure(hers, "0 All")).toBeVisible();
  await hers.goto("/search?text=zanzibar");
  await expect(hers.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await hers.goto(`/tasks/${taskId}`);
  await expect(hers.getByRole("heading", { name: "Page not found" })).toBeVisible();
  for (const path of ["", "/download/markdown", "/source", "/pages/1/preview"]) {
    expect((await hers.request.get(`/api/v2/tasks/${taskId}${path}`)).status(), path).toBe(404);
  }
  await page.goto("/search?text=zanzibar");
  await expect(page.getByRole("link", { name: "ada.pdf" })).toBeVisible();
  await hers.context().close();
});

test("both work at once; what one adds moves in her other tab and nowhere else", async ({
  page,
  browser,
  server,
  complaints,
}) => {
  const [second, hers] = [
    await newPage(browser, server, complaints),
    await newPage(browser, server, complaints, grace),
  ];
  await second.goto("/tasks");
  await expect(figure(second, "1 All")).toBeVisible();
  for (const each of [page, hers]) await each.goto("/");
  const file = (name: string) => ({ name, mimeType: "application/pdf", buffer: pdf });
  await Promise.all([
    page
      .locator('input[type="file"]')
      .last()
      .setInputFiles([file("ada 2.pdf"), file("ada 3.pdf")]),
    hers
      .locator('input[type="file"]')
      .last()
      .setInputFiles([file("grace.pdf")]),
  ]);
  // Nothing is reloaded from here on.
  const done = { timeout: 60_000 };
  await expect(latest(page).getByRole("listitem").filter({ hasText: "Done" })).toHaveCount(3, done);
  await expect(latest(hers).getByRole("listitem").filter({ hasText: "Done" })).toHaveCount(1, done);
  await expect(figure(second, "3 Done")).toBeVisible(done);
  await expect(second.getByRole("row", { name: "ada 3.pdf" })).toContainText("Done");
  await expect(latest(hers).getByRole("link")).toHaveText(["All documents", "Search in documents", "grace.pdf"]);
  await expect(second.getByText("grace.pdf")).toHaveCount(0);

  await second.getByRole("row", { name: "ada 3.pdf" }).getByRole("button", { name: "Delete" }).click();
  await second.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(latest(page).getByRole("link", { name: "ada 3.pdf" })).toHaveCount(0);
  await second.getByRole("button", { name: "Undo" }).click();
  await expect(latest(page).getByRole("link", { name: "ada 3.pdf" })).toBeVisible();
  for (const each of [second, hers]) await each.context().close();
});
