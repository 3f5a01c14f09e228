// The two cookies. Both have Path=/: logout must see the refresh token when the access token is gone, it is used below two
// prefixes (/trpc and /api/v2), and a path is no border between scripts of one origin. HttpOnly and SameSite=Strict are.
//
// Over https their names begin with __Host-, which browsers take from this very host over https alone: no neighbour below the same domain,
// and nobody on a plain connection, can plant a session. Over plain http, which browsers then refuse, they have no prefix.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { SessionCookies } from "../context.ts";

/** Without their prefix. */
const cookies = { access: "legible_session", refresh: "legible_refresh" } as const;
const hostPrefix = "__Host-";

/** Longest cookie worth hashing, characters: ours have 43 and 80. */
const tokenLength = 200;

/** The session cookies of one request and its answer. Secure, and the prefix, when the request came over https. */
export function sessionCookies(request: FastifyRequest, reply: FastifyReply): SessionCookies {
  const { accessCookie, refreshCookie } = namesFor(request);
  const secure = request.protocol === "https";
  const attributes = { path: "/", httpOnly: true, sameSite: "strict", secure } as const;
  return {
    access: readToken(request, accessCookie),
    refresh: readToken(request, refreshCookie),
    set(tokens) {
      // Kept until the absolute end: whether a token is still good is the server's decision, not the browser's.
      const options = { ...attributes, expires: tokens.absoluteExpiresAt };
      reply.setCookie(accessCookie, tokens.access, options);
      reply.setCookie(refreshCookie, tokens.refresh, options);
    },
    clear() {
      reply.clearCookie(accessCookie, attributes);
      reply.clearCookie(refreshCookie, attributes);
      // docs/decisions/0017-what-a-sign-out-clears.md: not cookies, not storage. Over plain http browsers complain and do nothing.
      if (secure) reply.header("clear-site-data", '"cache"');
    },
  };
}

/** True when the request carries a session, good or not, that a browser added by itself. */
export function hasSessionCookie(request: FastifyRequest): boolean {
  const { accessCookie, refreshCookie } = namesFor(request);
  return request.cookies[accessCookie] !== undefined || request.cookies[refreshCookie] !== undefined;
}

function namesFor(request: FastifyRequest): { accessCookie: string; refreshCookie: string } {
  const prefix = request.protocol === "https" ? hostPrefix : "";
  return { accessCookie: prefix + cookies.access, refreshCookie: prefix + cookies.refresh };
}

function readToken(request: FastifyRequest, name: string): string | undefined {
  const value = request.cookies[name];
  return value === undefined || value === "" || value.length > tokenLength ? undefined : value;
}
