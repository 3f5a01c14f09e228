// Work folders of processes that were killed: copies of documents lie there that nobody would ever remove. Several processes may share a
// work root, so a folder is dead when its mark of life stands still for as long as this process looks, by whatever clock.
import { readdir, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";

/** How every pool's own folder in the work root begins. */
export const poolPrefix = "sandbox-";
/** How often a pool shows that it lives and looks for dead ones, ms. */
export const beatMs = 60_000;
/** Looks at a folder that stands still before it is dead: four minutes without a beat are no long pause of a busy process. */
const patientLooks = 5;

/** What was seen of each folder: its last beat, and for how many looks it has stood still. */
export type Seen = Map<string, { beat: number; looks: number }>;

/** One beat of the pool at `own`, and one look at the folders beside it. Those that stood still for long enough are removed; returns how many. */
export async function removeDeadFolders(own: string, seen: Seen): Promise<number> {
  const now = new Date();
  await utimes(own, now, now);
  const root = dirname(own);
  const before = new Map(seen);
  seen.clear();
  let removed = 0;
  for (const name of await readdir(root)) {
    const folder = join(root, name);
    if (!name.startsWith(poolPrefix) || folder === own) continue;
    const beat = (await stat(folder, { throwIfNoEntry: false }))?.mtimeMs;
    // It has just gone by itself.
    if (beat === undefined) continue;
    const last = before.get(name);
    const looks = last?.beat === beat ? last.looks + 1 : 1;
    if (looks < patientLooks) {
      seen.set(name, { beat, looks });
      continue;
    }
    await rm(folder, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}
