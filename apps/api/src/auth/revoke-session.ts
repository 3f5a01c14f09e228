// The end of one of the caller's sessions, for instance on a lost laptop.
import { writeAudit } from "@legible/db/audit";
import { AppError } from "@legible/shared/errors";
import type { doneOutput, revokeSessionInput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SessionContext } from "../context.ts";

/** @throws AppError NOT_FOUND when it is not the caller's, or over already. */
export async function revokeSession(
  ctx: SessionContext,
  input: z.output<typeof revokeSessionInput>,
): Promise<z.output<typeof doneOutput>> {
  const { userId } = ctx.session;
  await ctx.deps.database.asSystem("revoke own session", async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id: input.id, userId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new AppError("NOT_FOUND");
    const object = `session ${input.id}`;
    await writeAudit(tx, { action: "session.revoked", outcome: "success", userId, object, ...auditFacts(ctx) });
  });
  if (input.id === ctx.session.id) ctx.cookies.clear();
  return { done: true };
}
