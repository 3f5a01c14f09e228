// A picture of each step: on a desk, on a tablet, on a phone, in the dark.
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";

const folder = join(import.meta.dirname, "../../../artifacts/screenshots");
const desk = { width: 1440, height: 900 };
const tablet = { width: 768, height: 1024 };
/** The narrowest screen the page must work on. */
const phone = { width: 360, height: 740 };

/** Keeps `name` in its looks, and checks that nothing sticks out sideways on the small screens. The page is left as on a desk. */
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
  await expectNoOverflow(page, name, phone.width);
  await page.setViewportSize(tablet);
  await page.screenshot({ path: join(folder, `${name}-768.png`), animations: "disabled" });
  await expectNoOverflow(page, name, tablet.width);
  await page.setViewportSize(desk);
}

async function expectNoOverflow(page: Page, name: string, width: number): Promise<void> {
  const taken = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(taken, `width of ${name} on a screen of ${width} px`).toBeLessThanOrEqual(width);
}
