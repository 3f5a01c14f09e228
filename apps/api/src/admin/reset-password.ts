// A new first password for somebody who lost theirs, or whose password may be known to others: all that it opened ends, tokens included.
import { writeAudit } from "@legible/db/audit";
import type { resetPasswordInput, resetPasswordOutput } from "@legible/shared/admin";
import { AppError } from "@legible/shared/errors";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import { firstPasswordEnd, newPassword } from "../auth/first-password.ts";
import { hashPassword } from "../auth/password-hash.ts";
import type { SignedInContext } from "../context.ts";
import { endAccess } from "../session/end-access.ts";
import { assertLocalAccounts } from "./assert-local-accounts.ts";
import { assertAdministrator } from "./keep-an-administrator.ts";

/** @throws AppError NOT_FOUND for nobody, CONFLICT for oneself and for whoever has no password */
export async function resetPassword(
  ctx: SignedInContext,
  { userId, password }: z.output<typeof resetPasswordInput>,
): Promise<z.output<typeof resetPasswordOutput>> {
  assertLocalAccounts(ctx);
  if (userId === ctx.session.userId) {
    const details = { reason: "own-password" };
    throw new AppError("CONFLICT", "Change your own password under Settings.", { details });
  }
  const given = password ?? newPassword();
  const passwordHash = await hashPassword(given);
  const firstPasswordUntil = firstPasswordEnd(new Date());
  await ctx.deps.database.asSystem("reset a password", async (tx) => {
    await assertAdministrator(tx, ctx);
    const user = await tx.user.findUnique({ where: { id: userId }, select: { entraObjectId: true } });
    if (user === null) throw new AppError("NOT_FOUND");
    if (user.entraObjectId !== null) {
      const details = { reason: "no-password" };
      throw new AppError("CONFLICT", "This account signs in with Microsoft and has no password here.", { details });
    }
    await tx.user.update({ where: { id: userId }, data: { passwordHash, firstPasswordUntil } });
    const ended = await endAccess(tx, userId, { tokens: true });
    await writeAudit(tx, {
      action: "admin.password",
      outcome: "success",
      userId: ctx.session.userId,
      object: `user:${userId}`,
      details: ended,
      ...auditFacts(ctx),
    });
  });
  return {
    firstPassword: password === undefined ? given : null,
    firstPasswordUntil: firstPasswordUntil.toISOString(),
  };
}
