// The server as it is started in earnest, in a process of its own on a data folder, driven over HTTP: to be killed and started again.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { assertNoCanaries, neverLogged, noteFields, noteHeaders } from "./canaries.ts";

const main = join(import.meta.dirname, "../src/main.ts");
/** The same server, whose reader does what the documents say. */
export const scriptedMain = join(import.meta.dirname, "faults/scripted-server.ts");
export const account = { email: "admin@example.org", password: "a long enough password" };

export type RealServer = {
  child: ChildProcess;
  origin: string;
  /** What it has written to its log so far. */
  log(): string;
  /** Cookie and origin of the administrator. */
  headers: Record<string, string>;
};

/** `start`: when the bytes have arrived, unless it is false. */
export type Upload = { name: string; bytes: Uint8Array; options?: object; start?: boolean };
export type LedgerRow = { number: number; source: string | null; ms: number | null };
export type TaskState = {
  status: string;
  startedAt: string | null;
  pagesTotal: number | null;
  pagesDone: number;
  pagesFailed: number;
  error: { code: string } | null;
};

/** Starts it and signs the administrator in. `settings`: further variables. `entry`: the module that is run. */
export async function startRealServer(
  dataDir: string,
  settings: Record<string, string> = {},
  entry = main,
): Promise<RealServer> {
  const child = spawn(process.execPath, [entry], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      PORT: "0",
      DATA_DIR: dataDir,
      ADMIN_EMAIL: account.email,
      ADMIN_PASSWORD: account.password,
      LOG_LEVEL: "info",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const origin = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The server ended with ${code} before it was ready:\n${log}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      const match = /ready at (http:\S+)/u.exec(chunk.toString());
      if (match?.[1] !== undefined) resolve(match[1]);
    });
  });
  const response = await fetch(`${origin}/api/v2/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ provider: "password", ...account }),
  });
  if (response.status !== 200) throw new Error(`Signing in answered ${response.status}.`);
  noteHeaders(response.headers);
  neverLogged("password", account.password);
  const cookie = response.headers.getSetCookie().map((line) => line.split(";")[0]);
  return { child, origin, log: () => log, headers: { cookie: cookie.join("; "), origin } };
}

/** @throws Error with the answer's status when it is no success */
export async function callServer(server: RealServer, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...server.headers, ...(init.headers as Record<string, string> | undefined) };
  const response = await fetch(`${server.origin}/api/v2${path}`, { ...init, headers });
  if (!response.ok) throw new Error(`${init.method ?? "GET"} ${path} answered ${response.status}`);
  return response;
}

/** The row of a new task with one file, which is still to be sent. */
export async function createUpload(server: RealServer, { name, bytes, options, start }: Upload) {
  const body = JSON.stringify({ files: [{ name, size: bytes.length }], options, start });
  noteFields(body);
  const headers = { "content-type": "application/json" };
  const answer = await callServer(server, "/tasks", { method: "POST", headers, body });
  return (await answer.json()) as { taskId: string; uploads: { url: string }[] };
}

/** Sends a document; resolves when the server has acknowledged its bytes. */
export async function sendUpload(server: RealServer, upload: Upload): Promise<string> {
  const { taskId, uploads } = await createUpload(server, upload);
  const url = new URL(uploads[0]?.url ?? "", server.origin);
  const body = new Blob([upload.bytes.slice()]);
  const put = await fetch(url, { method: "PUT", headers: server.headers, body });
  if (put.status !== 200) throw new Error(`The upload answered ${put.status}.`);
  return taskId;
}

export async function readTask(server: RealServer, taskId: string): Promise<TaskState> {
  return (await (await callServer(server, `/tasks/${taskId}`)).json()) as TaskState;
}

export async function readLedger(server: RealServer, taskId: string): Promise<LedgerRow[]> {
  return (await (await callServer(server, `/tasks/${taskId}/pages`)).json()) as LedgerRow[];
}

/** Waits until the task is neither waiting nor running. */
export async function untilSettled(server: RealServer, taskId: string): Promise<TaskState> {
  for (;;) {
    const task = await readTask(server, taskId);
    if (task.status !== "pending" && task.status !== "processing") return task;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ends the process, waits for it, and looks through its log. */
export async function endServer({ child, log }: RealServer, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await exit;
  }
  assertNoCanaries(log());
}
