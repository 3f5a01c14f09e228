// The session is renewed unseen: five minutes before its end, and after a refusal, one tab at a time.
import type { BrowserContext, Page } from "@playwright/test";
import { enter } from "./enter.ts";
import { expect, test } from "./fixtures.ts";

test.use({ installation: "session" });

/** How often the tabs of `context` have asked for a new session. */
function countRefreshes(context: BrowserContext): () => number {
  let count = 0;
  context.on("request", (request) => {
    if (request.url().includes("/trpc/auth.refresh")) count++;
  });
  return () => count;
}

/** A second tab beside `page`, both on the home page. */
async function openTwoTabs(page: Page, context: BrowserContext): Promise<[Page, Page]> {
  const tabs: [Page, Page] = [page, await context.newPage()];
  for (const tab of tabs) {
    await tab.goto("/");
    await expect(tab.getByText("Drop scans, photos or PDFs anywhere")).toBeVisible();
  }
  return tabs;
}

test("five minutes before its end the session is renewed, and two tabs do not end it for each other", async ({
  page,
  server,
  context,
  complaints,
}) => {
  // A call that is on its way while its access token is replaced is refused, and made again.
  complaints.allowStatus(401);
  // One clock for all tabs of the context. The server's does not follow it: the end is brought near instead.
  await context.clock.install();
  await enter(page, server);
  await page.addInitScript(() => {
    localStorage.setItem("legible.sessionEndsAt", new Date(Date.now() + 11 * 60_000).toISOString());
  });
  const tabs = await openTwoTabs(page, context);
  const refreshes = countRefreshes(context);
  const left = () => page.evaluate(() => Date.parse(localStorage.getItem("legible.sessionEndsAt") ?? "") - Date.now());
  // The clock runs on by itself meanwhile; five minutes and ten seconds are left.
  await context.clock.fastForward((await left()) - 310_000);
  expect(refreshes()).toBe(0);
  await context.clock.fastForward(11_000);
  await expect.poll(left).toBeGreaterThan(20 * 60_000);
  await context.clock.fastForward("15:00");
  expect(refreshes()).toBe(1);
  for (const tab of tabs) {
    await tab.reload();
    await expect(tab.getByText("Drop scans, photos or PDFs anywhere")).toBeVisible();
  }
  await tabs[1].close();
});

test("a call that is refused is made again after one refresh, in each of two tabs", async ({
  page,
  server,
  context,
  complaints,
}) => {
  complaints.allowStatus(401);
  await enter(page, server);
  const tabs = await openTwoTabs(page, context);
  const refreshes = countRefreshes(context);
  await context.clearCookies({ name: "legible_session" });
  await Promise.all(tabs.map((tab) => tab.getByRole("link", { name: "All documents" }).first().click()));
  for (const tab of tabs) {
    await expect(tab.getByRole("heading", { name: "All documents" })).toBeVisible();
    await expect(tab.getByText("No documents yet")).toBeVisible();
  }
  expect(refreshes()).toBe(1);
  await tabs[1].close();
});

test("when no refresh helps, one is tried, and the person signs in and comes back to where they were", async ({
  page,
  server,
  context,
  complaints,
}) => {
  complaints.allowStatus(401);
  await enter(page, server);
  await page.goto("/");
  await expect(page.getByText("Drop scans, photos or PDFs anywhere")).toBeVisible();
  const refreshes = countRefreshes(context);
  await context.clearCookies();
  await page.getByRole("link", { name: "All documents" }).first().click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  expect(new URL(page.url()).searchParams.get("next")).toContain("/tasks");
  expect(refreshes()).toBe(1);
});
