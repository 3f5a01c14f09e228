// The queue as a line of people: who is before whom, as the queue itself will take them.
import { assembleJob, pagesJob, planJob } from "../jobs.ts";
import { queueSchema } from "./migrate.ts";

/** A waiting job: the row id of its task, and the pages it holds (0 for a plan, whose pages nobody has counted). */
export type LineJob = { job: "plan" | "pages"; task: number; priority: number; pages: number };
export type QueueLine = {
  waiting: LineJob[];
  /** Jobs that run now. */
  running: { plans: number; pages: number; assemblies: number };
};

/** Beyond this many the exact place says nothing to anybody. */
const longest = 10_000;

type Run = (sql: string) => Promise<{ rows: Record<string, unknown>[] }>;

/** A function that reads the line. Calls that come while one reads get what it finds: hundreds of open streams ask at once. */
export function createLineReader(run: Run): () => Promise<QueueLine> {
  let reading: Promise<QueueLine> | undefined;
  return () => {
    reading ??= read(run).finally(() => {
      reading = undefined;
    });
    return reading;
  };
}

async function read(run: Run): Promise<QueueLine> {
  // The order is that in which pg-boss takes jobs of one queue (fetchNextJob in its plans.js).
  const { rows } = await run(
    `SELECT name, (data->>'task')::int AS task, priority,
       coalesce((data->>'to')::int - (data->>'from')::int + 1, 0) AS pages
     FROM ${queueSchema}.job WHERE name IN ('${planJob.name}', '${pagesJob.name}') AND state < 'active'
     ORDER BY priority DESC, created_on, id LIMIT ${longest}`,
  );
  const active = await run(
    `SELECT name, count(*)::int AS jobs FROM ${queueSchema}.job WHERE state = 'active' GROUP BY name`,
  );
  const running = (name: string) => Number(active.rows.find((row) => row.name === name)?.jobs ?? 0);
  return {
    waiting: rows.map((row) => ({
      job: row.name === planJob.name ? "plan" : "pages",
      task: Number(row.task),
      priority: Number(row.priority),
      pages: Number(row.pages),
    })),
    running: { plans: running(planJob.name), pages: running(pagesJob.name), assemblies: running(assembleJob.name) },
  };
}
