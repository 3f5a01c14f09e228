// A real server in a folder of its own, driven over HTTP as any caller would: what the benches measure.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const email = "bench@example.org";
const password = "bench-password-1";

export type BenchServer = {
  pid: number;
  /** From spawning the process to its ready line, ms. */
  startMs: number;
  /** Uploads `files` as one document and waits for its end. */
  read(files: { name: string; bytes: Uint8Array }[]): Promise<Reading>;
  download(taskId: string, format: "json" | "markdown" | "pdf"): Promise<Uint8Array>;
  /** One call that reads an account and nothing else. */
  me(): Promise<void>;
  pages(taskId: string): Promise<{ number: number; ms: number | null; source: string | null }[]>;
  stop(): Promise<void>;
};

export type Reading = {
  taskId: string;
  status: string;
  pagesTotal: number;
  /** From the first byte of the first PUT to the settled status, ms. */
  wallMs: number;
};

/**
 * Starts the server on a free port; `dataDir` keeps its data for a second start, else a temporary folder is used and removed. `settings`:
 * further variables.
 */
export async function startServer(dataDir?: string, settings: Record<string, string> = {}): Promise<BenchServer> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), "legible-bench-")));
  const port = await freePort();
  const began = performance.now();
  const child = spawn(join(root, "node_modules/node/bin/node"), [join(root, "apps/api/src/main.ts")], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      PORT: String(port),
      DATA_DIR: folder,
      ADMIN_EMAIL: email,
      ADMIN_PASSWORD: password,
      LOG_LEVEL: "error",
      // A bench asks as often as it can.
      RATE_LIMIT_ADDRESS: "0",
      RATE_LIMIT_PERSON: "0",
      NODE_COMPILE_CACHE: join(root, "node_modules/.cache/compile"),
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await readyLine(child);
  const startMs = performance.now() - began;
  const origin = `http://127.0.0.1:${port}`;
  const cookie = await signIn(origin);
  const headers = { cookie, origin };

  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${origin}/api/v2${path}`, { ...init, headers: { ...headers, ...init.headers } });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response;
  }

  /** Waits on the stream that people's pages wait on: asking again and again would take a tenth of the machine that is measured. */
  async function settled(taskId: string): Promise<{ status: string; pagesTotal: number }> {
    const input = encodeURIComponent(JSON.stringify({ taskId }));
    const response = await fetch(`${origin}/trpc/task.watch?input=${input}`, {
      headers: { ...headers, accept: "text/event-stream" },
    });
    let text = "";
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines.filter((candidate) => candidate.startsWith("data: {"))) {
        const { status, pagesTotal } = JSON.parse(line.slice("data: ".length));
        if (["completed", "failed", "cancelled"].includes(status)) return { status, pagesTotal };
      }
    }
    throw new Error(`The stream of task ${taskId} ended before it (${response.status}).`);
  }

  return {
    pid: child.pid ?? 0,
    startMs,
    async read(files) {
      const created = (await (
        await call("/tasks", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({
            files: files.map((file) => ({ name: file.name, size: file.bytes.length })),
            options: { languages: ["eng"] },
          }),
        })
      ).json()) as { taskId: string; uploads: { url: string }[] };
      const start = performance.now();
      for (const [index, upload] of created.uploads.entries()) {
        const bytes = files[index]?.bytes ?? new Uint8Array();
        const response = await fetch(new URL(upload.url, origin), {
          method: "PUT",
          headers,
          body: new Blob([bytes.slice()]),
        });
        if (!response.ok) throw new Error(`The upload answered ${response.status}: ${await response.text()}`);
      }
      const { status, pagesTotal } = await settled(created.taskId);
      return { taskId: created.taskId, status, pagesTotal, wallMs: performance.now() - start };
    },
    async me() {
      await (await call("/auth/me")).arrayBuffer();
    },
    async download(taskId, format) {
      return new Uint8Array(await (await call(`/tasks/${taskId}/download/${format}`)).arrayBuffer());
    },
    async pages(taskId) {
      return (await (await call(`/tasks/${taskId}/pages`)).json()) as { number: number; ms: number; source: string }[];
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function signIn(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/v2/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ provider: "password", email, password }),
  });
  if (!response.ok) throw new Error(`Signing in answered ${response.status}: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

function readyLine(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The server ended with code ${code} before it was ready.`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("Legible is ready")) resolve();
    });
  });
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/** Resident memory of a process and all its descendants, bytes (Linux: sum of Pss where readable, so shared pages count once). */
export async function treeMemory(pid: number): Promise<number> {
  const { readdir } = await import("node:fs/promises");
  const parents = new Map<number, number>();
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/u.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, "utf8").catch(() => "");
    const parent = /\) \S (\d+)/u.exec(stat)?.[1];
    if (parent !== undefined) parents.set(Number(entry), Number(parent));
  }
  let sum = 0;
  for (const candidate of parents.keys()) {
    let ancestor: number | undefined = candidate;
    while (ancestor !== undefined && ancestor !== pid && ancestor > 1) ancestor = parents.get(ancestor);
    if (ancestor !== pid) continue;
    const smaps = await readFile(`/proc/${candidate}/smaps_rollup`, "utf8").catch(() => "");
    sum += Number(/^Pss:\s+(\d+) kB/mu.exec(smaps)?.[1] ?? 0) * 1024;
  }
  return sum;
}
