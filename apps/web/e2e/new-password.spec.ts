// Somebody who was given an account chooses a password of their own before anything else.
import { call, enter } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";

test.use({ installation: "new-password" });

const own = "four unrelated words here";

test("the first password opens nothing but the form for another one", async ({ page, server, browser, complaints }) => {
  const administrator = await browser.newPage({ baseURL: server.url });
  await enter(administrator, server);
  const account = { email: "grace@example.org", displayName: "Grace Hopper" };
  const made = (await call(administrator, server, "admin.createUser", account)) as { firstPassword: string };
  await administrator.context().close();

  await page.goto("/tasks?status=failed");
  await page.getByRole("textbox", { name: "E-mail" }).fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(made.firstPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Choose your password" })).toBeVisible();
  await expectAccessible(page);
  // No way around: any other address leads back here.
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Choose your password" })).toBeVisible();
  await page.goto("/tasks?status=failed");

  const given = page.getByLabel("The password you were given", { exact: true });
  const next = page.getByLabel("Your new password", { exact: true });
  const again = page.getByLabel("Your new password again");
  const save = page.getByRole("button", { name: "Save and continue" });
  await given.fill(made.firstPassword);
  await next.fill("too short");
  await save.click();
  await expect(page.getByText("Use at least 12 characters.")).toBeVisible();
  await next.fill(made.firstPassword);
  await expect(page.getByText("Choose another one than you were given.")).toBeVisible();
  await next.fill(own);
  await again.fill("four unrelated words there");
  await expect(page.getByText("The two new passwords are not the same.")).toBeVisible();
  await again.fill(own);
  complaints.allowStatus(400);
  await given.fill("not the one I was given");
  await save.click();
  await expect(page.getByText("The password you were given is not right.")).toBeVisible();
  await given.fill(made.firstPassword);
  await save.click();
  // On to where the person was going.
  await expect(page.getByRole("heading", { name: "All documents" })).toBeVisible();
  expect(new URL(page.url()).search).toContain("failed");

  await page.goto("/new-password");
  await expect(page.getByText("Drop scans, photos or PDFs anywhere")).toBeVisible();
});
