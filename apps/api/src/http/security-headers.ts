// What every answer says to browsers. Set on Node's own response, before any framework sees the request, so that no answer can do without:
// not a refusal of the framework, not one while the server stops. A route may tighten them, and the page's files say what the page needs.
import type { Server } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";

export const securityHeaders = {
  // For everything that is not the page: whatever it is, it is not to be shown, run or framed.
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-permitted-cross-domain-policies": "none",
  // Answers are a person's own, unless a route says otherwise.
  "cache-control": "no-store",
} as const;

const self = "'self'";
const none = "'none'";
/** The content security policy of the page and its files. `cloud`: where the page turns its sign-in code into a token. */
export function pagePolicy(cloud: string | undefined): string {
  const directives: Record<string, string[]> = {
    "default-src": [self],
    "script-src": [self],
    // Mantine sets style attributes and a style element for its theme.
    "style-src": [self, "'unsafe-inline'"],
    // Previews and drop-zone thumbnails are blobs; small icons are inlined by the build.
    "img-src": [self, "blob:", "data:"],
    "font-src": [self, "data:"],
    "connect-src": cloud === undefined ? [self] : [self, new URL(cloud).origin],
    "object-src": [none],
    "base-uri": [none],
    "form-action": [self],
    "frame-ancestors": [none],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}

/** Puts the headers on every response of `server`. */
export function setSecurityHeaders(server: Server): void {
  server.prependListener("request", (_request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  });
  // Node would answer an Expect that it does not know by itself, without the headers.
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
}

/** A year. No subdomains: what else is served below this name is not ours to decide. */
const strictTransport = "max-age=31536000";

/** Headers that depend on the request. Over plain HTTP browsers ignore strict transport, and a proxy may have reasons for it. */
export function setRequestHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.header("x-request-id", request.id);
  if (request.protocol === "https") reply.header("strict-transport-security", strictTransport);
}
