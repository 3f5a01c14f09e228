// A picture of each step: on a desk, a tablet, a phone, and in the dark.
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";

const folder = join(import.meta.dirname, "../../../artifacts/screenshots");
const desk = { width: 1440, height: 900 };
const tablet = { width: 768, height: 1024 };
/** The narrowest screen the page must work on. */
const phone = { width: 360, height: 740 };

/** Keeps `name` in its looks, and checks that nothing sticks out sideways on the phone. The page is left as on a desk. */
export async function keepScreenshots(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}-1440.png`), animations: "disabled" });
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await page.screenshot({ path: join(folder, `${name}-1440-dark.png`), animations: "disabled" });
  await page.setViewportSize(tablet);
  await page.screenshot({ path: join(folder, `${name}-768-dark.png`), animations: "disabled" });
  await page.setViewportSize(phone);
  await page.screenshot({ path: join(folder, `${name}-360-dark.png`), animations: "disabled" });
  await page.emulateMedia({ colorScheme: "light" });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "light");
  await page.screenshot({ path: join(folder, `${name}-360.png`), animations: "disabled" });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `width of ${name} on a phone, px`).toBeLessThanOrEqual(phone.width);
  await page.setViewportSize(tablet);
  await page.screenshot({ path: join(folder, `${name}-768.png`), animations: "disabled" });
  await page.setViewportSize(desk);
}
