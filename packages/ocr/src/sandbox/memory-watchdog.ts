// The memory limit where `ulimit -d` does not hold (everywhere but Linux): the process is looked at from outside.
import { execFile } from "node:child_process";

/** How often, ms. */
const intervalMs = 250;

/**
 * Calls `exceeded` when process `pid` holds more than `limit` bytes of resident memory. Returns how to stop watching.
 * `everywhere` makes it watch on Linux too (tests).
 */
export function watchMemory(pid: number, limit: number, exceeded: () => void, everywhere = false): () => void {
  if (process.platform === "linux" && !everywhere) return () => undefined;
  const timer = setInterval(() => {
    // POSIX ps: resident set size in units of 1024 bytes.
    execFile("ps", ["-o", "rss=", "-p", String(pid)], (error, stdout) => {
      if (error === null && Number(stdout.trim()) * 1024 > limit) exceeded();
    });
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
