// What goes wrong in daily use, as a person meets it: each screen says so, offers the next step, and heals.
import type { Page, Route } from "@playwright/test";
import { addDocument, call, enter, signIn } from "./enter.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { expect, test } from "./fixtures.ts";
import { printSheet } from "./scans.ts";
import { keepScreenshots } from "./screenshots.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "mishaps" });

let pdf: Buffer;
let taskId = "";

test.beforeAll(async ({ browser }) => {
  pdf = await printSheet(browser, { title: "Born digital", lines: ["Its marker is zanzibar."] });
});

test.beforeEach(({ page, server }) => enter(page, server));

const stale = (page: Page) => page.getByRole("status").filter({ hasText: "No connection to the server." });
const rows = (page: Page) => page.getByRole("table", { name: "Documents" }).getByRole("link");
const failure = { code: -32603, message: "no", data: { appCode: "INTERNAL", requestId: "req-17", httpStatus: 500 } };
/** An answer of the server for each call of the batch that the route holds. */
const fail = (route: Route) => {
  const calls = new URL(route.request().url()).pathname.split(",").length;
  return route.fulfill({ status: 500, json: Array.from({ length: calls }, () => ({ error: failure })) });
};

test("screens without anything on them say what to do", async ({ page, server }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "No documents yet" })).toBeVisible();
  await page.goto("/tasks");
  await expect(page.getByText("Documents that you add appear here.")).toBeVisible();
  await page.goto("/?status=failed");
  await expect(page.getByRole("heading", { name: "No documents with this status" })).toBeVisible();
  const waiting = await addDocument(page, server, [{ name: "later.pdf", bytes: pdf }], { start: false });
  await page.goto(`/tasks/${waiting}`);
  await expect(page.getByText("The pages appear here as soon as the file has been opened.")).toBeVisible();
  await expectAccessible(page);
  await call(page, server, "task.delete", { taskId: waiting });
});

test("when the server goes away the page says that it may be old, and catches up by itself", async ({
  page,
  server,
  complaints,
}) => {
  complaints.allowOffline();
  taskId = await addDocument(page, server, [{ name: "first.pdf", bytes: pdf }]);
  await page.goto("/tasks");
  await expect(page.getByRole("button", { name: "1 All" })).toBeVisible();
  await server.kill();
  await expect(stale(page)).toBeVisible({ timeout: 15_000 });
  await expect(rows(page)).toHaveText(["first.pdf"]);
  await keepScreenshots(page, "70-stale");
  await expectAccessible(page);
  await server.startAgain();
  await addDocument(page, server, [{ name: "second.pdf", bytes: pdf }]);
  await expect(stale(page)).toHaveCount(0, { timeout: 60_000 });
  await expect(rows(page)).toHaveText(["second.pdf", "first.pdf"]);
  await expect(page.getByRole("button", { name: "2 All" })).toBeVisible();
});

test("a session that was ended elsewhere leads to the door, and from there back to the same place", async ({
  page,
  server,
  browser,
  complaints,
}) => {
  complaints.allowStatus(401);
  await page.goto("/");
  await expect(page.getByRole("link", { name: "first.pdf" })).toBeVisible();
  const elsewhere = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere.newPage();
  await enter(other, server);
  await call(other, server, "auth.logoutAll", {});
  await elsewhere.close();
  await page.getByRole("navigation").getByRole("link", { name: "All documents" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("first.pdf")).toHaveCount(0);
  await signIn(page);
  await expect(page).toHaveURL(/\/tasks$/u);
  await expect(rows(page)).toHaveText(["second.pdf", "first.pdf"]);
});

test("a document deleted in another tab goes from every screen, also from under an open question", async ({
  page,
  server,
}) => {
  const gone = await addDocument(page, server, [{ name: "gone.pdf", bytes: pdf }]);
  await page.goto("/tasks");
  await page.getByRole("row", { name: "gone.pdf" }).getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("dialog")).toContainText("Delete this document?");
  await call(page, server, "task.delete", { taskId: gone });
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("1 document was left alone")).toBeVisible();
  await expect(rows(page)).toHaveText(["second.pdf", "first.pdf"]);
  await page.goto("/");
  const latest = page.getByRole("region", { name: "My latest documents" });
  await expect(latest.getByRole("link", { name: "second.pdf" })).toBeVisible();
  const answer = await page.request.get("/api/v2/tasks?filename=second");
  const { items } = (await answer.json()) as { items: { taskId: string }[] };
  await call(page, server, "task.delete", { taskId: items[0]?.taskId ?? "" });
  await expect(latest.getByRole("link", { name: "second.pdf" })).toHaveCount(0);
});

test("an error of the server is told with its number on every screen, and trying again is enough", async ({
  page,
  complaints,
}) => {
  complaints.allowStatus(500);
  const screens = [
    { path: "/", calls: "**/trpc/**task.list**", healed: page.getByRole("link", { name: "first.pdf" }) },
    { path: "/tasks", calls: "**/trpc/**task.list**", healed: page.getByRole("link", { name: "first.pdf" }) },
    { path: `/tasks/${taskId}`, calls: "**/trpc/**task.pages**", healed: page.getByText("zanzibar").first() },
    { path: `/tasks/${taskId}`, calls: "**/trpc/**task.page?**", healed: page.getByText("zanzibar").first() },
  ];
  for (const { path, calls, healed } of screens) {
    await page.route(calls, fail);
    await page.goto(path);
    const alert = page.getByRole("alert").first();
    await expect(alert).toContainText("Something went wrong on the server.");
    await expectAccessible(page);
    await page.unroute(calls);
    await page.getByRole("button", { name: "Try again" }).first().click();
    await expect(healed).toBeVisible();
  }
});

test("a move that the server refuses is told where it was made", async ({ page, complaints }) => {
  complaints.allowStatus(500);
  await page.route("**/trpc/**task.retry**", fail);
  await page.goto(`/tasks/${taskId}`);
  await page.getByRole("button", { name: "Read again" }).click();
  await expect(page.getByRole("alert")).toContainText("req-17");
  await page.unroute("**/trpc/**task.retry**");
  await page.getByRole("button", { name: "Read again" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByRole("status").getByText("Done")).toBeVisible({ timeout: 60_000 });
});

test("a proxy that answers in place of the server is not shown to anybody", async ({ page, complaints }) => {
  complaints.allowStatus(502);
  const proxy = (route: Route) =>
    route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" });
  await page.route("**/trpc/**task.list**", proxy);
  await page.goto("/tasks");
  await expect(page.getByRole("alert")).toContainText("The server did not answer.", { timeout: 20_000 });
  await expect(page.getByText("Bad gateway")).toHaveCount(0);
  await page.unroute("**/trpc/**task.list**");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(rows(page)).toHaveText(["first.pdf"]);
});
