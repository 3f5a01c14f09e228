// Which picture a preview means, under the caller's rights.
import { writeAudit } from "@legible/db/audit";
import type { Tx } from "@legible/db/scopes";
import type { PreviewPage } from "@legible/ocr/work/previews";
import { AppError } from "@legible/shared/errors";
import { mimeTypes } from "@legible/shared/file-type";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { getTaskRow } from "../task/row.ts";
import type { Noticed } from "./noticed.ts";

/** @throws AppError NOT_FOUND, also when the original is gone; CONFLICT while the page waits or is being read. */
export async function findPreview(
  ctx: SignedInContext,
  { taskId, number }: { taskId: string; number: number },
  noticed: Noticed,
): Promise<PreviewPage> {
  const { userId } = ctx.session;
  let isNew = false;
  const find = async (tx: Tx): Promise<PreviewPage> => {
    const task = await getTaskRow(tx, taskId);
    const row = await tx.taskPage.findFirst({ where: { taskId: task.id, number } });
    const file = task.files.find((candidate) => candidate.position === row?.filePosition);
    const mimeType = mimeTypes.find((known) => known === file?.mimeType);
    if (row === null || file === undefined || mimeType === undefined) throw new AppError("NOT_FOUND");
    if (row.status !== "done" && row.status !== "failed") throw new AppError("CONFLICT", "This page is not read yet.");
    const { storedPath, fileHash, position, originalName, fileSize } = file;
    if (storedPath === null || fileHash === null || task.fileDeleted) throw new AppError("NOT_FOUND");
    // Kept over a second run of the scope: the first has written nothing.
    isNew ||= noticed.isNew(userId, taskId);
    if (isNew) {
      await writeAudit(tx, {
        action: "task.previewed",
        outcome: "success",
        userId,
        object: taskId,
        ...auditFacts(ctx),
      });
    }
    const size = Number(fileSize ?? 0);
    const source = { position, storedPath, mimeType, displayName: originalName, size, sha256: fileHash };
    const { pageIndex, rotation } = row;
    return { userId, taskId, attempt: task.attempt, source, number, pageIndex, rotation };
  };
  try {
    return await ctx.deps.database.asUser(userId, find);
  } catch (error) {
    if (isNew) noticed.forget(userId, taskId);
    throw error;
  }
}
