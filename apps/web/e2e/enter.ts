// Short ways for tests that are not about signing in and uploading.
import { expect, type Page } from "@playwright/test";
import type { Server } from "./server.ts";

const person = { email: "ada@example.org", password: "correct horse battery staple" };
/** As the page keeps it (src/api/session.ts). */
const storageKey = "legible.sessionEndsAt";

/** Signs in on this page; makes the first administrator where there is none yet. */
export async function enter(page: Page, server: Server): Promise<void> {
  await call(page, server, "auth.setup", { ...person, displayName: "Ada Lovelace" });
  const answer = await call(page, server, "auth.login", { provider: "password", ...person });
  const { session } = answer as { session: { expiresAt: string } };
  await page.addInitScript(([key, at]) => localStorage.setItem(key, at), [storageKey, session.expiresAt] as const);
}

/** What a mutation answers; undefined when it is refused. */
export async function call(page: Page, server: Server, procedure: string, input: object): Promise<unknown> {
  const answer = await page.request.post(`/trpc/${procedure}`, { headers: { origin: server.url }, data: input });
  return ((await answer.json()) as { result?: { data: unknown } }).result?.data;
}

/** A document of these files, read to its end unless it is not to be started. Its id. */
export async function addDocument(
  page: Page,
  server: Server,
  files: { name: string; bytes: Buffer }[],
  { start = true } = {},
): Promise<string> {
  const named = files.map(({ name, bytes }) => ({ name, size: bytes.length }));
  const made = await call(page, server, "task.create", { files: named, start });
  const { taskId, uploads } = made as { taskId: string; uploads: { url: string }[] };
  for (const [index, { url }] of uploads.entries()) {
    const put = await page.request.put(url, { headers: { origin: server.url }, data: files[index]?.bytes ?? "" });
    expect(put.status()).toBe(200);
  }
  if (start) await expect.poll(() => statusOf(page, taskId), { timeout: 90_000 }).toMatch(/completed|failed/u);
  return taskId;
}

async function statusOf(page: Page, taskId: string): Promise<string> {
  const answer = await page.request.get(`/api/v2/tasks/${taskId}`);
  return ((await answer.json()) as { status: string }).status;
}
