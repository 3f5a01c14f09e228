// The process is killed in the middle of a document and started again: the document completes by itself, and no page that
// was finished before is read a second time.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { textPdf } from "./text-pdf.ts";

const main = join(import.meta.dirname, "../src/main.ts");
const account = { email: "admin@example.org", password: "a long enough password" };
const pageCount = 20;
const killedDuringPage = 7;

type Server = { child: ChildProcess; origin: string; headers: Record<string, string> };
type LedgerRow = { number: number; source: string | null; ms: number | null };

let dataDir: string;
let running: Server | undefined;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "legible-kill-"));
});

afterAll(async () => {
  if (running !== undefined) await ended(running.child, "SIGTERM");
  await rm(dataDir, { recursive: true, force: true });
});

test("a server killed on page 7 of 20 completes the document after its restart and reads no finished page again", async () => {
  running = await start();
  const taskId = await upload(running);
  const before = await untilPageIsBeingRead(running, taskId);
  await ended(running.child, "SIGKILL");

  running = await start();
  const task = await untilSettled(running, taskId);
  expect(task).toMatchObject({ status: "completed", pagesTotal: pageCount, pagesDone: pageCount, pagesFailed: 0 });
  const after = await ledger(running, taskId);
  const finishedBefore = before.filter((row) => row.source !== null);
  expect(finishedBefore.length).toBeGreaterThanOrEqual(killedDuringPage - 1);
  expect(finishedBefore.length).toBeLessThan(pageCount);
  // The time a page took is measured anew whenever it is read: the same figure to the millisecond on every one means it was not.
  for (const row of finishedBefore) expect(after[row.number - 1]).toEqual(row);

  const markdown = await (await call(running, `/tasks/${taskId}/download/markdown`)).text();
  for (let number = 1; number <= pageCount; number++) expect(markdown).toContain(sentence(number));
});

function sentence(number: number): string {
  return `This is sheet ${number} of the file`;
}

async function start(): Promise<Server> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      PORT: "0",
      DATA_DIR: dataDir,
      ADMIN_EMAIL: account.email,
      ADMIN_PASSWORD: account.password,
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const origin = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The server ended with ${code} before it was ready.`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      const match = /ready at (http:\S+)/u.exec(chunk.toString());
      if (match?.[1] !== undefined) resolve(match[1]);
    });
  });
  const response = await fetch(`${origin}/api/v2/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ provider: "password", ...account }),
  });
  expect(response.status).toBe(200);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  return { child, origin, headers: { cookie, origin } };
}

async function call(server: Server, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...server.headers, ...(init.headers as Record<string, string> | undefined) };
  const response = await fetch(`${server.origin}/api/v2${path}`, { ...init, headers });
  expect(response.ok, `${path} answered ${response.status}`).toBe(true);
  return response;
}

async function upload(server: Server): Promise<string> {
  const pdf = textPdf(Array.from({ length: pageCount }, (_, index) => sentence(index + 1)));
  const created = (await (
    await call(server, "/tasks", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        files: [{ name: "sheets.pdf", size: pdf.length }],
        options: { languages: ["eng"], mode: "force" },
      }),
    })
  ).json()) as { taskId: string; uploads: { url: string }[] };
  const url = new URL(created.uploads[0]?.url ?? "", server.origin);
  const put = await fetch(url, { method: "PUT", headers: server.headers, body: new Blob([pdf.slice()]) });
  expect(put.status).toBe(200);
  return created.taskId;
}

async function ledger(server: Server, taskId: string): Promise<LedgerRow[]> {
  return (await (await call(server, `/tasks/${taskId}/pages`)).json()) as LedgerRow[];
}

async function untilPageIsBeingRead(server: Server, taskId: string): Promise<LedgerRow[]> {
  for (;;) {
    const rows = await ledger(server, taskId);
    const done = rows.filter((row) => row.source !== null).length;
    expect(done, "the document was finished before it could be killed").toBeLessThan(pageCount);
    if (done >= killedDuringPage - 1) return rows;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function untilSettled(server: Server, taskId: string): Promise<{ status: string }> {
  for (;;) {
    const task = (await (await call(server, `/tasks/${taskId}`)).json()) as { status: string };
    if (task.status !== "pending" && task.status !== "processing") return task;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function ended(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await exit;
}
