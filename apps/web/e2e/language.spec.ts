// The second language: the browser's by itself, another by choice, kept, and everything still usable in it.
import { addDocument, enter } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import { printSheet } from "./scans.ts";
import { keepScreenshots } from "./screenshots.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "language" });

test.describe("a browser that prefers Chinese", () => {
  test.use({ locale: "zh-TW" });

  test("gets everything in Traditional Chinese, before and after signing in", async ({ page, server, browser }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "建立第一位管理員" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-TW");
    await expect(page).toHaveTitle("建立第一位管理員 · Legible");
    await expectAccessible(page);
    await enter(page, server);
    const pdf = await printSheet(browser, { title: "Born digital", lines: ["Its marker is zanzibar."] });
    const taskId = await addDocument(page, server, [{ name: "letter.pdf", bytes: pdf }]);
    await page.goto("/tasks");
    await expect(page.getByRole("row", { name: "letter.pdf" })).toContainText("已完成");
    await keepScreenshots(page, "30-history-zh");
    await expectAccessible(page);
    await page.goto(`/tasks/${taskId}`);
    await expect(page.getByRole("tabpanel", { name: "文字" })).toContainText("zanzibar");
    await page.getByRole("tab", { name: "頁面" }).click();
    await expect(page.getByRole("table", { name: "每一頁的處理方式" })).toContainText(
      /這一頁有文字（\d+ 個字母和數字）。/u,
    );
    await page.getByRole("tab", { name: "文字" }).click();
    await keepScreenshots(page, "31-viewer-zh");
    await expectAccessible(page);
    await page.goto("/");
    await expect(page.getByText("將掃描檔、照片或 PDF 拖放到任何位置")).toBeVisible();
    await keepScreenshots(page, "32-home-zh");
    await expectAccessible(page);
  });
});

test("another language is chosen at once, and kept", async ({ page, server }) => {
  await enter(page, server);
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("button", { name: "Language" }).click();
  await page.getByRole("menuitem", { name: "繁體中文" }).click();
  await expect(page.getByRole("heading", { name: "我最近的文件" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "我最近的文件" })).toBeVisible();
  await page.getByRole("button", { name: "語言" }).click();
  await page.getByRole("menuitem", { name: "跟隨瀏覽器" }).click();
  await expect(page.getByRole("heading", { name: "My latest documents" })).toBeVisible();
});

test("a language that cannot be fetched leaves the present one, and says so", async ({ page, server, complaints }) => {
  await enter(page, server);
  await page.goto("/");
  complaints.allowStatus(503);
  await page.route("**/assets/zh-tw-*.js", (route) => route.fulfill({ status: 503 }));
  await page.getByRole("button", { name: "Language" }).click();
  await page.getByRole("menuitem", { name: "繁體中文" }).click();
  await expect(page.getByText("The language could not be fetched.")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});
