// The end of one of the caller's tokens.
import { writeAudit } from "@legible/db/audit";
import { AppError } from "@legible/shared/errors";
import type { doneOutput, revokeApiTokenInput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SessionContext } from "../context.ts";

/** @throws AppError NOT_FOUND when it is not the caller's, or revoked already. */
export async function revokeToken(
  ctx: SessionContext,
  { id }: z.output<typeof revokeApiTokenInput>,
): Promise<z.output<typeof doneOutput>> {
  const { userId } = ctx.session;
  await ctx.deps.database.asUser(userId, async (tx) => {
    const { count } = await tx.apiToken.updateMany({
      where: { id, userId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new AppError("NOT_FOUND");
    const object = `token ${id}`;
    await writeAudit(tx, { action: "token.revoked", outcome: "success", userId, object, ...auditFacts(ctx) });
  });
  return { done: true };
}
