// A new pair of tokens for an old one. An older token than the immediate predecessor is somebody else's copy: the family ends.
import { writeAudit } from "@legible/db/audit";
import type { Tx } from "@legible/db/scopes";
import { AppError } from "@legible/shared/errors";
import type { signedInOutput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { Context } from "../context.ts";
import { accessEnd, accessMs, graceMs, nextEnds } from "../session/lifetimes.ts";
import { familyOf, hashToken, nextTokens } from "../session/tokens.ts";
import { toUser } from "./user-view.ts";

/** @throws AppError UNAUTHENTICATED when the token is unknown, over, revoked or reused. */
export async function refresh(ctx: Context): Promise<z.output<typeof signedInOutput>> {
  const token = ctx.cookies.refresh;
  const familyId = token === undefined ? undefined : familyOf(token);
  if (token === undefined || familyId === undefined) throw new AppError("UNAUTHENTICATED");
  const renewed = await ctx.deps.database.asSystem("refresh", (tx) => rotate(tx, ctx, token, familyId));
  if (renewed === undefined) {
    ctx.cookies.clear();
    throw new AppError("UNAUTHENTICATED");
  }
  ctx.cookies.set({ ...renewed.tokens, absoluteExpiresAt: renewed.session.absoluteExpiresAt });
  const expiresAt = accessEnd(renewed.session).toISOString();
  return { user: toUser(renewed.session.user), session: { expiresAt } };
}

async function rotate(tx: Tx, ctx: Context, token: string, familyId: string) {
  const now = new Date();
  const presented = hashToken(token);
  const tokens = nextTokens(token, familyId, now);
  // The condition decides between two who come at once: the second waits for the row and then matches nothing.
  const { count } = await tx.session.updateMany({
    where: {
      familyId,
      refreshTokenHash: presented,
      revokedAt: null,
      expiresAt: { gt: now },
      absoluteExpiresAt: { gt: now },
      user: { disabledAt: null },
    },
    data: {
      accessTokenHash: hashToken(tokens.access),
      refreshTokenHash: hashToken(tokens.refresh),
      previousRefreshTokenHash: presented,
      lastSeenAt: now,
      ...nextEnds(now),
    },
  });
  const session = await tx.session.findFirst({ where: { familyId }, include: { user: true } });
  if (session === null || session.revokedAt !== null || session.user.disabledAt !== null) return undefined;
  if (count > 0) {
    await writeAudit(tx, { action: "refresh", outcome: "success", userId: session.userId, ...auditFacts(ctx) });
    return { session, tokens };
  }
  if (session.refreshTokenHash === presented) return undefined;
  const rotatedAt = new Date(session.accessExpiresAt.getTime() - accessMs);
  if (session.previousRefreshTokenHash === presented && now.getTime() - rotatedAt.getTime() <= graceMs) {
    return { session, tokens: nextTokens(token, familyId, rotatedAt) };
  }
  await tx.session.updateMany({ where: { familyId, revokedAt: null }, data: { revokedAt: now } });
  await writeAudit(tx, { action: "refresh.reused", outcome: "denied", userId: session.userId, ...auditFacts(ctx) });
  return undefined;
}
