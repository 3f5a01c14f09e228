// Whether a verified token is one that another application got for itself, by the client credentials flow, and what it may do here.
import { type ApiTokenScope, apiTokenScopeSchema } from "@legible/shared/session";
import { z } from "zod";
import { type EntraClaims, EntraRefusal } from "./verify.ts";

/** By a secret or by a certificate; "0" is a public client, which proves nothing. */
const proven = new Set(["1", "2"]);

export type AppClaims = { tenantId: string; objectId: string; appId: string; scopes: ApiTokenScope[]; expiresAt: Date };

/**
 * A person's token carries scp (access) or a name and a nonce (ID), and its subject is another than its object.
 * @throws EntraRefusal for a token of a person, and for one without any role of ours.
 */
export function assertApp(claims: EntraClaims): AppClaims {
  const { tid, oid, sub, azp, azpacr, idtyp, scp, nonce, preferred_username: name, roles = [], exp } = claims;
  const personal = scp !== undefined || nonce !== undefined || name !== undefined || sub !== oid;
  if (personal || (idtyp !== undefined && idtyp !== "app")) throw new EntraRefusal("UNAUTHENTICATED", "not an app");
  const appId = z.uuid().toLowerCase().safeParse(azp);
  if (!appId.success || !proven.has(azpacr ?? "")) throw new EntraRefusal("UNAUTHENTICATED", "client");
  // In Entra, any application of the tenant gets a token for ours; only one that was given a role may call.
  const scopes = apiTokenScopeSchema.options.filter((scope) => roles.includes(scope));
  if (scopes.length === 0) throw new EntraRefusal("UNAUTHENTICATED", "role");
  return { tenantId: tid, objectId: oid, appId: appId.data, scopes, expiresAt: new Date(exp * 1000) };
}
