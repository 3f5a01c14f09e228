// Which object a download means, under the caller's rights; written down in the same transaction.
import { writeAudit } from "@legible/db/audit";
import { AppError } from "@legible/shared/errors";
import { fileStem } from "@legible/shared/file-name";
import { mimeTypes } from "@legible/shared/file-type";
import type { ResultFormat } from "@legible/shared/task";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { getTaskRow, type TaskRow } from "../task/row.ts";
import { sourceName } from "./disposition.ts";
import type { Download } from "./send.ts";

const results: Record<ResultFormat, { extension: string; mimeType: string; key(row: TaskRow): string | null }> = {
  json: { extension: ".json", mimeType: "application/json; charset=utf-8", key: (row) => row.resultJsonPath },
  markdown: { extension: ".md", mimeType: "text/markdown; charset=utf-8", key: (row) => row.resultMarkdownPath },
  pdf: { extension: ".pdf", mimeType: "application/pdf", key: (row) => row.resultPdfPath },
};

/** @throws AppError NOT_FOUND, CONFLICT when the task is not completed. */
export function findResult(ctx: SignedInContext, taskId: string, format: ResultFormat): Promise<Download> {
  return findAudited(ctx, taskId, { format }, (row) => {
    if (row.status !== "completed") throw new AppError("CONFLICT", "The document is not completely read yet.");
    const { extension, mimeType, key } = results[format];
    const path = key(row);
    if (path === null) throw new AppError("NOT_FOUND");
    return { key: path, version: path, name: fileStem(row.filename) + extension, mimeType };
  });
}

/** The original at `position` (1-based). @throws AppError NOT_FOUND, also when it has not arrived or was removed. */
export function findSource(ctx: SignedInContext, taskId: string, position: number): Promise<Download> {
  return findAudited(ctx, taskId, { format: "source", position }, (row) => {
    const file = row.files.find((candidate) => candidate.position === position);
    const mimeType = mimeTypes.find((known) => known === file?.mimeType);
    if (file === undefined || file.storedPath === null || mimeType === undefined || row.fileDeleted) {
      throw new AppError("NOT_FOUND");
    }
    const version = `${file.storedPath} ${file.fileHash}`;
    return { key: file.storedPath, version, name: sourceName(file.originalName, mimeType), mimeType };
  });
}

function findAudited(
  ctx: SignedInContext,
  taskId: string,
  details: Record<string, string | number>,
  choose: (row: TaskRow) => Download,
): Promise<Download> {
  const { userId } = ctx.session;
  return ctx.deps.database.asUser(userId, async (tx) => {
    const download = choose(await getTaskRow(tx, taskId));
    await writeAudit(tx, {
      action: "task.downloaded",
      outcome: "success",
      userId,
      object: taskId,
      details,
      ...auditFacts(ctx),
    });
    return download;
  });
}
