import { AppError } from "@legible/shared/errors";
import { type TaskMove, taskMoves } from "@legible/shared/task-moves";
import type { Prisma, Task } from "../generated/client.ts";
import type { Tx } from "../scopes.ts";

/** Columns that may change together with the status. */
export type MoveColumns = Omit<
  Prisma.TaskUncheckedUpdateManyInput,
  "id" | "status" | "revision" | "lease" | "leaseUntil"
>;

/**
 * Moves the task (by its row's id) along the table in shared/task-moves.ts if its status still allows it, and returns the row.
 * Whoever was planning or assembling it loses the lease.
 * @throws AppError CONFLICT when the status does not allow it, NOT_FOUND when this scope cannot see the task.
 */
export async function moveTask(tx: Tx, taskId: number, move: TaskMove, set: MoveColumns = {}): Promise<Task> {
  const { from, to } = taskMoves[move];
  const [moved] = await tx.task.updateManyAndReturn({
    where: { id: taskId, status: { in: [...from] } },
    data: { ...set, status: to, revision: { increment: 1 }, lease: null, leaseUntil: null },
  });
  if (moved !== undefined) return moved;
  const seen = await tx.task.findUnique({ where: { id: taskId }, select: { status: true } });
  if (seen === null) throw new AppError("NOT_FOUND");
  throw new AppError("CONFLICT", undefined, { details: { status: seen.status, move } });
}
