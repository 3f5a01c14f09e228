// Which object a download means, under the caller's rights; written down in the same transaction.
import { writeAudit } from "@legible/db/audit";
import { AppError } from "@legible/shared/errors";
import { fileStem } from "@legible/shared/file-name";
import { mimeTypes } from "@legible/shared/file-type";
import { type ResultFormat, resultEndings } from "@legible/shared/result-format";
import { resultBeside } from "@legible/storage/keys";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { getTaskRow, type TaskRow } from "../task/row.ts";
import { sourceName } from "./disposition.ts";
import type { Download } from "./send.ts";

const mimeTypeOf: Record<ResultFormat, string> = {
  json: "application/json; charset=utf-8",
  markdown: "text/markdown; charset=utf-8",
  pdf: "application/pdf",
  txt: "text/plain; charset=utf-8",
  // As hOCR 1.2 names it: not HTML, so that no browser shows it as a page.
  hocr: "text/vnd.hocr+html; charset=utf-8",
  alto: "application/xml; charset=utf-8",
  zip: "application/zip",
};

/** @throws AppError NOT_FOUND, CONFLICT when the task is not completed. */
export function findResult(
  ctx: SignedInContext,
  taskId: string,
  { format, version }: { format: ResultFormat; version: ResultVersion },
): Promise<Download> {
  return findAudited(ctx, taskId, { format, ...(version === "latest" ? {} : { version }) }, (row) => {
    if (row.status !== "completed") throw new AppError("CONFLICT", "The document is not completely read yet.");
    const key = version === "latest" ? keyOf(row, format) : originalKeyOf(row, format);
    if (key === null) throw new AppError("NOT_FOUND");
    const name = fileStem(row.filename) + resultEndings[format];
    const download = { key, version: key, name, mimeType: mimeTypeOf[format] };
    return format === "zip" ? { ...download, pdfKey: resultBeside(key, "pdf") } : download;
  });
}

/** With all corrections, or as the document was read. */
export type ResultVersion = "latest" | "original";

/** Results without any correction; without corrections they are the latest ones. */
function originalKeyOf(row: TaskRow, format: ResultFormat): string | null {
  return row.uncorrectedJsonPath === null ? keyOf(row, format) : resultBeside(row.uncorrectedJsonPath, format);
}

/** The row names three results; the others lie beside them. */
function keyOf(row: TaskRow, format: ResultFormat): string | null {
  if (format === "json") return row.resultJsonPath;
  if (format === "markdown") return row.resultMarkdownPath;
  if (format === "pdf") return row.resultPdfPath;
  return row.resultJsonPath === null ? null : resultBeside(row.resultJsonPath, format);
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
