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
  const { rows, people } = await readAsAdmin(
    ctx,
    "admin.auditLogs",
    async (tx) => {
      // One more than asked for tells whether there is a next page.
      const where = auditFilter(filter, cursor);
      const rows = await tx.auditLog.findMany({ where, orderBy: { id: "desc" }, take: limit + 1 });
      const ids = new Set(rows.slice(0, limit).flatMap(({ userId }) => userId ?? []));
      const people = await tx.user.findMany({
        where: { id: { in: [...ids] } },
        orderBy: { id: "asc" },
        select: { id: true, email: true, displayName: true },
      });
      return { rows, people };
    },
    filter.userId,
  );
  const items = rows.slice(0, limit).map(toAuditEntry);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null, people };
}
