// The audit log, newest first.
import type { auditLogsInput, auditLogsOutput } from "@legible/shared/admin";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { toAuditEntry } from "./audit-entry.ts";
import { auditFilter } from "./audit-filter.ts";
import { readAsAdmin } from "./read.ts";

/** `cursor` is the number of the last entry that was shown; entries that come in meanwhile move nothing. */
export async function auditLogs(
  ctx: SignedInContext,
  { cursor, limit, ...filter }: z.output<typeof auditLogsInput>,
): Promise<z.output<typeof auditLogsOutput>> {
  const rows = await readAsAdmin(
    ctx,
    "admin.auditLogs",
    // One more than asked for tells whether there is a next page.
    (tx) => tx.auditLog.findMany({ where: auditFilter(filter, cursor), orderBy: { id: "desc" }, take: limit + 1 }),
    filter.userId,
  );
  const items = rows.slice(0, limit).map(toAuditEntry);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
