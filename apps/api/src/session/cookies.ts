// The two cookies. Both have Path=/: logout must see the refresh token when the access token is gone, it is used below two
// prefixes (/trpc and /api/v2), and a path is no border between scripts of one origin. HttpOnly and SameSite=Strict are.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { SessionCookies } from "../context.ts";

export const accessCookie = "legible_session";
export const refreshCookie = "legible_refresh";

/** Longest cookie worth hashing, characters: ours have 43 and 80. */
const tokenLength = 200;

/** The session cookies of one request and its answer. Secure is set when the request came over https. */
export function sessionCookies(request: FastifyRequest, reply: FastifyReply): SessionCookies {
  const attributes = { path: "/", httpOnly: true, sameSite: "strict", secure: request.protocol === "https" } as const;
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
    },
  };
}

function readToken(request: FastifyRequest, name: string): string | undefined {
  const value = request.cookies[name];
  return value === undefined || value === "" || value.length > tokenLength ? undefined : value;
}
