// Who is calling: the session behind a cookie, with role and "disabled" as they are now.
import { roleSchema } from "@legible/shared/session";
import type { BrowserSession, Session } from "../context.ts";
import type { Deps } from "../deps.ts";
import { liveToken } from "../token/find.ts";
import { seenEveryMs } from "./lifetimes.ts";
import { hashToken } from "./tokens.ts";

/** The live session of an access token; undefined when it is unknown, over, revoked, or its user disabled. */
export async function findSession(deps: Deps, accessToken: string): Promise<BrowserSession | undefined> {
  const now = new Date();
  return deps.database.asSystem("session lookup", async (tx) => {
    const row = await tx.session.findUnique({
      where: { accessTokenHash: hashToken(accessToken) },
      include: { user: true },
    });
    if (row === null || row.revokedAt !== null || row.user.disabledAt !== null) return undefined;
    if (row.accessExpiresAt <= now || row.absoluteExpiresAt <= now) return undefined;
    if (now.getTime() - row.lastSeenAt.getTime() > seenEveryMs) {
      await tx.session.update({ where: { id: row.id }, data: { lastSeenAt: now } });
      await tx.user.update({ where: { id: row.userId }, data: { lastSeenAt: now } });
    }
    const { email, displayName, role } = row.user;
    return {
      via: "session",
      id: row.id,
      familyId: row.familyId,
      userId: row.userId,
      email,
      displayName,
      role: roleSchema.parse(role),
      mustChangePassword: row.user.firstPasswordUntil !== null,
    };
  });
}

/**
 * True while the session or token lives and may what it might when it was found (its person's role, a token's scopes): for streams, which
 * outlast that moment.
 */
export async function isAlive(deps: Deps, session: Session): Promise<boolean> {
  const now = new Date();
  const { role } = session;
  return deps.database.asSystem("session check", async (tx) => {
    if (session.via === "app") {
      const { userId, expiresAt } = session;
      return expiresAt > now && (await tx.user.count({ where: { id: userId, disabledAt: null } })) > 0;
    }
    const { id } = session;
    if (session.via === "token") {
      const { user, ...live } = liveToken(now);
      const scopes = { equals: [...session.scopes] };
      return (await tx.apiToken.count({ where: { id, scopes, ...live, user: { ...user, role } } })) > 0;
    }
    const row = await tx.session.findUnique({ where: { id }, include: { user: true } });
    return (
      row !== null &&
      row.revokedAt === null &&
      row.user.disabledAt === null &&
      row.user.role === role &&
      row.expiresAt > now &&
      row.absoluteExpiresAt > now
    );
  });
}
