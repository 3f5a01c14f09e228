// How many tasks were started earlier and still wait. A count over everybody's tasks, so it is read outside the caller's rights
// and nothing but numbers leaves.
import type { Deps } from "../deps.ts";
import type { TaskRow } from "./row.ts";
import { isWaiting } from "./view.ts";

/** Beyond this many the exact place says nothing to anybody. */
const maxCounted = 10_000;

/** 1-based positions by numeric task id, for those of `rows` that wait. */
export async function queuePositions(deps: Deps, rows: TaskRow[]): Promise<Map<number, number>> {
  const waiting = rows.filter(isWaiting);
  if (waiting.length === 0) return new Map();
  const lastId = Math.max(...waiting.map((row) => row.id));
  const ahead = await deps.database.asSystem("queue position", (tx) =>
    tx.task.findMany({
      where: { status: "processing", pagesTotal: null, lease: null, deletedAt: null, id: { lte: lastId } },
      select: { id: true },
      orderBy: { id: "asc" },
      take: maxCounted,
    }),
  );
  const places = new Map(ahead.map(({ id }, index) => [id, index + 1]));
  return new Map(waiting.map((row) => [row.id, places.get(row.id) ?? maxCounted]));
}
