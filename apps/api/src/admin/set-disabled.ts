// Locks a person out, or lets them in again. What is theirs stays; their sessions end, and their tokens are dead while it lasts.
import { writeAudit } from "@legible/db/audit";
import type { setDisabledInput } from "@legible/shared/admin";
import { AppError } from "@legible/shared/errors";
import type { doneOutput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { keepAnAdministrator } from "./keep-an-administrator.ts";

/** @throws AppError NOT_FOUND for nobody, CONFLICT when no administrator would be left. */
export async function setDisabled(
  ctx: SignedInContext,
  { userId, disabled }: z.output<typeof setDisabledInput>,
): Promise<z.output<typeof doneOutput>> {
  await ctx.deps.database.asAdmin(ctx.session.userId, async (tx) => {
    await keepAnAdministrator(tx, ctx, { userId, ends: disabled });
    const now = new Date();
    const { count } = await tx.user.updateMany({ where: { id: userId }, data: { disabledAt: disabled ? now : null } });
    if (count === 0) throw new AppError("NOT_FOUND");
    if (disabled) await tx.session.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: now } });
    await writeAudit(tx, {
      action: "admin.disabled",
      outcome: "success",
      userId: ctx.session.userId,
      object: `user:${userId}`,
      details: { disabled },
      ...auditFacts(ctx),
    });
  });
  return { done: true };
}
