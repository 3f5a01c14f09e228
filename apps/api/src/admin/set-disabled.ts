// Locks a person out, or lets them in again. What is theirs stays; their sessions and tokens end for good: whoever comes back signs in, and
// makes new tokens.
import { writeAudit } from "@legible/db/audit";
import type { setDisabledInput } from "@legible/shared/admin";
import { AppError } from "@legible/shared/errors";
import type { doneOutput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { endAccess } from "../session/end-access.ts";
import { keepAnAdministrator } from "./keep-an-administrator.ts";

/** @throws AppError NOT_FOUND for nobody, CONFLICT when no administrator would be left. */
export async function setDisabled(
  ctx: SignedInContext,
  { userId, disabled }: z.output<typeof setDisabledInput>,
): Promise<z.output<typeof doneOutput>> {
  // Beyond an administrator's role in the database: tokens are their person's alone.
  await ctx.deps.database.asSystem("lock somebody out", async (tx) => {
    await keepAnAdministrator(tx, ctx, { userId, ends: disabled });
    const now = new Date();
    const { count } = await tx.user.updateMany({ where: { id: userId }, data: { disabledAt: disabled ? now : null } });
    if (count === 0) throw new AppError("NOT_FOUND");
    const ended = disabled ? await endAccess(tx, userId, { tokens: true }) : {};
    await writeAudit(tx, {
      action: "admin.disabled",
      outcome: "success",
      userId: ctx.session.userId,
      object: `user:${userId}`,
      details: { disabled, ...ended },
      ...auditFacts(ctx),
    });
  });
  return { done: true };
}
