// Whether a token is one that a tenant of ours made for us. Everything it says is taken from it only after its signature held.
import { AppError } from "@legible/shared/errors";
import { decodeJwt, errors, jwtVerify } from "jose";
import { z } from "zod";
import { authorityOf, type Identity } from "./settings.ts";

/** Clocks of servers differ by less, s. */
const skewSeconds = 60;
/** Real tokens have 1–4 kB. */
const longestToken = 16_384;

const tenantSchema = z.object({ tid: z.uuid() });
const claimsSchema = z.object({
  tid: z.uuid(),
  oid: z.uuid(),
  ver: z.literal("2.0"),
  /** One audience: ours. A token for several is for nobody in particular. */
  aud: z.string(),
  exp: z.number(),
  iat: z.number(),
  nbf: z.number(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
  /** A list of exact names; a single string is refused, "NotAdmin" holds "Admin". */
  roles: z.array(z.string()).optional(),
  /** 1: a guest in this tenant. */
  acct: z.union([z.literal(0), z.literal(1)]).optional(),
  /** Set when somebody else than the tenant vouches for the person. */
  idp: z.string().optional(),
  sub: z.string().optional(),
  scp: z.string().optional(),
  /** Access tokens: which application asked for it, and how it proved that (1: a secret, 2: a certificate). */
  azp: z.string().optional(),
  azpacr: z.string().optional(),
  nonce: z.string().optional(),
  idtyp: z.string().optional(),
});
export type EntraClaims = z.output<typeof claimsSchema>;

/** Why a token was refused; for the audit log. */
export class EntraRefusal extends AppError {
  readonly reason: string;
  constructor(
    code: "UNAUTHENTICATED" | "FORBIDDEN" | "INVALID_INPUT" | "UNAVAILABLE",
    reason: string,
    message?: string,
  ) {
    // Somebody whom Microsoft let in learns why we do not; what is wrong with a token is for the log only.
    super(code, message, code === "FORBIDDEN" ? { details: { reason } } : undefined);
    this.reason = reason;
  }
}

/**
 * The claims of a token made for one of `audiences`.
 * @throws EntraRefusal UNAUTHENTICATED; FORBIDDEN for a tenant that is not admitted; UNAVAILABLE when the keys cannot be fetched.
 */
export async function verifyEntraToken(
  identity: Identity,
  token: string,
  audiences: readonly string[],
): Promise<EntraClaims> {
  const { entra, keys } = identity;
  if (entra === undefined) {
    throw new EntraRefusal("INVALID_INPUT", "not set up", "Sign-in with Microsoft is not set up here.");
  }
  const tenantId = unprovenTenant(token);
  if (tenantId === undefined) throw new EntraRefusal("UNAUTHENTICATED", "malformed");
  if (!entra.allowedTenants.includes(tenantId)) {
    throw new EntraRefusal("FORBIDDEN", "tenant", "Accounts of this organisation are not admitted here.");
  }
  const { payload } = await jwtVerify(token, keys(entra, tenantId), {
    // Asymmetric only: with HS256 a public key would be the secret.
    algorithms: ["RS256"],
    issuer: `${authorityOf(entra, tenantId)}/v2.0`,
    audience: [...audiences],
    clockTolerance: skewSeconds,
    requiredClaims: ["exp", "iat", "nbf"],
  }).catch((error: unknown) => {
    throw toRefusal(error);
  });
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) throw new EntraRefusal("UNAUTHENTICATED", "claims");
  if (claims.data.tid !== tenantId) throw new EntraRefusal("UNAUTHENTICATED", "claims");
  return claims.data;
}

/** The tenant that the token names, to find the keys that must prove it. */
function unprovenTenant(token: string): string | undefined {
  if (token.length > longestToken) return undefined;
  try {
    const claims = tenantSchema.safeParse(decodeJwt(token));
    return claims.success ? claims.data.tid : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

/** What jose says of keys that it could not have, besides errors of the network: time-out, no keys, another status than 200. */
const unavailable = new Set(["ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID", "ERR_JOSE_GENERIC"]);

/** What jose complains about, as a word for the audit log; what it cannot fetch is not the caller's fault. */
function toRefusal(error: unknown): unknown {
  if (!(error instanceof errors.JOSEError) || unavailable.has(error.code)) {
    return new EntraRefusal(
      "UNAVAILABLE",
      "keys",
      "Microsoft cannot be reached to check the sign-in. Try again in a minute.",
    );
  }
  if (error instanceof errors.JWTClaimValidationFailed)
    return new EntraRefusal("UNAUTHENTICATED", `claim ${error.claim}`);
  return new EntraRefusal("UNAUTHENTICATED", error.code);
}
