// Where accounts of Microsoft and of the installation itself stand side by side.
import { call, enter } from "./enter.ts";
import { expect } from "./fixtures.ts";
import { signInAs, test } from "./microsoft-tenant.ts";
import { keepScreenshots } from "./screenshots.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "microsoft-beside-local", localAccounts: "on", ignoreHTTPSErrors: true });

test("who comes from Microsoft is not asked for a password that there is none of; who has one can change it", async ({
  page,
  server,
  context,
}) => {
  await enter(page, server);
  await page.goto("/settings");
  const password = page.getByRole("region", { name: "Change password" });
  await expect(password.getByLabel("Present password", { exact: true })).toBeVisible();
  await call(page, server, "auth.logout", {});
  await context.clearCookies();
  await page.goto("/sign-in");
  await signInAs(page, "grace");
  await expect(page.getByRole("button", { name: "Account of Grace Hopper" })).toBeVisible();
  await page.goto("/settings");
  await expect(password).toContainText("You sign in with Microsoft, so your password is changed there.");
  await expect(password.getByRole("textbox")).toHaveCount(0);
  await expect(password.getByRole("button")).toHaveCount(0);
  await keepScreenshots(page, "68-settings-microsoft");
});
