// A row of the audit log as it is shown.
import type { AuditLog } from "@legible/db/generated/client";
import { auditEntrySchema } from "@legible/shared/admin";
import type { z } from "zod";

export type AuditEntryView = z.output<typeof auditEntrySchema>;

export function toAuditEntry({ createdAt, ...row }: AuditLog): AuditEntryView {
  return auditEntrySchema.parse({ ...row, at: createdAt.toISOString() });
}
