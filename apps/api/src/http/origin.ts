// Requests that change something must come from our own page, from a program that brings no cookie, or from a site of CORS_ORIGINS with an
// API token (CSRF).
import { AppError } from "@legible/shared/errors";
import type { FastifyRequest } from "fastify";
import { hasSessionCookie } from "../session/cookies.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** @throws AppError FORBIDDEN for a request from elsewhere. */
export function assertSameOrigin(request: FastifyRequest, corsOrigins: readonly string[]): void {
  if (safeMethods.has(request.method)) return;
  const site = request.headers["sec-fetch-site"];
  const { origin, authorization } = request.headers;
  const ambient = hasSessionCookie(request);
  if (origin !== undefined && corsOrigins.includes(origin) && authorization !== undefined && !ambient) return;
  const refused = () => new AppError("FORBIDDEN", "This request comes from another site.");
  if (site !== undefined && site !== "same-origin" && site !== "none") throw refused();
  // The host only: behind a proxy that ends TLS the scheme differs. Browsers keep Strict cookies to one scheme themselves.
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.host)) throw refused();
  if (site === undefined && origin === undefined && ambient) {
    throw new AppError("FORBIDDEN", "Send an Origin header with a request that carries a session cookie.");
  }
}
