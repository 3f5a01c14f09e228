// The beginning of a session, inside the transaction that allowed it.
import type { Tx } from "@legible/db/scopes";
import type { RequestFacts, SessionTokens } from "../context.ts";
import { accessEnd, firstEnds } from "./lifetimes.ts";
import { hashToken, newTokens } from "./tokens.ts";

/** Longest user agent kept, characters. */
const userAgentLength = 300;

/** Inserts a session of `userId`; the caller sets the cookies after the commit. */
export async function openSession(
  tx: Tx,
  userId: number,
  request: RequestFacts,
): Promise<SessionTokens & { expiresAt: Date }> {
  const now = new Date();
  const tokens = newTokens();
  const ends = firstEnds(now);
  await tx.session.create({
    data: {
      userId,
      familyId: tokens.familyId,
      accessTokenHash: hashToken(tokens.access),
      refreshTokenHash: hashToken(tokens.refresh),
      address: request.address,
      userAgent: request.userAgent?.slice(0, userAgentLength) ?? null,
      lastSeenAt: now,
      ...ends,
    },
  });
  await tx.user.update({ where: { id: userId }, data: { lastSeenAt: now } });
  return {
    access: tokens.access,
    refresh: tokens.refresh,
    absoluteExpiresAt: ends.absoluteExpiresAt,
    expiresAt: accessEnd(ends),
  };
}
