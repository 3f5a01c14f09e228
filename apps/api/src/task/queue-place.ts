// Who is before a task in the queue, and when its result may be there. The queue holds everybody's jobs, so it is read outside the
// caller's rights, and nothing but numbers leaves.
import type { QueueLine } from "@legible/db/queue/line";
import type { Deps } from "../deps.ts";
import type { TaskRow } from "./row.ts";
import { isWaiting } from "./view.ts";

export type Place = {
  /** 1 = next; null once the file is being opened. */
  position: number | null;
  estimatedMs: number | null;
};

/** Pages whose time is averaged: some minutes of work, so that the estimate follows what is being read now. */
const measuredPages = 100;

/** Places by row id, for those of `rows` that are being read or wait for it. */
export async function queuePlaces(deps: Deps, rows: TaskRow[]): Promise<Map<number, Place>> {
  const active = rows.filter((row) => row.status === "processing");
  if (active.length === 0) return new Map();
  const line = await deps.database.queue.line();
  const pageMs = await msPerPage(deps);
  return new Map(active.map((row) => [row.id, placeOf(row, line, pageMs)]));
}

/** The place of one task in `line`, when a page takes `pageMs` (null: nobody knows). */
export function placeOf(
  row: Pick<TaskRow, "id" | "status" | "pagesTotal" | "pagesDone" | "pagesFailed" | "lease"> & { files: unknown[] },
  line: QueueLine,
  pageMs: number | null,
): Place {
  const plans = line.waiting.filter((job) => job.job === "plan");
  const index = plans.findIndex((job) => job.task === row.id);
  // A task that waits and has no job in the line has been taken this moment.
  const position = isWaiting(row) ? Math.max(1, index + 1) : null;
  if (pageMs === null) return { position, estimatedMs: null };
  const own =
    row.pagesTotal === null ? Math.max(1, row.files.length) : row.pagesTotal - row.pagesDone - row.pagesFailed;
  const ahead = row.pagesTotal === null ? beforePlan(line, index) : beforePages(line, row.id);
  const atOnce = Math.max(1, line.running.pages);
  return { position, estimatedMs: Math.round((Math.max(0, own + ahead) * pageMs) / atOnce) };
}

/** Pages that are read before a plan's own: those of its priority and above, and at least one of each document planned earlier. */
function beforePlan(line: QueueLine, index: number): number {
  if (index < 0) return 0;
  const priority = line.waiting.filter((job) => job.job === "plan")[index]?.priority ?? 0;
  const pages = line.waiting.filter((job) => job.job === "pages" && job.priority >= priority);
  return index + pages.reduce((sum, job) => sum + job.pages, 0);
}

/** Pages of others that are read before the task's last one. */
function beforePages(line: QueueLine, task: number): number {
  const jobs = line.waiting.filter((job) => job.job === "pages");
  const last = jobs.findLastIndex((job) => job.task === task);
  return jobs.slice(0, last + 1).reduce((sum, job) => sum + (job.task === task ? 0 : job.pages), 0);
}

async function msPerPage(deps: Deps): Promise<number | null> {
  const [row] = await deps.database.asSystem(
    "time of a page",
    (tx) => tx.$queryRaw<{ ms: number | null }[]>`
      SELECT avg(ms)::float8 AS ms
      FROM (SELECT ms FROM tool_ocr_task_pages WHERE ms IS NOT NULL ORDER BY id DESC LIMIT ${measuredPages}) AS latest`,
  );
  return row?.ms ?? null;
}
