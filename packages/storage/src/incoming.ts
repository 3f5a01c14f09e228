// Objects are written here first, inside the storage's own folder so that a rename can put them in place. A name tells which
// process writes it: what a killed process left is swept at the next start, what a living one writes is left alone.
import { createHash, randomUUID } from "node:crypto";
import { lstat, mkdir, readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** Not a key, because of the dot: no object can be taken for the folder. */
export const incomingFolder = ".incoming";

/** Files of other machines on a shared folder cannot be asked for their process: after a day nobody writes them. */
const foreignAgeMs = 24 * 60 * 60 * 1000;

/** A path that nobody else uses, below `root`. */
export function incomingPath(root: string): string {
  return join(root, incomingFolder, `${machine()}.${process.pid}.${processStart()}.${randomUUID()}`);
}

/** Makes the folder and removes from it what no living process is writing. */
export async function sweepIncoming(root: string): Promise<void> {
  const folder = join(root, incomingFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (await isLeftover(name, path)) await rm(path, { force: true, recursive: true });
  }
}

async function isLeftover(name: string, path: string): Promise<boolean> {
  const [host, pid, start] = name.split(".");
  if (host !== machine()) {
    const stats = await lstat(path).catch(() => undefined); // gone meanwhile: its writer finished
    return stats !== undefined && Date.now() - stats.mtimeMs > foreignAgeMs;
  }
  if (Number(pid) === process.pid) return start !== processStart();
  return !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function machine(): string {
  return createHash("sha256").update(hostname()).digest("hex").slice(0, 12);
}

/** In a container every process may have the same number; the time of its start tells two of them apart. */
function processStart(): string {
  return String(Math.round(performance.timeOrigin));
}
