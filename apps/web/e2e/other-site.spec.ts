// Pages of somebody else, in a browser where a person is signed in: on another site, and on the same machine under another port, which
// browsers count as the same site and send strict cookies for.
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { addDocument, enter } from "./enter.ts";
import { expect, test } from "./fixtures.ts";
import { printSheet } from "./scans.ts";

test.describe.configure({ mode: "serial" });
test.use({ installation: "other-site" });

let evil: HttpServer;
let taskId = "";

test.beforeAll(async () => {
  evil = createServer((_request, response) => {
    response.setHeader("content-type", "text/html").end("<!doctype html><title>Free prizes</title>");
  });
  await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
});
test.afterAll(() => {
  evil.close();
});
test.beforeEach(({ page, server }) => enter(page, server));

test("a document to be stolen", async ({ page, browser, server }) => {
  const pdf = await printSheet(browser, { title: "Secret", lines: ["The marker is zanzibar."] });
  taskId = await addDocument(page, server, [{ name: "secret.pdf", bytes: pdf }]);
  await page.goto("/");
  await expect(page.getByRole("link", { name: "secret.pdf" })).toBeVisible();
});

/** A page of the other site, which nobody listens to: browsers complain of each of its attempts. */
async function visit(page: Page, host: string): Promise<Page> {
  const { port } = evil.address() as AddressInfo;
  const other = await page.context().newPage();
  await other.goto(`http://${host}:${port}/`);
  return other;
}

for (const host of ["localhost", "127.0.0.1"]) {
  test(`a page on ${host}, port of its own, cannot read, show or frame anything`, async ({ page, server }) => {
    const other = await visit(page, host);
    const addresses = ["/api/v2/auth/me", `/api/v2/tasks/${taskId}`, `/api/v2/tasks/${taskId}/source`, "/"].map(
      (path) => server.url + path,
    );
    const read = await other.evaluate(
      (urls) =>
        Promise.all(
          urls.map((url) =>
            fetch(url, { credentials: "include" }).then(
              async (answer) => `read: ${await answer.text()}`,
              () => "refused",
            ),
          ),
        ),
      addresses,
    );
    expect(read).toEqual(addresses.map(() => "refused"));
    const preview = `${server.url}/api/v2/tasks/${taskId}/pages/1/preview`;
    const shown = await other.evaluate(
      (url) =>
        new Promise<string>((resolve) => {
          const image = new Image();
          image.onload = () => resolve(`shown: ${image.naturalWidth}`);
          image.onerror = () => resolve("refused");
          image.src = url;
        }),
      preview,
    );
    expect(shown).toBe("refused");
    await other.evaluate((url) => {
      const frame = document.createElement("iframe");
      frame.src = url;
      document.body.append(frame);
      return new Promise((resolve) => {
        frame.onload = resolve;
      });
    }, server.url);
    expect(other.frames().map((frame) => frame.url())).not.toContain(`${server.url}/`);
    // The same picture, asked for by our own page.
    const own = await page.request.get(preview);
    expect(own.status()).toBe(200);
  });

  test(`a form and a script on ${host} change nothing`, async ({ page, server }) => {
    for (const enctype of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      const other = await visit(page, host);
      const answered = other.waitForResponse((answer) => answer.request().method() === "POST");
      await other.evaluate(
        ([action, type]) => {
          const form = document.createElement("form");
          Object.assign(form, { action, enctype: type, method: "post" });
          document.body.append(form);
          form.submit();
        },
        [`${server.url}/trpc/auth.logoutAll`, enctype] as const,
      );
      expect((await answered).status()).toBe(403);
      await other.close();
    }
    const other = await visit(page, host);
    const sent = await other.evaluate(
      (url) =>
        fetch(url, { method: "POST", credentials: "include", mode: "no-cors", body: "{}" }).then(
          () => "sent",
          () => "refused",
        ),
      `${server.url}/api/v2/tasks/${taskId}/cancel`,
    );
    expect(["sent", "refused"]).toContain(sent);
    // Still signed in, and the document is as it was.
    await page.goto(`/tasks/${taskId}`);
    await expect(page.getByRole("tabpanel")).toContainText("zanzibar");
  });
}
