// The caller's tasks in numbers.
import type { taskStatsOutput } from "@legible/shared/task";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";

export async function taskStats(ctx: SignedInContext): Promise<z.output<typeof taskStatsOutput>> {
  const where = { deletedAt: null };
  const { byStatus, sums } = await ctx.deps.database.asUser(ctx.session.userId, async (tx) => ({
    byStatus: await tx.task.groupBy({ by: ["status"], where, _count: true }),
    sums: await tx.task.aggregate({ where, _sum: { pagesDone: true }, _avg: { processingTimeMs: true } }),
  }));
  const count = (status: string) => byStatus.find((row) => row.status === status)?._count ?? 0;
  return {
    total: byStatus.reduce((sum, row) => sum + row._count, 0),
    pending: count("pending"),
    processing: count("processing"),
    completed: count("completed"),
    failed: count("failed"),
    cancelled: count("cancelled"),
    pages: sums._sum.pagesDone ?? 0,
    averageProcessingMs: sums._avg.processingTimeMs,
  };
}
