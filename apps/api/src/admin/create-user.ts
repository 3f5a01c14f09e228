// A local account for somebody else, with a first password that has to be changed.
import { writeAudit } from "@legible/db/audit";
import type { createUserInput, createUserOutput } from "@legible/shared/admin";
import { AppError } from "@legible/shared/errors";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import { firstPasswordEnd, newPassword } from "../auth/first-password.ts";
import { hashPassword } from "../auth/password-hash.ts";
import { toUser } from "../auth/user-view.ts";
import type { SignedInContext } from "../context.ts";
import { assertLocalAccounts } from "./assert-local-accounts.ts";
import { assertAdministrator } from "./keep-an-administrator.ts";

/** @throws AppError CONFLICT for an address that signs in here already, or where passwords are not used */
export async function createUser(
  ctx: SignedInContext,
  { email, displayName, role, password }: z.output<typeof createUserInput>,
): Promise<z.output<typeof createUserOutput>> {
  assertLocalAccounts(ctx);
  const given = password ?? newPassword();
  const passwordHash = await hashPassword(given);
  const firstPasswordUntil = firstPasswordEnd(new Date());
  // An administrator's role in the database makes no accounts and sets no passwords.
  const user = await ctx.deps.database.asSystem("create a person", async (tx) => {
    await assertAdministrator(tx, ctx);
    const data = { email, displayName, role, passwordHash, firstPasswordUntil };
    const [created] = await tx.user.createManyAndReturn({ data, skipDuplicates: true });
    if (created === undefined) {
      const details = { reason: "email-taken", fields: ["email"] };
      throw new AppError("CONFLICT", "Somebody signs in with this address already.", { details });
    }
    await writeAudit(tx, {
      action: "admin.created",
      outcome: "success",
      userId: ctx.session.userId,
      object: `user:${created.id}`,
      details: { role },
      ...auditFacts(ctx),
    });
    return created;
  });
  return {
    user: toUser(user),
    firstPassword: password === undefined ? given : null,
    firstPasswordUntil: firstPasswordUntil.toISOString(),
  };
}
