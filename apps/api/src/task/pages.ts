// The ledger: what became of each page.
import { pageSourceSchema, rotationSchema } from "@legible/shared/document";
import { failureCodeSchema, failureTable } from "@legible/shared/failures";
import { fromReasonColumn } from "@legible/shared/reading-reason";
import type { taskPagesOutput } from "@legible/shared/task";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { getTaskRow } from "./row.ts";

/** @throws AppError NOT_FOUND */
export async function listPages(
  ctx: SignedInContext,
  input: { taskId: string },
): Promise<z.output<typeof taskPagesOutput>> {
  const rows = await ctx.deps.database.asUser(ctx.session.userId, async (tx) => {
    const { id } = await getTaskRow(tx, input.taskId);
    return tx.taskPage.findMany({ where: { taskId: id }, orderBy: { number: "asc" } });
  });
  return rows.map((row) => ({
    ...toReason(row.reason),
    number: row.number,
    source: row.status === "failed" ? "failed" : (pageSourceSchema.safeParse(row.source).data ?? null),
    readingAgain: row.source !== null && (row.status === "waiting" || row.status === "reading"),
    rotation: rotationSchema.parse(row.rotation),
    rotationConfidence: row.rotationConfidence,
    dpi: row.dpi,
    width: row.width,
    height: row.height,
    languages: row.languages,
    confidence: row.confidence,
    lowConfidenceWords: row.lowConfidenceWords,
    ms: row.ms,
    error: toPageError(row.errorCode),
  }));
}

function toReason(column: string | null) {
  const { sentence, reason } = fromReasonColumn(column);
  return { reason: sentence, reasonCode: reason?.code ?? null, reasonParams: reason?.params ?? null };
}

function toPageError(errorCode: string | null) {
  const code = failureCodeSchema.safeParse(errorCode).data;
  return code === undefined ? null : { code, message: failureTable[code].message };
}
