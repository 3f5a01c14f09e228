// A new password, for somebody who knows the present one. Every other session of theirs ends, and every API token if that is wanted.
import { writeAudit } from "@legible/db/audit";
import { AppError } from "@legible/shared/errors";
import type { changePasswordInput, doneOutput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SessionContext } from "../context.ts";
import { endAccess } from "../session/end-access.ts";
import { hashPassword, verifyPassword } from "./password-hash.ts";

/** @throws AppError INVALID_INPUT when the present password is wrong or the new one is the same, RATE_LIMITED after too many tries. */
export async function changePassword(
  ctx: SessionContext,
  input: z.output<typeof changePasswordInput>,
): Promise<z.output<typeof doneOutput>> {
  const { attempts, database } = ctx.deps;
  const { userId, email, id } = ctx.session;
  await attempts.take(ctx.request, email);
  const user = await database.asSystem("change password", (tx) => tx.user.findUnique({ where: { id: userId } }));
  if (!(await verifyPassword(input.current, user?.passwordHash))) {
    throw new AppError("INVALID_INPUT", "The present password is wrong.", { details: { fields: ["current"] } });
  }
  if (input.next.normalize("NFKC") === input.current.normalize("NFKC")) {
    throw new AppError("INVALID_INPUT", "The new password is the present one.", { details: { fields: ["next"] } });
  }
  const passwordHash = await hashPassword(input.next);
  await database.asSystem("change password", async (tx) => {
    await attempts.forgive(tx, ctx.request, email);
    await tx.user.update({ where: { id: userId }, data: { passwordHash, firstPasswordUntil: null } });
    const details = await endAccess(tx, userId, { tokens: input.tokens, except: id });
    await writeAudit(tx, { action: "password.changed", outcome: "success", userId, details, ...auditFacts(ctx) });
  });
  return { done: true };
}
