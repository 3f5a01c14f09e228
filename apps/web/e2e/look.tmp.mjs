import { mkdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { chromium } from "@playwright/test";
import { chromium as launch } from "./chromium.ts";
import { startServer } from "./server.ts";

mkdirSync("/tmp/web/shots", { recursive: true });
const server = await startServer();
const browser = await chromium.launch(launch);
const context = await browser.newContext({
  baseURL: server.url,
  viewport: { width: 1440, height: 900 },
  locale: "en-GB",
});
const page = await context.newPage();
page.on("console", (m) => {
  if (["error", "warning"].includes(m.type())) console.log("CONSOLE", m.text());
});
page.on("pageerror", (e) => console.log("PAGEERROR", e.message));
try {
  const h = { origin: server.url };
  await page.request.post("/trpc/auth.setup", {
    headers: h,
    data: { email: "ada@example.org", displayName: "Ada Lovelace", password: "correct horse battery staple" },
  });
  const login = await page.request.post("/trpc/auth.login", {
    headers: h,
    data: { provider: "password", email: "ada@example.org", password: "correct horse battery staple" },
  });
  const body = await login.json();
  console.log(login.status());
  await context.addInitScript(
    (at) => localStorage.setItem("legible.sessionEndsAt", at),
    body.result.data.session.expiresAt,
  );
  const ids = [];
  for (const path of process.argv.slice(2)) {
    const bytes = readFileSync(path);
    const made = await (
      await page.request.post("/trpc/task.create", {
        headers: h,
        data: { files: [{ name: basename(path), size: bytes.length }] },
      })
    ).json();
    const { taskId, uploads } = made.result.data;
    await page.request.put(uploads[0].url, { headers: h, data: bytes });
    ids.push(taskId);
  }
  for (const id of ids) {
    for (let i = 0; i < 240; i++) {
      const { result } = await (
        await page.request.get(`/trpc/task.get?input=${encodeURIComponent(JSON.stringify({ taskId: id }))}`)
      ).json();
      if (!["pending", "processing"].includes(result.data.status)) {
        console.log(id, result.data.status, result.data.pagesTotal);
        break;
      }
      await new Promise((r) => setTimeout(r, 500));
    }
  }
  const steps = await import("/tmp/web/steps.mjs");
  await steps.default({ page, context, ids, server });
} catch (e) {
  console.log(e);
  console.log(server.log().slice(-3000));
}
await browser.close();
await server.stop();
