// What a disturbed server left in its tables and its storage; looked at when it is down.
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase } from "@legible/db/database";
import { silentLog } from "@legible/db/testing";
import { poolPrefix, removeDeadFolders, type Seen } from "@legible/ocr/sandbox/dead-folders";
import { openDiskStorage } from "@legible/storage/disk";
import { compareStorage, type Orphans } from "../../src/retention/compare-storage.ts";

/** What nobody names is removed when it was seen so for a day, ms. */
const dayMs = 24 * 60 * 60_000;

/** Looks of a living server at the work folders of killed ones, after which none may be left. */
const looksAtWork = 5;

/** Files that nobody names after the sweeps, in storage and in the work folders, and tasks that were completed more often than the `readings` they were given. `url`: of an operator's database. */
export async function countLeftovers(
  dataDir: string,
  taskIds: readonly string[],
  readings: number,
  url?: string,
): Promise<{ orphans: number; doubled: number }> {
  const database = await openDatabase({ dataDir, url, log: silentLog });
  try {
    const storage = await openDiskStorage(join(dataDir, "files"));
    const seen: Orphans = new Map();
    for (const days of [0, 1]) {
      const at = new Date(Date.now() + days * dayMs);
      const { missing } = await compareStorage({ database, storage, log: silentLog }, seen, at);
      if (missing > 0) throw new Error(`${missing} objects that rows name are not in storage.`);
    }
    const rows = await database.asSystem("count what a fault left", async (tx) => ({
      tasks: await tx.task.findMany({ include: { files: true, pages: true } }),
      completions: await tx.auditLog.groupBy({ by: ["object"], where: { action: "task.completed" }, _count: true }),
    }));
    const named = new Set<string>();
    const prefixes: string[] = [];
    for (const task of rows.tasks) {
      for (const file of task.files) named.add(file.storedPath ?? "");
      for (const page of task.pages) named.add(page.resultPath ?? "");
      // The other formats lie beside the three that the row names.
      if (task.resultJsonPath !== null)
        prefixes.push(task.resultJsonPath.slice(0, task.resultJsonPath.lastIndexOf("/") + 1));
    }
    let orphans = 0;
    for await (const key of storage.list("")) {
      if (!named.has(key) && !prefixes.some((prefix) => key.startsWith(prefix))) orphans++;
    }
    orphans += await countWork(join(dataDir, "work"));
    const times = new Map(rows.completions.map(({ object, _count }) => [object, _count]));
    const doubled = taskIds.filter((taskId) => (times.get(taskId) ?? 0) > readings).length;
    return { orphans, doubled };
  } finally {
    await database.close();
  }
}

/** Files that are left in the work folders of killed servers when another one has looked at them for a while. */
async function countWork(root: string): Promise<number> {
  const own = join(root, `${poolPrefix}looking`);
  await mkdir(own, { recursive: true });
  const seen: Seen = new Map();
  for (let looks = 0; looks < looksAtWork; looks++) await removeDeadFolders(own, seen);
  await rm(own, { recursive: true });
  const left = await readdir(root, { recursive: true, withFileTypes: true });
  return left.filter((entry) => entry.isFile()).length;
}
