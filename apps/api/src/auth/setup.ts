// First run: the page asks for an administrator and signs that person in.
import { writeAudit } from "@legible/db/audit";
import { AppError } from "@legible/shared/errors";
import type { setupInput, signedInOutput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { Context } from "../context.ts";
import { openSession } from "../session/open.ts";
import { createFirstAdmin } from "./create-first-admin.ts";
import { hashPassword } from "./password-hash.ts";
import { listProviders } from "./providers.ts";
import { toUser } from "./user-view.ts";

/** @throws AppError CONFLICT when somebody exists already. */
export async function setup(
  ctx: Context,
  input: z.output<typeof setupInput>,
): Promise<z.output<typeof signedInOutput>> {
  await ctx.deps.attempts.take(ctx.request, "setup");
  const done = () => new AppError("CONFLICT", "This installation has its administrator already. Sign in instead.");
  if (!(await listProviders(ctx)).setupNeeded) throw done();
  const { email, displayName } = input;
  const passwordHash = await hashPassword(input.password);
  const { user, tokens } = await ctx.deps.database.asSystem("setup", async (tx) => {
    const created = await createFirstAdmin(tx, { email, displayName, passwordHash });
    if (created === undefined) throw done();
    await writeAudit(tx, { action: "setup", outcome: "success", userId: created.id, ...auditFacts(ctx) });
    return { user: created, tokens: await openSession(tx, created.id, ctx.request) };
  });
  ctx.cookies.set(tokens);
  return { user: toUser(user), session: { expiresAt: tokens.expiresAt.toISOString() } };
}
