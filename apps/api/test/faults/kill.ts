// Kills what a server consists of: itself, one of its sandboxed children, or everything at once as a power cut does.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { endServer, type RealServer } from "../real-server.ts";

export const victims = ["server", "child", "machine"] as const;
export type Victim = (typeof victims)[number];

/** SIGKILL. True when there was something to kill: a server that does nothing may have no child. */
export async function kill(victim: Victim, server: RealServer, dataDir: string): Promise<boolean> {
  if (victim === "child") {
    const [child] = childrenOf(server.child.pid ?? 0);
    return child !== undefined && killed(child);
  }
  if (victim === "machine") killDatabase(dataDir);
  await endServer(server, "SIGKILL");
  return true;
}

/** SIGKILL for every process of the embedded database. */
export function killDatabase(dataDir: string): void {
  const postmaster = Number(readFileSync(join(dataDir, "db/postmaster.pid"), "utf8").split("\n")[0]);
  for (const pid of [...childrenOf(postmaster), postmaster]) killed(pid);
}

/** False when it has ended by itself meanwhile. */
function killed(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

/** Process ids of the direct children of `parent`, by /proc. */
function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    // pid (name) state parent …; the name may hold spaces and brackets.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch (error) {
    // It has ended since the folder was listed.
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}
