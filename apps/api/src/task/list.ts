// The caller's tasks, a page at a time.
import type { listTasksInput, listTasksOutput } from "@legible/shared/task";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { viewTasks } from "./get.ts";

type Input = z.output<typeof listTasksInput>;

export async function listTasks(ctx: SignedInContext, input: Input): Promise<z.output<typeof listTasksOutput>> {
  const { page, pageSize } = input;
  const where = toWhere(input);
  const { rows, total } = await ctx.deps.database.asUser(ctx.session.userId, async (tx) => ({
    rows: await tx.task.findMany({
      where,
      orderBy: [toOrder(input), { id: input.order }],
      skip: (page - 1) * pageSize,
      take: pageSize,
      include: { files: { orderBy: { position: "asc" } } },
    }),
    total: await tx.task.count({ where }),
  }));
  return { items: await viewTasks(ctx, rows), total, page, pageSize };
}

function toWhere(input: Input) {
  const { status, filename, from, to } = input;
  return {
    deletedAt: null,
    ...(status === undefined || status.length === 0 ? {} : { status: { in: status } }),
    ...(filename === undefined ? {} : { filename: { contains: escapeLike(filename), mode: "insensitive" as const } }),
    ...(from === undefined && to === undefined
      ? {}
      : { createdAt: { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lte: to }) } }),
  };
}

function toOrder({ sort, order }: Input) {
  if (sort === "pages") return { pagesTotal: { sort: order, nulls: "last" as const } };
  if (sort === "completedAt") return { completedAt: { sort: order, nulls: "last" as const } };
  return { [sort]: order };
}

/** Prisma passes % and _ through to LIKE; a person who types them means the characters. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/gu, "\\$&");
}
