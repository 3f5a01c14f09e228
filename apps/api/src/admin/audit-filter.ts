// The filters of the audit log, for looking and for exporting.
import type { Prisma } from "@legible/db/generated/client";
import type { auditLogsInput } from "@legible/shared/admin";
import type { z } from "zod";

export type AuditFilter = Omit<z.output<typeof auditLogsInput>, "cursor" | "limit">;

/** Entries that pass `filter` and, with `before`, have a lower number. */
export function auditFilter(filter: AuditFilter, before: number | undefined): Prisma.AuditLogWhereInput {
  const { userId, action, outcome, actor, object, from, to } = filter;
  return {
    ...(userId === undefined ? {} : { userId }),
    ...(action === undefined ? {} : { action }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(actor === undefined ? {} : { actor }),
    ...(object === undefined ? {} : { object }),
    ...(before === undefined ? {} : { id: { lt: before } }),
    createdAt: { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lte: to }) },
  };
}
