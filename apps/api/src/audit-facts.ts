// What every audit entry says about the request that caused it.
import type { Context } from "./context.ts";

export function auditFacts(ctx: Pick<Context, "request">): { address: string; userAgent?: string; requestId: string } {
  const { address, userAgent, id } = ctx.request;
  return { address, requestId: id, ...(userAgent === undefined ? {} : { userAgent }) };
}
