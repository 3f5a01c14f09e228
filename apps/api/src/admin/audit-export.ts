// The audit log as a file, newest first, read in batches: memory stays that of one, and no transaction lasts as long as a slow reader.
import { writeAudit } from "@legible/db/audit";
import type { auditExportInput } from "@legible/shared/admin";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { csvHeader, csvLine } from "./audit-csv.ts";
import { type AuditEntryView, toAuditEntry } from "./audit-entry.ts";
import { type AuditFilter, auditFilter } from "./audit-filter.ts";

export type AuditExportInput = z.output<typeof auditExportInput>;

/** Entries in one scope: some 300 kB, a few milliseconds. */
const batch = 500;

/** Writes the export down and returns its text. It ends at the entry of the export: what comes in meanwhile is not in it. */
export async function exportAudit(
  ctx: SignedInContext,
  { format, ...filter }: AuditExportInput,
): Promise<AsyncGenerator<string, void>> {
  const { userId } = ctx.session;
  const details = Object.fromEntries(Object.entries({ format, ...filter }).filter(([, value]) => value !== undefined));
  const first = await ctx.deps.database.asAdmin(userId, async (tx) => {
    const rows = await tx.auditLog.findMany({
      where: auditFilter(filter, undefined),
      orderBy: { id: "desc" },
      take: batch,
    });
    await writeAudit(tx, {
      action: "admin.exported",
      outcome: "success",
      userId,
      object: "audit-logs",
      details,
      ...auditFacts(ctx),
    });
    return rows.map(toAuditEntry);
  });
  return lines(ctx, filter, first, format);
}

async function* lines(
  ctx: SignedInContext,
  filter: AuditFilter,
  first: AuditEntryView[],
  format: AuditExportInput["format"],
): AsyncGenerator<string, void> {
  const line = format === "csv" ? csvLine : (entry: AuditEntryView) => `${JSON.stringify(entry)}\n`;
  if (format === "csv") yield csvHeader;
  let entries = first;
  while (entries.length > 0) {
    yield entries.map(line).join("");
    const last = entries.at(-1);
    if (last === undefined || entries.length < batch) return;
    entries = await nextBatch(ctx, filter, last.id);
  }
}

/** Part of the reading that is written down already. */
function nextBatch(ctx: SignedInContext, filter: AuditFilter, before: number): Promise<AuditEntryView[]> {
  return ctx.deps.database.asAdmin(ctx.session.userId, async (tx) => {
    const rows = await tx.auditLog.findMany({
      where: auditFilter(filter, before),
      orderBy: { id: "desc" },
      take: batch,
    });
    return rows.map(toAuditEntry);
  });
}
