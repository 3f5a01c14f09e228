// Sign-in. One answer, and one duration, for an unknown address, a wrong password and a disabled account.
import { writeAudit } from "@legible/db/audit";
import { AppError } from "@legible/shared/errors";
import type { loginInput, signedInOutput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { Context } from "../context.ts";
import { loginWithEntra } from "../entra/login.ts";
import { openSession } from "../session/open.ts";
import { verifyPassword } from "./password-hash.ts";
import { toUser } from "./user-view.ts";

/** @throws AppError UNAUTHENTICATED, RATE_LIMITED, or INVALID_INPUT for a provider that is not set up. */
export async function login(
  ctx: Context,
  input: z.output<typeof loginInput>,
): Promise<z.output<typeof signedInOutput>> {
  if (input.provider === "entra") return await loginWithEntra(ctx, input.idToken);
  const { attempts, database, identity } = ctx.deps;
  if (!identity.localAccounts)
    throw new AppError("INVALID_INPUT", "Sign in with Microsoft: passwords are not used here.");
  attempts.take(ctx.request.address, input.email);
  const known = await database.asSystem("login", (tx) =>
    tx.user.findFirst({ where: { email: input.email, entraObjectId: null } }),
  );
  const right = await verifyPassword(input.password, known?.passwordHash);

  const opened = await database.asSystem("login", async (tx) => {
    // Read again: between the two the account may have been disabled or its password changed.
    const user = known === null ? null : await tx.user.findUnique({ where: { id: known.id } });
    const allowed = right && user !== null && user.disabledAt === null && user.passwordHash === known?.passwordHash;
    await writeAudit(tx, {
      action: allowed ? "login" : "login.failed",
      outcome: allowed ? "success" : "failure",
      ...(user === null ? {} : { userId: user.id }),
      ...auditFacts(ctx),
    });
    return allowed ? { user, tokens: await openSession(tx, user.id, ctx.request) } : undefined;
  });
  if (opened === undefined) throw new AppError("UNAUTHENTICATED", "The e-mail address or the password is wrong.");
  attempts.forgive(ctx.request.address, input.email);
  ctx.cookies.set(opened.tokens);
  return { user: toUser(opened.user), session: { expiresAt: opened.tokens.expiresAt.toISOString() } };
}
