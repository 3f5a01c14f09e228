// Makes somebody an administrator, or no longer one.
import { writeAudit } from "@legible/db/audit";
import type { setRoleInput } from "@legible/shared/admin";
import { AppError } from "@legible/shared/errors";
import type { User } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import { toUser } from "../auth/user-view.ts";
import type { SignedInContext } from "../context.ts";
import { keepAnAdministrator } from "./keep-an-administrator.ts";

/** @throws AppError NOT_FOUND for nobody, CONFLICT when no administrator would be left, and for an application. */
export async function setRole(ctx: SignedInContext, input: z.output<typeof setRoleInput>): Promise<User> {
  const { userId, role } = input;
  return await ctx.deps.database.asAdmin(ctx.session.userId, async (tx) => {
    await keepAnAdministrator(tx, ctx, { userId, ends: role !== "admin" });
    const before = await tx.user.findUnique({ where: { id: userId } });
    if (before === null) throw new AppError("NOT_FOUND");
    if (before.entraAppId !== null) {
      const details = { reason: "app" };
      throw new AppError("CONFLICT", "What an application may do is decided in Microsoft Entra.", { details });
    }
    if (before.role !== role) await tx.user.updateMany({ where: { id: userId }, data: { role } });
    await writeAudit(tx, {
      action: "admin.role",
      outcome: "success",
      userId: ctx.session.userId,
      object: `user:${userId}`,
      details: { from: before.role, to: role },
      ...auditFacts(ctx),
    });
    return toUser({ ...before, role });
  });
}
