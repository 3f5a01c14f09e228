// Whether the audit log is the one that was written.
import { verifyAudit } from "@legible/db/verify-audit";
import type { verifyAuditOutput } from "@legible/shared/admin";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { readAsAdmin } from "./read.ts";

export function verifyAuditLog(ctx: SignedInContext): Promise<z.output<typeof verifyAuditOutput>> {
  return readAsAdmin(ctx, "admin.verifyAudit", verifyAudit);
}
