// Short ways for tests that are not about signing in and uploading.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, type Page } from "@playwright/test";
import type { Server } from "./server.ts";

const password = "correct horse battery staple";
const ada = { email: "ada@example.org", name: "Ada Lovelace" };
export type Person = typeof ada;
/** As the page keeps it (src/api/session.ts). */
const storageKey = "legible.sessionEndsAt";

/** Signs in on this page; makes the first administrator, Ada, where there is none yet. */
export async function enter(page: Page, server: Server, person: Person = ada): Promise<void> {
  await call(page, server, "auth.setup", { email: ada.email, password, displayName: ada.name });
  const answer = await call(page, server, "auth.login", { provider: "password", email: person.email, password });
  const { session } = answer as { session: { expiresAt: string } };
  await page.addInitScript(([key, at]) => localStorage.setItem(key, at), [storageKey, session.expiresAt] as const);
}

/** One more person, with that many documents. Ada must be there. */
export async function addPerson(server: Server, person: Person, documents = 0): Promise<void> {
  const script = join(import.meta.dirname, "../../../packages/db/scripts/seed-installation.ts");
  await promisify(execFile)(process.execPath, [script, server.dataDir, person.email, person.name, String(documents)]);
}

/** Types the password on the page itself. */
export async function signIn(page: Page, person: Person = ada): Promise<void> {
  await page.getByRole("textbox", { name: "E-mail" }).fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
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
  { start = true, withinMs = 90_000 } = {},
): Promise<string> {
  const named = files.map(({ name, bytes }) => ({ name, size: bytes.length }));
  const made = await call(page, server, "task.create", { files: named, start });
  const { taskId, uploads } = made as { taskId: string; uploads: { url: string }[] };
  for (const [index, { url }] of uploads.entries()) {
    const put = await page.request.put(url, { headers: { origin: server.url }, data: files[index]?.bytes ?? "" });
    expect(put.status()).toBe(200);
  }
  if (start) await expect.poll(() => statusOf(page, taskId), { timeout: withinMs }).toMatch(/completed|failed/u);
  return taskId;
}

async function statusOf(page: Page, taskId: string): Promise<string> {
  const answer = await page.request.get(`/api/v2/tasks/${taskId}`);
  return ((await answer.json()) as { status: string }).status;
}
