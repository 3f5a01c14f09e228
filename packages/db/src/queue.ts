// Work that outlives a request. The job commits together with the rows it speaks of; the queue only wakes somebody up.
// Delivery is at least once and a worker that was given up may still be running: guard results with leases (page/lease.ts).
import { AppError } from "@legible/shared/errors";
import type { Log } from "@legible/shared/log";
import { fromPrisma, PgBoss } from "pg-boss";
import { connectionConfig, type DatabaseAddress } from "./connection.ts";
import { isUnavailable } from "./failure.ts";
import type { JobDefinition } from "./jobs.ts";
import { createLineReader, type QueueLine } from "./queue/line.ts";
import { queueSchema } from "./queue/migrate.ts";
import type { Tx } from "./scopes.ts";

/**
 * `signal` is aborted when the job was given to somebody else, ran too long, or the process has to end now. `priority` is what the job was
 * sent with.
 */
export type JobHandler<Payload> = (payload: Payload, signal: AbortSignal, priority: number) => Promise<void>;

export type SendOptions = {
  /** Whose work it is: the group of fair shares. */
  userId: number;
  /** Higher runs first; jobs of one priority run in the order they were sent. Default 0. */
  priority?: number;
};

export type WorkOptions = {
  /** Jobs at a time in this process. */
  concurrency: number;
};

export type QueueCounts = { waiting: number; active: number };

export type Queue = {
  /** Sends a job that exists if and when `tx` commits. */
  send<Payload extends object>(
    tx: Tx,
    job: JobDefinition<Payload>,
    payload: NoInfer<Payload>,
    options: SendOptions,
  ): Promise<void>;
  /** Runs `handler` for each job. What it throws is logged, and the job is run again later. */
  work<Payload extends object>(
    job: JobDefinition<Payload>,
    options: WorkOptions,
    handler: JobHandler<Payload>,
  ): Promise<void>;
  /** Jobs that wait and that run, of every kind. */
  counts(): Promise<QueueCounts>;
  /** Row ids of the tasks for which some job waits or runs. */
  tasksWithJobs(): Promise<Set<number>>;
  /** Lets every job run whose time lies further ahead than any repetition's: the clock was set back since it was sent. Returns how many. */
  wakeDelayed(): Promise<number>;
  /** What waits to be planned or read, first come first, and how many pages jobs run. Callers at one moment share one look. */
  line(): Promise<QueueLine>;
  /** Whether a job of this kind waits that goes before those of `priority`. */
  hasUrgent(job: JobDefinition, priority: number): Promise<boolean>;
  /** Takes no more jobs, waits up to `graceMs` for the running ones, then aborts them and hands them back. */
  stop(options: { graceMs: number }): Promise<void>;
};

/** How often dead workers are looked for, seconds; a dead one is noticed after its heartbeat plus this. */
const monitorSeconds = 10;
/**
 * How often an idle worker looks for jobs although nothing woke it, seconds: a notice may be lost, the job must not; and the
 * end of a retry's delay wakes nobody.
 */
const pollSeconds = 2;

/** No job waits longer than this by itself, seconds: the repetitions of jobs.ts come after 64 at most, with some chance in it. */
const longestDelaySeconds = 300;

/** Opens the queue on a migrated database. */
export async function openQueue(address: DatabaseAddress, log: Log): Promise<Queue> {
  const boss = new PgBoss({
    ...connectionConfig(address, "legible_queue"),
    schema: queueSchema,
    application_name: "legible-queue",
    // Fetching, beats and completing are short; the workers share these.
    max: 4,
    migrate: false,
    createSchema: false,
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: monitorSeconds,
    monitorIntervalSeconds: monitorSeconds,
    // Rebuilding an index needs its owner; this connection is not.
    reindex: false,
    registerInstance: false,
  });
  boss.on("error", (error) => log.warn({ error: error.message }, "queue"));
  boss.on("warning", (warning) => log.warn({ warning }, "queue"));
  await boss.start();
  /** The queue's own tables, over its own connections. @throws AppError UNAVAILABLE as the scopes do */
  const ask = async (sql: string, values?: unknown[]) => {
    try {
      return await boss.getDb().executeSql(sql, values);
    } catch (error) {
      throw isUnavailable(error) ? new AppError("UNAVAILABLE", undefined, { cause: error }) : error;
    }
  };
  const look = createLineReader(ask);

  return {
    async send(tx, job, payload, { userId, priority = 0 }) {
      const data = job.schema.parse(payload);
      // Only for this statement: the scope's own role cannot see the queue, and the queue's cannot see rows.
      const [before] = await tx.$queryRaw<{ role: string }[]>`
        SELECT former.role, set_config('role', 'legible_queue', true)
        FROM (SELECT current_setting('role') AS role OFFSET 0) AS former`;
      if (before === undefined) throw new AppError("INTERNAL", "The role of the transaction is unknown.");
      await boss.send(job.name, data, { group: { id: String(userId) }, priority, db: fromPrisma(tx) });
      await tx.$queryRaw`SELECT set_config('role', ${before.role}, true)`;
    },

    async work(job, { concurrency }, handler) {
      const options = {
        batchSize: 1,
        pollingIntervalSeconds: pollSeconds,
        notifyPollingIntervalSeconds: pollSeconds,
        includeMetadata: true as const,
      };
      for (let place = 0; place < concurrency; place++) {
        let worker: string | undefined;
        worker = await boss.work(job.name, options, async ([delivery]) => {
          if (delivery === undefined) return;
          try {
            await handler(job.schema.parse(delivery.data), delivery.signal, delivery.priority);
          } catch (error) {
            log.error({ err: error, job: job.name, payload: delivery.data }, "job failed");
            throw error;
          } finally {
            // Otherwise a worker that was quick sleeps out its interval while jobs wait.
            if (worker !== undefined) boss.notifyWorker(worker);
          }
        });
      }
    },

    async counts() {
      const { rows } = await ask(
        `SELECT count(*) FILTER (WHERE state < 'active')::int AS waiting, count(*) FILTER (WHERE state = 'active')::int AS active
         FROM ${queueSchema}.job WHERE state <= 'active'`,
      );
      return { waiting: Number(rows[0]?.waiting ?? 0), active: Number(rows[0]?.active ?? 0) };
    },

    async tasksWithJobs() {
      const { rows } = await ask(
        `SELECT DISTINCT (data->>'task')::int AS task FROM ${queueSchema}.job WHERE state <= 'active' AND data ? 'task'`,
      );
      return new Set(rows.map((row) => Number(row.task)));
    },

    async wakeDelayed() {
      const { rows } = await ask(
        `UPDATE ${queueSchema}.job SET start_after = now()
         WHERE state < 'active' AND start_after > now() + interval '${longestDelaySeconds} s' RETURNING 1`,
      );
      return rows.length;
    },

    line: look,

    async hasUrgent(job, priority) {
      const { rows } = await ask(
        `SELECT FROM ${queueSchema}.job
         WHERE name = $1 AND state < 'active' AND start_after <= now() AND priority > $2 LIMIT 1`,
        [job.name, priority],
      );
      return rows.length > 0;
    },

    async stop({ graceMs }) {
      await boss.stop({ graceful: true, timeout: graceMs, close: true });
    },
  };
}
