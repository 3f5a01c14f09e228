// Sign-in with Microsoft Entra ID by the real library, against a tenant of our own over HTTPS.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { expect } from "./fixtures.ts";
import { signInAs, test } from "./microsoft-tenant.ts";
import { keepScreenshots } from "./screenshots.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "microsoft", ignoreHTTPSErrors: true });

const button = (page: Page) => page.getByRole("button", { name: "Sign in with Microsoft" });

test("a person is signed in, comes back to where they were going, and stays signed in", async ({ page }) => {
  await page.goto("/tasks?status=failed");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  // No local account, no form for one.
  await expect(page.getByLabel("Password")).toHaveCount(0);
  await expectAccessible(page);
  await keepScreenshots(page, "40-sign-in-microsoft");
  await signInAs(page, "grace");
  await expect(page).toHaveURL(/\/tasks\?status=failed$/u);
  await expect(page.getByRole("button", { name: "Account of Grace Hopper" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Account of Grace Hopper" })).toBeVisible();
});

test("no token of Microsoft's stays in the browser, nor in its history", async ({ page }) => {
  await page.goto("/");
  await signInAs(page, "grace");
  await expect(page.getByRole("heading", { name: "My documents" })).toBeVisible();
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  // A JSON web token begins like this.
  expect(kept).not.toMatch(/eyJ/u);
  expect(kept).not.toMatch(/secret|verifier/iu);
  await page.goBack();
  expect(page.url()).not.toContain("code=");
});

test("signing out ends the session here and leads back to the button", async ({ page, context }) => {
  await page.goto("/");
  await signInAs(page, "grace");
  await page.getByRole("button", { name: "Account of Grace Hopper" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(button(page)).toBeVisible();
  await expect(page.getByText("leaves you signed in to Microsoft")).toBeVisible();
  expect((await context.request.get("/api/v2/tasks")).status()).toBe(401);
});

test("a guest is told why not, and can try again", async ({ page, complaints }) => {
  complaints.allowStatus(403);
  await page.goto("/");
  await signInAs(page, "guest");
  await expect(page.getByRole("alert")).toContainText("Guests of the organisation are not admitted here.");
  await expectAccessible(page);
  await page.context().clearCookies();
  await signInAs(page, "grace");
  await expect(page.getByRole("heading", { name: "My documents" })).toBeVisible();
});

test("somebody who turns back at Microsoft's page can begin again", async ({ page }) => {
  await page.goto("/");
  await signInAs(page, "nobody");
  await expect(page.getByRole("status")).toContainText("was cancelled");
  await button(page).click();
  await expect(page).toHaveTitle("Who are you?");
  await page.goBack();
  await expect(button(page)).toBeEnabled();
  await signInAs(page, "grace");
  await expect(page.getByRole("heading", { name: "My documents" })).toBeVisible();
});

test("an answer that nobody asked for, or that was used, signs nobody in", async ({ page, context }) => {
  await page.goto("/sign-in#code=forged&state=forged");
  await expect(page.getByRole("alert")).toContainText("The sign-in with Microsoft did not work.");
  expect(page.url()).not.toContain("forged");
  expect((await context.request.get("/api/v2/tasks")).status()).toBe(401);
});
