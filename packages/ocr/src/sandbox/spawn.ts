// Makes the process in which hostile bytes are decoded: no secrets, no network, no files but its own, low priority, bounded memory.
import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import type { Duplex } from "node:stream";

/** Memory of the process, bytes, WebAssembly included. A 25-megapixel page needs about 0.9 GB. */
export const defaultMemoryBytes = 1_600_000_000;
/** V8 reserves this much for compiled code in the main thread, bytes; unused, but `ulimit -d` (RLIMIT_DATA) counts it since Linux 4.7. */
const codeRangeBytes = 512 * 1024 * 1024;
/** JavaScript heap of the process, MB: answers and word trees only; images and models live outside it. */
const heapMegabytes = 384;
/** What is kept of the process's complaints, bytes: enough to tell how it died. */
const stderrBytes = 4096;
/** Below the API's priority, so that a page being read never makes a request wait. */
const niceness = "10";

export type SpawnOptions = {
  /** The process's own work folder: the only place it may write. */
  folder: string;
  /** Where an administrator drops language files; readable. */
  languagesDir?: string;
  memoryBytes: number;
  /** The module the process runs; tests give stubs that crash, hang or lie. */
  entry: string;
};

export type SpawnedProcess = {
  process: ChildProcess;
  channel: Duplex;
  /** The last words on stderr. They may hold text of the document: never logged, only searched. */
  lastWords(): string;
};

/** The packages, and nothing else of the installation: its data folder and its .env stay out of reach. */
const projectRoot = resolve(import.meta.dirname, "../../../..");
const readable = ["packages/ocr", "packages/shared", "node_modules"].map((path) => join(projectRoot, path));

/** Starts a sandboxed process. Nothing it holds outlives the caller's process, however that one ends. */
export function spawnSandboxed(options: SpawnOptions): SpawnedProcess {
  const folder = realpathSync(options.folder);
  const read = [...readable, folder, options.entry, ...(options.languagesDir ? [options.languagesDir] : [])];
  const node = [
    process.execPath,
    "--permission",
    ...read.map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${folder}`,
    "--allow-worker",
    `--max-old-space-size=${heapMegabytes}`,
    `--import=${join(import.meta.dirname, "preload.ts")}`,
    options.entry,
    ...(options.languagesDir ? [options.languagesDir] : []),
  ];
  const limits = `ulimit -c 0; ulimit -d ${Math.floor((options.memoryBytes + codeRangeBytes) / 1024)} 2>/dev/null; exec "$@"`;
  const child = spawn("/bin/sh", ["-c", limits, "sh", "nice", "-n", niceness, ...dieWithParent(), ...node], {
    cwd: folder,
    env: { PATH: "/usr/bin:/bin", LANG: "C.UTF-8", TMPDIR: folder, UV_THREADPOOL_SIZE: "2" },
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let tail = Buffer.alloc(0);
  child.stderr?.on("data", (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]).subarray(-stderrBytes);
  });
  return { process: child, channel: child.stdio[3] as Duplex, lastWords: () => tail.toString("latin1") };
}

/** Linux kills the process when its parent dies, even while its main thread hangs; elsewhere the closed channel ends it. */
function dieWithParent(): string[] {
  const setpriv = "/usr/bin:/bin"
    .split(delimiter)
    .map((path) => join(path, "setpriv"))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  return setpriv === undefined ? [] : [setpriv, "--pdeathsig", "KILL", "--no-new-privs"];
}
