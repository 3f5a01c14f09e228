// Who is behind an API token: a person, with role and "disabled" as they are now.
import { apiTokenScopeSchema, roleSchema } from "@legible/shared/session";
import { z } from "zod";
import type { TokenSession } from "../context.ts";
import type { Deps } from "../deps.ts";
import { seenEveryMs } from "../session/lifetimes.ts";
import { hashToken } from "../session/tokens.ts";

/** Condition on tokens that are taken at `now`: those of disabled people are not. */
export function liveToken(now: Date) {
  return { revokedAt: null, user: { disabledAt: null }, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
}

/** The live token; undefined when it is unknown, over, revoked, or its person disabled. */
export async function findToken(deps: Deps, token: string): Promise<TokenSession | undefined> {
  const now = new Date();
  return deps.database.asSystem("token lookup", async (tx) => {
    const row = await tx.apiToken.findFirst({
      where: { tokenHash: hashToken(token), ...liveToken(now) },
      include: { user: true },
    });
    if (row === null) return undefined;
    if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > seenEveryMs) {
      await tx.apiToken.update({ where: { id: row.id }, data: { lastUsedAt: now } });
    }
    const { email, displayName, role } = row.user;
    const scopes = z.array(apiTokenScopeSchema).parse(row.scopes);
    return { via: "token", id: row.id, scopes, userId: row.userId, email, displayName, role: roleSchema.parse(role) };
  });
}
