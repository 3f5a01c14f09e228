// What every audit entry says about the request that caused it, and who made it.
import type { AuditActor } from "@legible/shared/audit";
import type { Context, Session } from "./context.ts";

type Facts = { actor: AuditActor; tokenId?: number; address: string; userAgent?: string; requestId: string };

/** A caller who is not known yet (a sign-in, the setup) is a person: tokens sign in nowhere. */
export function auditFacts(ctx: Pick<Context, "request"> & { session?: Session }): Facts {
  const { address, userAgent, id } = ctx.request;
  const by: Pick<Facts, "actor" | "tokenId"> =
    ctx.session?.via === "token" ? { actor: "token", tokenId: ctx.session.id } : { actor: "person" };
  return { ...by, address, requestId: id, ...(userAgent === undefined ? {} : { userAgent }) };
}
