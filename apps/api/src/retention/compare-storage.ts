// Compares rows with storage, both ways. Objects that no row names are removed when they were seen so for a day: a writer puts the object
// first and its row second, and a database restored from a backup must not cost the files that are newer. What a row names and storage
// has not is read again where the upload is still there, and reported in any case.
import type { StoredDeps } from "../deps.ts";
import { namedKeys } from "./named-keys.ts";
import { type Loss, repairTask } from "./repair-task.ts";

/** An object has to be nobody's for this long, ms, as seen by this process. */
const orphanForMs = 24 * 60 * 60_000;
/** What rows name one by one. Anything else of a task is made anew when it is wanted and goes with the task. */
const judged = /^tasks\/[^/]+\/(?:uploads|pages|results)\//u;
/** Rows read at a time. */
const batch = 200;

/** When each nobody's object was first seen, ms. Kept by the caller from run to run. */
export type Orphans = Map<string, number>;
export type Comparison = {
  /** Tasks looked at. */
  tasks: number;
  /** Objects that nobody names: removed, and seen for less than a day. */
  removed: number;
  waiting: number;
  /** Objects that rows name and storage has not. */
  missing: number;
  /** Tasks that are read again because of it. */
  repaired: number;
};

/** One comparison of everything. `orphans` is changed. */
export async function compareStorage(deps: StoredDeps, orphans: Orphans, now: Date): Promise<Comparison> {
  const result: Comparison = { tasks: 0, removed: 0, waiting: 0, missing: 0, repaired: 0 };
  const nobodys = new Set<string>();
  for (let after = 0; ; ) {
    const rows = await readBatch(deps, after);
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
    for (const row of rows) {
      result.tasks++;
      const { extra, losses } = await compareTask(deps, row.id);
      for (const key of extra) nobodys.add(key);
      if (losses.length === 0) continue;
      result.missing += losses.length;
      const repaired = await repairTask(deps, row.id, losses);
      if (repaired) result.repaired++;
      deps.log.error({ taskId: row.taskId, missing: losses.map((loss) => loss.key), repaired }, "Objects are missing.");
    }
  }
  // A listing gives the objects of one task together, mostly: each is asked for once.
  let asked = { taskId: "", present: false };
  for await (const key of deps.storage.list("tasks/")) {
    const taskId = key.split("/")[1] ?? "";
    if (taskId !== asked.taskId) asked = { taskId, present: await exists(deps, taskId) };
    if (!asked.present) nobodys.add(key);
  }
  for (const key of orphans.keys()) if (!nobodys.has(key)) orphans.delete(key);
  for (const key of nobodys) {
    const since = orphans.get(key) ?? now.getTime();
    orphans.set(key, since);
    if (now.getTime() - since < orphanForMs) {
      result.waiting++;
      continue;
    }
    await deps.storage.remove(key);
    orphans.delete(key);
    result.removed++;
  }
  return result;
}

function readBatch(deps: StoredDeps, after: number) {
  return deps.database.asSystem("compare with storage", (tx) =>
    tx.task.findMany({
      where: { id: { gt: after } },
      select: { id: true, taskId: true },
      orderBy: { id: "asc" },
      take: batch,
    }),
  );
}

/** Storage is listed before the rows are read: what was written in between is named by then. */
async function compareTask(deps: StoredDeps, id: number): Promise<{ extra: string[]; losses: Loss[] }> {
  const row = await deps.database.asSystem("compare with storage", (tx) =>
    tx.task.findUnique({ where: { id }, select: { taskId: true } }),
  );
  if (row === null) return { extra: [], losses: [] };
  const present = new Set<string>();
  for await (const key of deps.storage.list(`tasks/${row.taskId}/`)) present.add(key);
  const named = await deps.database.asSystem("compare with storage", (tx) => namedKeys(tx, id));
  // Being deleted or being read: the deletion, or the lease, says what becomes of its objects.
  if (named === undefined || named.busy) return { extra: [], losses: [] };
  const names = new Set(named.keys.map((one) => one.key));
  const extra = [...present].filter((key) => judged.test(key) && !names.has(key) && !named.beside(key));
  return { extra, losses: named.keys.filter(({ key }) => !present.has(key)) };
}

async function exists(deps: StoredDeps, taskId: string): Promise<boolean> {
  const row = await deps.database.asSystem("compare with storage", (tx) =>
    tx.task.findUnique({ where: { taskId }, select: { id: true } }),
  );
  return row !== null;
}
