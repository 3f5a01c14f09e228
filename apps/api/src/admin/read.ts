// Reading as an administrator: the look at other people's data and its audit entry are one transaction.
import { writeAudit } from "@legible/db/audit";
import type { Tx } from "@legible/db/scopes";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";

/** Runs `work` with an administrator's rights and writes down that `procedure` was read, about person `of` if it is one's data. */
export async function readAsAdmin<T>(
  ctx: SignedInContext,
  procedure: string,
  work: (tx: Tx) => Promise<T>,
  of?: number,
): Promise<T> {
  const { userId } = ctx.session;
  return ctx.deps.database.asAdmin(userId, async (tx) => {
    const found = await work(tx);
    await writeAudit(tx, {
      action: "admin.read",
      outcome: "success",
      userId,
      object: procedure,
      ...(of === undefined ? {} : { details: { user: of } }),
      ...auditFacts(ctx),
    });
    return found;
  });
}
