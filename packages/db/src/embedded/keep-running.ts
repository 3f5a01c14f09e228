// The embedded server has nobody else to look after it: when it ends although nobody stopped it (killed for its memory, say, or by
// hand), it is started again at the same place, and every connection finds it there.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "@legible/shared/log";
import { type Installation, isPostgres, startServer } from "./process.ts";

/** How often it is looked for, ms. */
const everyMs = 1_000;
/** A start that fails again and again is told once in so many tries. */
const toldEvery = 60;

export type Keeper = { /** Ends the watch, after the start in hand. */ stop(): Promise<void> };

/** Watches the server of `installation` on `socketFolder` until stopped. `extra`: settings it was started with. */
export function keepRunning(
  installation: Installation,
  socketFolder: string,
  extra: Record<string, string>,
  log: Log,
): Keeper {
  let starting: Promise<void> | undefined;
  let failures = 0;
  const start = async () => {
    if (failures === 0) log.error({}, "The embedded database has ended by itself; it is started again.");
    try {
      await startServer(installation, extra, socketFolder);
      failures = 0;
      log.info({}, "The embedded database is running again.");
    } catch (error) {
      // The processes of the old one may need a moment to end.
      if (failures++ % toldEvery === 0) log.error({ error: String(error) }, "The embedded database did not start.");
    }
  };
  const timer = setInterval(() => {
    if (starting !== undefined || isRunning(installation.folder)) return;
    starting = start().finally(() => {
      starting = undefined;
    });
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await starting;
    },
  };
}

function isRunning(folder: string): boolean {
  const pid = Number(firstLine(join(folder, "postmaster.pid")));
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return isPostgres(pid);
}

function firstLine(file: string): string {
  try {
    return readFileSync(file, "utf8").split("\n")[0] ?? "";
  } catch {
    return ""; // there is none: the server took it away as it ended
  }
}
