// The beginning of a session, inside the transaction that allowed it.
import type { Tx } from "@legible/db/scopes";
import type { RequestFacts, SessionTokens } from "../context.ts";
import { accessEnd, firstEnds } from "./lifetimes.ts";
import { hashToken, newTokens } from "./tokens.ts";

/** Longest user agent kept, characters. */
const userAgentLength = 300;

/** Live sessions of a person: more devices and browsers than anybody uses, and few enough to look through. */
export const maxSessions = 20;

/** Inserts a session of `userId`, and ends those unseen for longest where there would be too many; the caller sets the cookies after the commit. */
export async function openSession(
  tx: Tx,
  userId: number,
  request: RequestFacts,
): Promise<SessionTokens & { expiresAt: Date }> {
  const now = new Date();
  const tokens = newTokens();
  const ends = firstEnds(now);
  // Locks the person: of two sign-ins at once the second counts the first one's session.
  await tx.user.update({ where: { id: userId }, data: { lastSeenAt: now } });
  await endOldest(tx, userId, now);
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
  return {
    access: tokens.access,
    refresh: tokens.refresh,
    absoluteExpiresAt: ends.absoluteExpiresAt,
    expiresAt: accessEnd(ends),
  };
}

/** Leaves room for one more. */
async function endOldest(tx: Tx, userId: number, now: Date): Promise<void> {
  const tooMany = await tx.session.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: now }, absoluteExpiresAt: { gt: now } },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    skip: maxSessions - 1,
    select: { id: true },
  });
  if (tooMany.length === 0) return;
  await tx.session.updateMany({ where: { id: { in: tooMany.map(({ id }) => id) } }, data: { revokedAt: now } });
}
