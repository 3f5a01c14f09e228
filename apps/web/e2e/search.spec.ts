// Finding words in all documents, and from a hit the way to the page with the words marked.
import type { Page } from "@playwright/test";
import { addDocument, enter } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import { joinPdfs, printSheet } from "./scans.ts";
import { keepScreenshots } from "./screenshots.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "search" });

test.beforeEach(({ page, server }) => enter(page, server));

const results = (page: Page) => page.getByRole("list", { name: "Pages that were found" });
const field = (page: Page) => page.getByRole("searchbox", { name: "Words to look for" });

test("the key leads to the search; words are found in every document and marked in their snippets", async ({
  page,
  browser,
  server,
}) => {
  const sheets = [
    { title: "Minutes", lines: ["The committee spoke of the lighthouse."] },
    { title: "Letter", lines: ["The fishermen wrote about the broken pier."] },
    { title: "港務契約書", lines: ["本契約由雙方於民國一一五年簽訂。"] },
  ];
  const pages = await Promise.all(sheets.map((sheet) => printSheet(browser, sheet)));
  await addDocument(page, server, [{ name: "harbour.pdf", bytes: await joinPdfs(pages) }]);
  await addDocument(page, server, [{ name: "pier.pdf", bytes: pages[1] ?? Buffer.alloc(0) }]);
  await page.goto("/");
  await expect(page.getByRole("link", { name: "harbour.pdf" })).toBeVisible();
  await page.keyboard.press("/");
  await expect(page).toHaveURL(/\/search$/u);
  await expect(field(page)).toBeFocused();
  await expect(page.getByRole("heading", { name: "Search in everything that was read" })).toBeVisible();
  await keepScreenshots(page, "50-search-empty");
  await page.keyboard.type("BROKEN pier");
  await expect(results(page).getByRole("listitem")).toHaveCount(2);
  await expect(page.getByText("2 pages found")).toBeVisible();
  await expect(results(page).locator("mark")).toHaveText(["broken", "pier", "broken", "pier"]);
  await expect(page).toHaveURL(/text=BROKEN\+pier|text=BROKEN%20pier/u);
  await keepScreenshots(page, "51-search");
  await expectAccessible(page);
});

test("a hit opens its page with the words found; the way back keeps the search", async ({ page }) => {
  await page.goto("/search?text=broken%20pier");
  await results(page).getByRole("link", { name: "harbour.pdf" }).click();
  await expect(page).toHaveURL(/page=2/u);
  await expect(page.getByRole("searchbox", { name: "Find in document" })).toHaveValue("broken pier");
  await expect(page.getByRole("button", { name: "Page 2", exact: true })).toHaveAttribute("aria-current", "page");
  await expect
    .poll(() =>
      page
        .locator('[data-page="2"] [data-word]')
        .filter({ hasText: "broken" })
        .evaluate((word) => getComputedStyle(word).backgroundColor),
    )
    .toContain("255, 150, 0");
  await page.goBack();
  await expect(field(page)).toHaveValue("broken pier");
});

test("Chinese is found from one character on, and opens its page", async ({ page }) => {
  await page.goto("/search");
  await field(page).fill("契約");
  await expect(results(page).locator("mark")).toContainText(["契約", "契約"]);
  await keepScreenshots(page, "52-search-chinese");
  await results(page).getByRole("link").click();
  await expect(page).toHaveURL(/page=3/u);
  await expect(page.getByText("1 of 2", { exact: true })).toBeVisible();
});

test("no letter is lost while answers come in between", async ({ page }) => {
  await page.goto("/search");
  // As slow as a person who thinks: the address and the answers follow in the middle of the words.
  await field(page).pressSequentially("committee spoke", { delay: 330 });
  await expect(field(page)).toHaveValue("committee spoke");
  await expect(results(page).locator("mark")).toHaveText(["committee", "spoke"]);
});

test("nothing found and a server error are said, with what to do", async ({ page, complaints }) => {
  await page.goto("/search?text=zanzibar");
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await expectAccessible(page);
  complaints.allowStatus(500);
  const failure = { code: -32603, message: "no", data: { appCode: "INTERNAL", requestId: "r-17", httpStatus: 500 } };
  await page.route("**/trpc/**task.search**", (route) =>
    route.fulfill({ status: 500, json: [{ error: failure }], headers: { "content-type": "application/json" } }),
  );
  await field(page).fill("lighthouse");
  await expect(page.getByRole("alert")).toContainText("Something went wrong on the server.");
  await expect(page.getByRole("alert")).toContainText("r-17");
  await page.unroute("**/trpc/**task.search**");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(results(page).getByRole("listitem")).toHaveCount(1);
});
