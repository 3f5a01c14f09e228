// One running installation per data folder. PostgreSQL guards its own folder; this guards the files beside it, and says
// clearly who is in the way. The lock lies outside the database folder and is never taken from a living process.
import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, readlinkSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { DatabaseStartError } from "../start-error.ts";

const holderSchema = z.object({ pid: z.int(), startedAt: z.string(), space: z.string(), token: z.string() });
type Holder = z.infer<typeof holderSchema>;

/** How often the holder shows that it lives, and after how long without a sign it is dead, ms. */
const beatMs = 5_000;
const silentMs = 20_000;

/**
 * Takes DATA_DIR/legible.lock; the returned function gives it back.
 * @throws DatabaseStartError while another installation is running on the folder.
 */
export function takeLock(dataDir: string): () => void {
  const file = join(dataDir, "legible.lock");
  const own: Holder = {
    pid: process.pid,
    startedAt: startOf(process.pid) ?? "",
    space: processSpace(),
    token: randomUUID(),
  };
  const draft = `${file}.${own.token}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    // A dead holder is removed once; whoever links first then holds the lock.
    for (let tries = 0; tries < 3 && !linked(draft, file); tries++) {
      const holder = readHolder(file);
      if (holder !== undefined && isAlive(holder, file)) {
        throw new DatabaseStartError(
          `The data folder ${dataDir} is in use by another running Legible (process ${holder.pid}): stop that one first, or choose another DATA_DIR.`,
        );
      }
      rmSync(file, { force: true });
    }
    if (readHolder(file)?.token !== own.token) {
      throw new DatabaseStartError(`The data folder ${dataDir} was taken by another Legible starting at this moment.`);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const beat = setInterval(() => touch(file), beatMs);
  beat.unref();
  return () => {
    clearInterval(beat);
    if (readHolder(file)?.token === own.token) rmSync(file, { force: true });
  };
}

function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined; // absent, or not ours: it names no living process
  }
}

function touch(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    return; // the folder is gone or read-only; the database will say so
  }
}

function isAlive(holder: Holder, file: string): boolean {
  // Process numbers of another container mean nothing here; its beat does.
  if (holder.space !== processSpace()) {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats !== undefined && Date.now() - stats.mtimeMs < silentMs;
  }
  const startedAt = startOf(holder.pid);
  return startedAt !== undefined && startedAt === holder.startedAt;
}

/** Tells process numbers of this machine, boot and container from others. */
function processSpace(): string {
  try {
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** When the process began (clock ticks after boot; empty where there is no /proc), or undefined when it is not there. */
function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses and may hold anything; field 22 is the start.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    // A zombie has ended and only waits to be counted.
    return fields[0] === "Z" ? undefined : (fields[19] ?? "");
  } catch {
    if (process.platform === "linux") return undefined;
  }
  try {
    process.kill(pid, 0);
    return "";
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM" ? "" : undefined;
  }
}
