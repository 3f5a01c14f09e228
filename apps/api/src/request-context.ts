// From an HTTP request to what procedures and file routes know of it.
import { AppError } from "@legible/shared/errors";
import type { ApiTokenScope } from "@legible/shared/session";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Context, Session, SignedInContext } from "./context.ts";
import type { Deps } from "./deps.ts";
import { callsIn } from "./rate/calls-in.ts";
import { assertOwnPassword } from "./session/assert-own-password.ts";
import { sessionCookies } from "./session/cookies.ts";
import { findSession } from "./session/find.ts";
import { assertScope } from "./token/assert-scope.ts";
import { findToken } from "./token/find.ts";
import { writeRefusal } from "./write-refusal.ts";

export function requestContext(deps: Deps, request: FastifyRequest, reply: FastifyReply): Context {
  const cookies = sessionCookies(request, reply);
  const token = bearerToken(request);
  let found: Promise<Session | undefined> | undefined;
  return {
    deps,
    cookies,
    request: { id: request.id, address: request.ip, userAgent: request.headers["user-agent"] },
    findSession() {
      // A program that says who it is means it: a cookie beside its token is not looked at.
      found ??= (async () => {
        const caller =
          token !== undefined
            ? await findToken(deps, token)
            : cookies.access === undefined
              ? undefined
              : await findSession(deps, cookies.access);
        if (caller !== undefined) await deps.rates.takeCaller(caller, callsIn(request));
        return caller;
      })();
      return found;
    },
  };
}

/** What follows "Bearer " in the Authorization header; undefined without one. */
function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer +(\S{1,200})$/iu.exec(request.headers.authorization ?? "")?.[1];
}

/**
 * For routes of plain HTTP. `scope` is what a token needs ("admin:read": and an administrator); a call without it is written down.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, PASSWORD_CHANGE_REQUIRED
 */
export async function signedInContext(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  scope: ApiTokenScope,
): Promise<SignedInContext> {
  const ctx = requestContext(deps, request, reply);
  const session = await ctx.findSession();
  if (session === undefined) throw new AppError("UNAUTHENTICATED");
  try {
    assertOwnPassword(session);
    if (scope === "admin:read" && session.role !== "admin") throw new AppError("FORBIDDEN");
    assertScope(session, scope);
  } catch (error) {
    const place = `${request.method} ${request.routeOptions.url}`;
    if (error instanceof AppError) await writeRefusal(ctx, session, place, error);
    throw error;
  }
  return { ...ctx, session };
}
