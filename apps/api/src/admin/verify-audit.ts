// Whether the audit log is the one that was written.
import { verifyAudit } from "@legible/db/verify-audit";
import type { verifyAuditOutput } from "@legible/shared/admin";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { readAsAdmin } from "./read.ts";

/** The entry of this reading comes first, and is followed with the others. */
export async function verifyAuditLog(ctx: SignedInContext): Promise<z.output<typeof verifyAuditOutput>> {
  await readAsAdmin(ctx, "admin.verifyAudit", async () => undefined);
  return verifyAudit((work) => ctx.deps.database.asAdmin(ctx.session.userId, work));
}
