// Sign-in with an ID token of Microsoft Entra. A person is a tenant and an object id, never an address: addresses change hands.
import { writeAudit } from "@legible/db/audit";
import type { Tx } from "@legible/db/scopes";
import type { Role, signedInOutput } from "@legible/shared/session";
import { scrubLine } from "@legible/shared/text";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import { noteRefusal } from "../auth/note-refusal.ts";
import { toUser } from "../auth/user-view.ts";
import type { Context } from "../context.ts";
import { openSession } from "../session/open.ts";
import { hashToken } from "../session/tokens.ts";
import type { Identity } from "./settings.ts";
import { type EntraClaims, EntraRefusal, verifyEntraToken } from "./verify.ts";

/** Names of app roles. */
const adminRole = "admin";
const userRole = "user";

type Output = z.output<typeof signedInOutput>;

/** @throws AppError UNAUTHENTICATED, FORBIDDEN (not admitted, a guest, disabled, without a role), RATE_LIMITED, UNAVAILABLE */
export async function loginWithEntra(ctx: Context, idToken: string): Promise<Output> {
  const { attempts, database, identity } = ctx.deps;
  // Nobody guesses a signature: only the address is counted, for the work it costs.
  await attempts.take(ctx.request, undefined, (tx) => noteRefusal(tx, ctx));
  try {
    const claims = await verifyEntraToken(identity, idToken, [identity.entra?.clientId ?? ""]);
    assertPerson(claims);
    const opened = await database.asSystem("login with Entra", async (tx) => {
      await takeOnce(tx, idToken, claims);
      const user = await keepPerson(tx, identity, claims);
      if (user.disabledAt !== null) throw new EntraRefusal("FORBIDDEN", "disabled", "This account is disabled here.");
      await attempts.forgive(tx, ctx.request, undefined);
      const details = { provider: "entra", role: user.role };
      await writeAudit(tx, { action: "login", outcome: "success", userId: user.id, details, ...auditFacts(ctx) });
      return { user, tokens: await openSession(tx, user.id, ctx.request) };
    });
    ctx.cookies.set(opened.tokens);
    return { user: toUser(opened.user), session: { expiresAt: opened.tokens.expiresAt.toISOString() } };
  } catch (error) {
    if (!(error instanceof EntraRefusal)) throw error;
    // In a transaction of its own: the refused one is gone.
    await database.asSystem("refused login", (tx) =>
      writeAudit(tx, {
        action: "login.failed",
        outcome: error.code === "FORBIDDEN" ? "denied" : "failure",
        details: { provider: "entra", reason: error.reason },
        ...auditFacts(ctx),
      }),
    );
    throw error;
  }
}

function assertPerson({ acct, idp, idtyp, scp, azpacr, sub, oid }: EntraClaims): void {
  // An application's token is for the same audience; it is its own subject.
  if (idtyp === "app" || scp !== undefined || azpacr !== undefined || sub === oid)
    throw new EntraRefusal("UNAUTHENTICATED", "no ID token");
  if (acct === 1 || idp !== undefined) {
    throw new EntraRefusal("FORBIDDEN", "guest", "Guests of the organisation are not admitted here.");
  }
}

/** @throws EntraRefusal when the token was turned in before, to whichever process. */
async function takeOnce(tx: Tx, token: string, { exp }: EntraClaims): Promise<void> {
  await tx.entraToken.deleteMany({ where: { expiresAt: { lt: new Date(Date.now() - keptAfterMs) } } });
  const expiresAt = new Date(exp * 1000);
  // What was signed, and not the signature: base64url spells the same one in several ways.
  const signed = token.slice(0, token.lastIndexOf("."));
  const { count } = await tx.entraToken.createMany({
    data: { tokenHash: hashToken(signed), expiresAt },
    skipDuplicates: true,
  });
  if (count === 0) throw new EntraRefusal("UNAUTHENTICATED", "replayed");
}

/** Longer than the skew with which an expired token is still taken, ms. */
const keptAfterMs = 5 * 60_000;

/** The person's row, made at the first sign-in, with the role that the tenant gives now. */
async function keepPerson(tx: Tx, identity: Identity, claims: EntraClaims) {
  const key = { entraTenantId: claims.tid, entraObjectId: claims.oid };
  const email = scrubLine(claims.preferred_username ?? claims.email ?? `${claims.oid}@${claims.tid}`)
    .toLowerCase()
    .slice(0, 254);
  const displayName = scrubLine(claims.name ?? email).slice(0, 200);
  const role = roleOf(identity, claims, email);
  return tx.user.upsert({
    where: { entraTenantId_entraObjectId: key },
    create: { ...key, email, displayName, role: role ?? "user" },
    // Without roles in the tenant, a role that an administrator gave here stays.
    update: { email, displayName, ...(role === undefined ? {} : { role }) },
  });
}

/** The role that the token or the settings give; undefined when neither says anything. @throws EntraRefusal for roles without ours. */
function roleOf(identity: Identity, { roles }: EntraClaims, email: string): Role | undefined {
  if (roles !== undefined && roles.length > 0) {
    if (roles.includes(adminRole)) return "admin";
    if (roles.includes(userRole)) return "user";
    throw new EntraRefusal(
      "FORBIDDEN",
      "role",
      "Your account has no role for Legible. Ask whoever manages it in Microsoft Entra.",
    );
  }
  return identity.adminEmails.includes(email) ? "admin" : undefined;
}
