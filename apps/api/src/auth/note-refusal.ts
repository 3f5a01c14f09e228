// A sign-in that came too early, in the audit log.
import { writeAudit } from "@legible/db/audit";
import type { Tx } from "@legible/db/scopes";
import { auditFacts } from "../audit-facts.ts";
import type { Context } from "../context.ts";

/** Appends one entry: for the first refusal of a wait, however often somebody tries meanwhile. `email` of a local account, if it was given. */
export async function noteRefusal(tx: Tx, ctx: Context, email?: string): Promise<void> {
  const meant = email === undefined ? null : await tx.user.findFirst({ where: { email, entraObjectId: null } });
  await writeAudit(tx, {
    action: "login.failed",
    outcome: "denied",
    ...(meant === null ? {} : { userId: meant.id }),
    details: { reason: "too many attempts" },
    ...auditFacts(ctx),
  });
}
