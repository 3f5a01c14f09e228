// The figures of the whole installation. Totals come from sums that the tables keep; everything else looks at thirty days by an index.
import type { Tx } from "@legible/db/scopes";
import type { adminStatsInput, adminStatsOutput } from "@legible/shared/admin";
import { taskStatusSchema } from "@legible/shared/status";
import type { z } from "zod";
import { people } from "../auth/people.ts";
import type { SignedInContext } from "../context.ts";
import { readAsAdmin } from "./read.ts";

type Output = z.output<typeof adminStatsOutput>;
type Sum = { status: string; tasks: number; pages: number; bytes: number };

/** Days begin and end in `timeZone`. */
export function adminStats(ctx: SignedInContext, { timeZone }: z.output<typeof adminStatsInput>): Promise<Output> {
  return readAsAdmin(ctx, "admin.stats", async (tx) => ({
    ...(await accounts(tx)),
    ...(await totals(tx)),
    ...(await lastDay(tx)),
    byDay: await byDay(tx, timeZone),
    failures: await failures(tx),
  }));
}

async function accounts(tx: Tx): Promise<Pick<Output, "users" | "applications" | "activeUsers" | "sessions">> {
  const now = new Date();
  const since = (days: number) => ({
    ...people,
    lastSeenAt: { gte: new Date(now.getTime() - days * 24 * 60 * 60_000) },
  });
  return {
    users: await tx.user.count({ where: people }),
    applications: await tx.user.count({ where: { NOT: people } }),
    activeUsers: {
      last24Hours: await tx.user.count({ where: since(1) }),
      last30Days: await tx.user.count({ where: since(30) }),
    },
    sessions: await tx.session.count({
      where: { revokedAt: null, expiresAt: { gt: now }, absoluteExpiresAt: { gt: now } },
    }),
  };
}

async function totals(tx: Tx): Promise<Pick<Output, "tasks" | "pages" | "storageBytes">> {
  const sums = await tx.$queryRaw<Sum[]>`
    SELECT status, sum(tasks)::float8 AS tasks, sum(pages)::float8 AS pages, sum(bytes)::float8 AS bytes
    FROM legible_sums GROUP BY status`;
  const of = (status: string) => sums.find((sum) => sum.status === status);
  const count = (status: string) => of(status)?.tasks ?? 0;
  return {
    tasks: {
      pending: count("pending"),
      processing: count("processing"),
      completed: count("completed"),
      failed: count("failed"),
      cancelled: count("cancelled"),
    },
    pages: taskStatusSchema.options.reduce((pages, status) => pages + (of(status)?.pages ?? 0), 0),
    storageBytes: of("files")?.bytes ?? 0,
  };
}

async function lastDay(tx: Tx): Promise<Pick<Output, "last24Hours" | "pagesPerHour" | "waiting">> {
  const [row] = await tx.$queryRaw<
    { tasks: number; failed: number; pages: number; p50Ms: number | null; p95Ms: number | null }[]
  >`
    SELECT count(*)::int AS tasks, (count(*) FILTER (WHERE status = 'failed'))::int AS failed,
      coalesce(sum(pages_done), 0)::int AS pages,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM started_at - created_at)::float8 * 1000)
        FILTER (WHERE attempt = 1) AS "p50Ms",
      percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM started_at - created_at)::float8 * 1000)
        FILTER (WHERE attempt = 1) AS "p95Ms"
    FROM tool_ocr_tasks WHERE completed_at > now() - interval '24 hours' AND deleted_at IS NULL`;
  const { tasks = 0, failed = 0, pages = 0, p50Ms = null, p95Ms = null } = row ?? {};
  return { last24Hours: { tasks, failed, pages }, pagesPerHour: pages / 24, waiting: { p50Ms, p95Ms } };
}

function byDay(tx: Tx, timeZone: string): Promise<Output["byDay"]> {
  return tx.$queryRaw`
    WITH today AS (SELECT (now() AT TIME ZONE ${timeZone})::date AS today),
    settled AS (
      SELECT (completed_at AT TIME ZONE ${timeZone})::date AS day, count(*) AS tasks,
        count(*) FILTER (WHERE status = 'failed') AS failed, sum(pages_done) AS pages
      FROM tool_ocr_tasks
      WHERE completed_at >= (SELECT (today - 29)::timestamp AT TIME ZONE ${timeZone} FROM today) AND deleted_at IS NULL
      GROUP BY 1
    )
    SELECT to_char(today - ago, 'YYYY-MM-DD') AS day, coalesce(tasks, 0)::int AS tasks, coalesce(failed, 0)::int AS failed,
      coalesce(pages, 0)::int AS pages
    FROM today CROSS JOIN generate_series(29, 0, -1) AS ago LEFT JOIN settled ON settled.day = today - ago
    ORDER BY ago DESC`;
}

function failures(tx: Tx): Promise<Output["failures"]> {
  return tx.$queryRaw`
    SELECT coalesce(error_code, 'INTERNAL') AS code, count(*)::int AS count FROM tool_ocr_tasks
    WHERE completed_at > now() - interval '30 days' AND status = 'failed' AND deleted_at IS NULL
    GROUP BY 1 ORDER BY 2 DESC, 1`;
}
