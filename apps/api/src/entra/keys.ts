// The public keys with which a tenant signs its tokens: fetched when they are needed, kept, and asked for anew when a key is unknown,
// but not more often than twice a minute, however many unknown keys are named.
import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";
import { authorityOf, type EntraSettings } from "./settings.ts";

/** After an unknown key the next look waits, ms; jose's own default. */
const cooldownMs = 30_000;
/** A tenant rolls its keys within days; an hour keeps a withdrawn one short. ms. */
const keptMs = 60 * 60_000;
/** A sign-in waits so long for the keys, ms. */
const timeoutMs = 5_000;

/** Keys of a tenant that is admitted: there are never more sets than such tenants. */
export type EntraKeys = (settings: EntraSettings, tenantId: string) => JWTVerifyGetKey;

export function entraKeys(): EntraKeys {
  const sets = new Map<string, JWTVerifyGetKey>();
  return (settings, tenantId) => {
    const address = `${authorityOf(settings, tenantId)}/discovery/v2.0/keys`;
    const known = sets.get(address);
    if (known !== undefined) return known;
    const set = createRemoteJWKSet(new URL(address), {
      cooldownDuration: cooldownMs,
      cacheMaxAge: keptMs,
      timeoutDuration: timeoutMs,
    });
    sets.set(address, set);
    return set;
  };
}
