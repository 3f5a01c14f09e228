// The end of this session. Works with either cookie, and for a stranger does nothing.
import { writeAudit } from "@legible/db/audit";
import type { doneOutput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { Context } from "../context.ts";
import { hashToken } from "../session/tokens.ts";

export async function logout(ctx: Context): Promise<z.output<typeof doneOutput>> {
  const { access, refresh } = ctx.cookies;
  const hashes = [
    ...(access === undefined ? [] : [{ accessTokenHash: hashToken(access) }]),
    ...(refresh === undefined ? [] : [{ refreshTokenHash: hashToken(refresh) }]),
  ];
  if (hashes.length > 0) {
    await ctx.deps.database.asSystem("logout", async (tx) => {
      const session = await tx.session.findFirst({ where: { OR: hashes, revokedAt: null } });
      if (session === null) return;
      await tx.session.update({ where: { id: session.id }, data: { revokedAt: new Date() } });
      await writeAudit(tx, { action: "logout", outcome: "success", userId: session.userId, ...auditFacts(ctx) });
    });
  }
  ctx.cookies.clear();
  return { done: true };
}
