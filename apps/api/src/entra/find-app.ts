// Who is behind an access token of Microsoft Entra: another application of the organisation, which is a person of its own here, with
// documents that are its alone. The token is proved anew with each request; nothing of it is kept.
import { writeAudit } from "@legible/db/audit";
import type { Tx } from "@legible/db/scopes";
import { auditFacts } from "../audit-facts.ts";
import type { AppSession, RequestFacts } from "../context.ts";
import type { Deps } from "../deps.ts";
import { seenEveryMs } from "../session/lifetimes.ts";
import { type AppClaims, assertApp } from "./assert-app.ts";
import { EntraRefusal, verifyEntraToken } from "./verify.ts";

/**
 * The application; undefined when the token is not taken (the log says why) or the application is disabled here.
 * @throws AppError UNAVAILABLE when the keys cannot be fetched
 */
export async function findApp(deps: Deps, token: string, request: RequestFacts): Promise<AppSession | undefined> {
  const claims = await verified(deps, token, request);
  if (claims === undefined) return undefined;
  const { appId, scopes, expiresAt } = claims;
  return deps.database.asSystem("application lookup", async (tx) => {
    const { id: userId, email, displayName, disabledAt } = await keepApp(tx, claims, request);
    if (disabledAt !== null) return undefined;
    // The database has no role for it: what it may is decided in Entra, and by each token.
    const role = scopes.includes("admin:read") ? "admin" : "user";
    return { via: "app", appId, scopes, expiresAt, userId, email, displayName, role };
  });
}

async function verified(deps: Deps, token: string, request: RequestFacts): Promise<AppClaims | undefined> {
  const { entra } = deps.identity;
  if (entra === undefined) return undefined;
  try {
    return assertApp(await verifyEntraToken(deps.identity, token, [entra.clientId]));
  } catch (error) {
    if (!(error instanceof EntraRefusal) || error.code === "UNAVAILABLE") throw error;
    deps.log.info({ requestId: request.id, reason: error.reason }, "A token of Microsoft Entra was not taken.");
    return undefined;
  }
}

/** The application's row, made when it calls for the first time. */
async function keepApp(tx: Tx, { tenantId, objectId, appId }: AppClaims, request: RequestFacts) {
  const key = { entraTenantId: tenantId, entraObjectId: objectId };
  const now = new Date();
  const known = await tx.user.findUnique({ where: { entraTenantId_entraObjectId: key } });
  if (known !== null) {
    if (known.lastSeenAt === null || now.getTime() - known.lastSeenAt.getTime() > seenEveryMs) {
      await tx.user.update({ where: { id: known.id }, data: { lastSeenAt: now } });
    }
    return known;
  }
  const row = { ...key, entraAppId: appId, email: `${appId}@${tenantId}`, displayName: `Application ${appId}` };
  // Of two first calls at once one makes the row.
  const { count } = await tx.user.createMany({ data: { ...row, lastSeenAt: now }, skipDuplicates: true });
  const made = await tx.user.findUniqueOrThrow({ where: { entraTenantId_entraObjectId: key } });
  if (count > 0) {
    const facts = { ...auditFacts({ request }), actor: "app", appId } as const;
    await writeAudit(tx, { action: "app.admitted", outcome: "success", userId: made.id, ...facts });
  }
  return made;
}
