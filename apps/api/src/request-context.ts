// From an HTTP request to what procedures and file routes know of it.
import { AppError } from "@legible/shared/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Context, Session, SignedInContext } from "./context.ts";
import type { Deps } from "./deps.ts";
import { sessionCookies } from "./session/cookies.ts";
import { findSession } from "./session/find.ts";

export function requestContext(deps: Deps, request: FastifyRequest, reply: FastifyReply): Context {
  const cookies = sessionCookies(request, reply);
  let found: Promise<Session | undefined> | undefined;
  return {
    deps,
    cookies,
    request: { id: request.id, address: request.ip, userAgent: request.headers["user-agent"] },
    findSession() {
      found ??= cookies.access === undefined ? Promise.resolve(undefined) : findSession(deps, cookies.access);
      return found;
    },
  };
}

/** @throws AppError UNAUTHENTICATED */
export async function signedInContext(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignedInContext> {
  const ctx = requestContext(deps, request, reply);
  const session = await ctx.findSession();
  if (session === undefined) throw new AppError("UNAUTHENTICATED");
  return { ...ctx, session };
}
