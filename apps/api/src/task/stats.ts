// The caller's tasks in numbers.
import type { taskStatsOutput } from "@legible/shared/task";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";

type Row = { status: string; tasks: number; pages: number; ms: number | null; timed: number };

export async function taskStats(ctx: SignedInContext): Promise<z.output<typeof taskStatsOutput>> {
  const byStatus = await ctx.deps.database.asUser(
    ctx.session.userId,
    // One statement, answered from one index: the person is named although the policy says it, too.
    (tx) => tx.$queryRaw<Row[]>`
      SELECT status, count(*)::int AS tasks, sum(pages_done)::int AS pages, sum(processing_time_ms)::float8 AS ms,
        count(processing_time_ms)::int AS timed
      FROM tool_ocr_tasks WHERE user_id = ${ctx.session.userId} AND deleted_at IS NULL GROUP BY status`,
  );
  const sum = (number: (row: Row) => number | null) => byStatus.reduce((total, row) => total + (number(row) ?? 0), 0);
  const timed = sum((row) => row.timed);
  const count = (status: string) => byStatus.find((row) => row.status === status)?.tasks ?? 0;
  return {
    total: sum((row) => row.tasks),
    pending: count("pending"),
    processing: count("processing"),
    completed: count("completed"),
    failed: count("failed"),
    cancelled: count("cancelled"),
    pages: sum((row) => row.pages),
    averageProcessingMs: timed === 0 ? null : sum((row) => row.ms) / timed,
  };
}
