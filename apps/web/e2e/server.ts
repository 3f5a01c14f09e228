// The real server on an empty data folder, with the embedded database, as `npm start` runs it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "../../..");
/** A first start creates the database's folder; on a slow disk that takes some seconds. */
const startMs = 60_000;
/** Longer than the server gives itself to stop. */
const stopMs = 25_000;

export interface Server {
  url: string;
  /** Where its files and its database are. */
  dataDir: string;
  /** What it has written to its log so far. */
  log(): string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same data and at the same address. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server of its own on a free port, with `settings`. Throws with its log when it does not become ready. */
export async function startServer(settings: Record<string, string> = {}): Promise<Server> {
  if (!existsSync(join(root, "apps/web/dist/index.html"))) {
    throw new Error("apps/web/dist is missing: build the web application first (pnpm --filter @legible/web build).");
  }
  const dataDir = await mkdtemp(join(tmpdir(), "legible-e2e-"));
  // The embedded database runs as another user when the tests run as root; it must be able to come by here.
  await chmod(dataDir, 0o755);
  let log = "";
  const spawnServer = (port: string): ChildProcess => {
    const child = spawn(process.execPath, ["apps/api/src/main.ts"], {
      cwd: root,
      env: {
        PATH: process.env.PATH ?? "",
        HOME: process.env.HOME ?? "",
        DATA_DIR: dataDir,
        HOST: "127.0.0.1",
        PORT: port,
        ...settings,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
    return child;
  };
  let child = spawnServer("0");
  const ready = async () => {
    try {
      return await readyAddress(child);
    } catch (error) {
      await stop(child, dataDir);
      throw new Error(`The server did not start:\n${log}`, { cause: error });
    }
  };
  const url = await ready();
  return {
    url,
    dataDir,
    log: () => log,
    kill: async () => {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
    startAgain: async () => {
      child = spawnServer(new URL(url).port);
      await ready();
    },
    stop: () => stop(child, dataDir),
  };
}

async function readyAddress(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error("The server has no output.");
  const lines = createInterface({ input: stdout });
  const timer = setTimeout(() => child.kill("SIGKILL"), startMs);
  try {
    for await (const line of lines) {
      const address = /^Legible is ready at (\S+)$/u.exec(line)?.[1];
      if (address !== undefined) return address;
    }
  } finally {
    clearTimeout(timer);
    // Nobody reads on; a full pipe must not stop the server.
    stdout.resume();
  }
  throw new Error("It ended before it was ready.");
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), stopMs);
    await ended;
    clearTimeout(timer);
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
