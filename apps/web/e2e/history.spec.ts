// All documents: figures, filters, order, and doing something to many.
import { addDocument, call, enter } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import { printSheet } from "./scans.ts";
import { keepScreenshots } from "./screenshots.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "history" });

test.beforeEach(({ page, server }) => enter(page, server));

const rows = { name: "Documents" } as const;

test("without documents the list says where to begin", async ({ page, server }) => {
  const answer = await page.request.get("/api/v2/tasks?pageSize=100");
  const { items } = (await answer.json()) as { items: { taskId: string }[] };
  for (const { taskId } of items) await call(page, server, "task.delete", { taskId });
  await page.goto("/");
  await page
    .getByRole("navigation", { name: "Parts of the page" })
    .getByRole("link", { name: "All documents" })
    .click();
  await expect(page.getByRole("heading", { name: "No documents yet" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Add documents" }).click();
  await expect(page.getByText("Drop scans, photos or PDFs anywhere")).toBeVisible();
});

test("figures filter, names are found, columns sort, and the address keeps it all", async ({
  page,
  browser,
  server,
}) => {
  const pdf = await printSheet(browser, { title: "Born digital", lines: ["Its marker is zanzibar."] });
  await addDocument(page, server, [{ name: "beta invoice.pdf", bytes: pdf }]);
  await addDocument(page, server, [{ name: "alpha letter.pdf", bytes: pdf }]);
  await addDocument(page, server, [{ name: "torn.pdf", bytes: Buffer.from("%PDF-1.7\nthe rest was lost\n") }]);
  await addDocument(page, server, [{ name: "later.pdf", bytes: pdf }], { start: false });
  await page.goto("/tasks");
  const table = page.getByRole("table", rows);
  const links = table.getByRole("link");
  await expect(links).toHaveText(["later.pdf", "torn.pdf", "alpha letter.pdf", "beta invoice.pdf"]);
  await keepScreenshots(page, "22-history");
  await expectAccessible(page);

  await table.getByRole("button", { name: "Name" }).click();
  await table.getByRole("button", { name: "Name" }).click();
  await expect(links).toHaveText(["alpha letter.pdf", "beta invoice.pdf", "later.pdf", "torn.pdf"]);
  await expect(page).toHaveURL(/order=asc/u);
  await page.getByRole("button", { name: "2 Done" }).click();
  await expect(links).toHaveText(["alpha letter.pdf", "beta invoice.pdf"]);
  await page.getByLabel("File name").fill("INVOICE");
  await expect(links).toHaveText(["beta invoice.pdf"]);
  await page.reload();
  await expect(links).toHaveText(["beta invoice.pdf"]);
  await expect(page.getByLabel("File name")).toHaveValue("INVOICE");
  await page.getByLabel("File name").fill("no such name");
  await expect(page.getByRole("heading", { name: "No documents match" })).toBeVisible();
  await keepScreenshots(page, "23-history-no-match");
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(links).toHaveCount(4);
  await expect(page.getByLabel("File name")).toHaveValue("");
  await page.getByLabel("Added until").fill("2001-01-01");
  await expect(page.getByRole("heading", { name: "No documents match" })).toBeVisible();
});

test("a row has the moves of its status, and shows what happens by itself", async ({ page, server }) => {
  await page.goto("/tasks");
  const row = page.getByRole("row", { name: "later.pdf" });
  await expect(row.getByRole("button", { name: "Cancel" })).toBeVisible();
  await expect(row.getByRole("button", { name: "Read again" })).toHaveCount(0);
  await row.getByRole("button", { name: "Start reading" }).click();
  await expect(row).toContainText("Done", { timeout: 60_000 });
  await row.getByRole("button", { name: "Downloads" }).click();
  await expect(page.getByRole("menuitem", { name: "Download Markdown" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "3 Done" })).toBeVisible();
  const torn = page.getByRole("row", { name: "torn.pdf" });
  await expect(torn).toContainText("The file is damaged");
  const answer = await page.request.get("/api/v2/tasks?filename=torn");
  const { items } = (await answer.json()) as { items: { taskId: string }[] };
  await call(page, server, "task.delete", { taskId: items[0]?.taskId ?? "" });
  await expect(torn).toHaveCount(0);
});

test("many are moved at once; deleting asks first and can be undone", async ({ page }) => {
  await page.goto("/tasks");
  const table = page.getByRole("table", rows);
  await table.getByLabel("Select alpha letter.pdf").check();
  await table.getByLabel("Select beta invoice.pdf").check();
  const selection = page.getByRole("group", { name: "Selected documents" });
  await expect(selection).toContainText("2 selected");
  await expect(selection.getByRole("button", { name: "Start reading" })).toBeDisabled();
  await keepScreenshots(page, "24-history-selected");
  await expectAccessible(page);
  await selection.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("dialog")).toContainText("Delete 2 documents?");
  await page.getByRole("dialog").getByRole("button", { name: "Keep it" }).last().click();
  await expect(table.getByRole("link")).toHaveCount(3);
  await selection.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(table.getByRole("link")).toHaveText(["later.pdf"]);
  await expect(selection).toHaveCount(0);
  await expect(page.getByText("2 documents deleted.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(table.getByRole("link")).toHaveCount(3);
  await expect(page.getByText("2 documents are back.")).toBeVisible();
});
