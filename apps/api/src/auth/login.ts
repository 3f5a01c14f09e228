// Sign-in. One answer, and one duration, for an unknown address, a wrong password and a disabled account.
import { writeAudit } from "@legible/db/audit";
import { AppError } from "@legible/shared/errors";
import type { loginInput, signedInOutput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { Context } from "../context.ts";
import { loginWithEntra } from "../entra/login.ts";
import { openSession } from "../session/open.ts";
import { noteRefusal } from "./note-refusal.ts";
import { verifyPassword } from "./password-hash.ts";
import { toUser } from "./user-view.ts";

/** No row has this id. */
const nobody = 0;

/** @throws AppError UNAUTHENTICATED, RATE_LIMITED, or INVALID_INPUT for a provider that is not set up. */
export async function login(
  ctx: Context,
  input: z.output<typeof loginInput>,
): Promise<z.output<typeof signedInOutput>> {
  if (input.provider === "entra") return await loginWithEntra(ctx, input.idToken);
  const { attempts, database, identity } = ctx.deps;
  if (!identity.localAccounts)
    throw new AppError("INVALID_INPUT", "Sign in with Microsoft: passwords are not used here.");
  await attempts.take(ctx.request, input.email, (tx) => noteRefusal(tx, ctx, input.email));
  const known = await database.asSystem("login", (tx) =>
    tx.user.findFirst({ where: { email: input.email, entraObjectId: null } }),
  );
  const right = await verifyPassword(input.password, known?.passwordHash);

  const opened = await database.asSystem("login", async (tx) => {
    // Read again: between the two the account may have been disabled or its password changed.
    // Asked for nobody, too: an unknown address takes the same questions.
    const user = await tx.user.findUnique({ where: { id: known?.id ?? nobody } });
    const open = user !== null && user.disabledAt === null && !isOver(user.firstPasswordUntil);
    const allowed = right && open && user.passwordHash === known?.passwordHash;
    // Before the entry, as where attempts are counted: two who wait for each other's locks would both lose.
    if (allowed) await attempts.forgive(tx, ctx.request, input.email);
    await writeAudit(tx, {
      action: allowed ? "login" : "login.failed",
      outcome: allowed ? "success" : "failure",
      ...(user === null ? {} : { userId: user.id }),
      ...auditFacts(ctx),
    });
    return allowed ? { user, tokens: await openSession(tx, user.id, ctx.request) } : undefined;
  });
  if (opened === undefined) throw new AppError("UNAUTHENTICATED", "The e-mail address or the password is wrong.");
  ctx.cookies.set(opened.tokens);
  return { user: toUser(opened.user), session: { expiresAt: opened.tokens.expiresAt.toISOString() } };
}

/** A first password that nobody used in time is as good as a wrong one. */
function isOver(firstPasswordUntil: Date | null): boolean {
  return firstPasswordUntil !== null && firstPasswordUntil <= new Date();
}
