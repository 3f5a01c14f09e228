// What one person may have here at a time. Asked for in the transaction that takes it, after a lock on the person: of two requests at
// once, the second sees what the first took.
import type { Tx } from "@legible/db/scopes";
import { AppError } from "@legible/shared/errors";
import type { SignedInContext } from "../context.ts";

export type Usage = { storageBytes: number; runningTasks: number; waitingTasks: number };

/** First key of the advisory lock; the second is the person. Any number that nothing else here uses. */
const lockKey = 0x71756f74;

/** What the person of this scope has. */
export async function readUsage(tx: Tx, userId: number): Promise<Usage> {
  return { storageBytes: await storedBytes(tx, userId), ...(await countTasks(tx, userId)) };
}

/** @throws AppError QUOTA_EXCEEDED when the person has too many documents that were not started. */
export async function assertMayCreate(tx: Tx, ctx: SignedInContext, bytes: number): Promise<void> {
  const { waitingTasksPerUser: most } = ctx.deps.limits;
  await lockPerson(tx, ctx);
  const { waitingTasks } = await countTasks(tx, ctx.session.userId);
  if (waitingTasks >= most) {
    const text = `You have ${waitingTasks} documents that were not started, and ${most} are allowed. Start or delete some.`;
    throw new AppError("QUOTA_EXCEEDED", text, { details: { quota: "waitingTasksPerUser", limit: most } });
  }
  await assertRoom(tx, ctx, bytes);
}

/** @throws AppError QUOTA_EXCEEDED when too many of the person's documents are being read or wait for it. */
export async function assertMayRun(tx: Tx, ctx: SignedInContext): Promise<void> {
  const { runningTasksPerUser: most } = ctx.deps.limits;
  await lockPerson(tx, ctx);
  const { runningTasks } = await countTasks(tx, ctx.session.userId);
  if (runningTasks < most) return;
  const text = `${runningTasks} of your documents are being read, and ${most} are allowed at a time. Wait until some are done.`;
  throw new AppError("QUOTA_EXCEEDED", text, { details: { quota: "runningTasksPerUser", limit: most } });
}

/** @throws AppError QUOTA_EXCEEDED when `bytes` more would be more than the person may keep here. */
export async function assertMayStore(tx: Tx, ctx: SignedInContext, bytes: number): Promise<void> {
  await lockPerson(tx, ctx);
  await assertRoom(tx, ctx, bytes);
}

async function assertRoom(tx: Tx, ctx: SignedInContext, bytes: number): Promise<void> {
  const { storageBytesPerUser: most } = ctx.deps.limits;
  const used = await storedBytes(tx, ctx.session.userId);
  if (used + bytes <= most) return;
  const text = `Your documents take ${megabytes(used)} of ${megabytes(most)}, and this needs ${megabytes(bytes)}. Delete some.`;
  throw new AppError("QUOTA_EXCEEDED", text, { details: { quota: "storageBytesPerUser", limit: most, used } });
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000)} MB`;
}

async function lockPerson(tx: Tx, ctx: SignedInContext): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${lockKey}::int, ${ctx.session.userId}::int)`;
}

async function countTasks(tx: Tx, userId: number): Promise<Omit<Usage, "storageBytes">> {
  const where = { userId, deletedAt: null };
  return {
    runningTasks: await tx.task.count({ where: { ...where, status: "processing" } }),
    waitingTasks: await tx.task.count({ where: { ...where, status: "pending" } }),
  };
}

async function storedBytes(tx: Tx, userId: number): Promise<number> {
  // Deleted documents count until they are really gone: a deletion can be undone.
  const [row] = await tx.$queryRaw<{ bytes: number }[]>`
    SELECT coalesce(sum(file.file_size), 0)::float8 AS bytes
    FROM tool_ocr_tasks AS task JOIN tool_ocr_task_files AS file ON file.task_id = task.id
    WHERE task.user_id = ${userId} AND NOT task.file_deleted`;
  return row?.bytes ?? 0;
}
