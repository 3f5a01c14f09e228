// What every audit entry says about the request that caused it, and who made it.
import type { AuditActor } from "@legible/shared/audit";
import type { Context, Session } from "./context.ts";

type By = { actor: AuditActor; tokenId?: number; appId?: string };
type Facts = By & { address: string; userAgent?: string; requestId: string };

/** A caller who is not known yet (a sign-in, the setup) is a person: programs sign in nowhere. */
export function auditFacts(ctx: Pick<Context, "request"> & { session?: Session }): Facts {
  const { address, userAgent, id } = ctx.request;
  return { ...by(ctx.session), address, requestId: id, ...(userAgent === undefined ? {} : { userAgent }) };
}

function by(session: Session | undefined): By {
  if (session?.via === "token") return { actor: "token", tokenId: session.id };
  if (session?.via === "app") return { actor: "app", appId: session.appId };
  return { actor: "person" };
}
