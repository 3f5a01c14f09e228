// From an HTTP request to what procedures and file routes know of it.
import { AppError } from "@legible/shared/errors";
import type { ApiTokenScope } from "@legible/shared/session";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Context, RequestFacts, Session, SignedInContext } from "./context.ts";
import type { Deps } from "./deps.ts";
import { findApp } from "./entra/find-app.ts";
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
  const facts = { id: request.id, address: request.ip, userAgent: request.headers["user-agent"] };
  let found: Promise<Session | undefined> | undefined;
  return {
    deps,
    cookies,
    request: facts,
    findSession() {
      // A program that says who it is means it: a cookie beside its token is not looked at.
      found ??= (async () => {
        const caller = await (token !== undefined
          ? findProgram(deps, token, facts)
          : cookies.access === undefined
            ? undefined
            : findSession(deps, cookies.access));
        if (caller !== undefined) await deps.rates.takeCaller(caller, callsIn(request));
        return caller;
      })();
      return found;
    },
  };
}

/** Whoever speaks by `token`: one of ours, or one of Microsoft Entra's, which has two dots in it. */
function findProgram(deps: Deps, token: string, facts: RequestFacts): Promise<Session | undefined> {
  return token.includes(".") ? findApp(deps, token, facts) : findToken(deps, token);
}

/** What follows "Bearer " in the Authorization header; undefined without one. */
function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer +(\S{1,16384})$/iu.exec(request.headers.authorization ?? "")?.[1];
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
