// The HTTP server: what holds for every request (limits, headers, origin, errors), then the routes.
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyCookie from "@fastify/cookie";
import { AppError } from "@legible/shared/errors";
import { jsonBodyBytes } from "@legible/shared/limits";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { exportRoutes } from "./admin/export-routes.ts";
import type { Deps } from "./deps.ts";
import { downloadRoutes } from "./download/routes.ts";
import { fromHttpError, toErrorBody } from "./error.ts";
import { healthRoutes } from "./health.ts";
import { clientErrors } from "./http/client-error.ts";
import { allowOrigins } from "./http/cross-origin.ts";
import { assertSameOrigin } from "./http/origin.ts";
import { assertRequestLine } from "./http/request-line.ts";
import { pagePolicy, setRequestHeaders, setSecurityHeaders } from "./http/security-headers.ts";
import { logError } from "./log-error.ts";
import { isPageAddress, pageFiles } from "./page-files.ts";
import { previewRoutes } from "./preview/routes.ts";
import { callsIn } from "./rate/calls-in.ts";
import { restRoutes } from "./rest/routes.ts";
import { trpcRoutes } from "./trpc-routes.ts";
import { uploadRoutes } from "./upload/routes.ts";

/** How long a connection is waited for, ms. */
const patience = {
  /** Headers arrive at once from honest clients. */
  headersMs: 20_000,
  /** A JSON body is small: one that takes longer is held back on purpose. */
  jsonMs: 30_000,
  /** The largest file over a slow line (200 MB at 0.5 Mbit/s) takes 56 minutes. */
  requestMs: 60 * 60_000,
  /** A connection on which nothing moves is closed; event streams send a ping more often. */
  idleMs: 120_000,
  /** Longer than the idle time of common proxies, so that they close first. */
  keepAliveMs: 65_000,
  /** How often Node looks for headers and requests that are late. */
  checkMs: 5_000,
};
/** Bytes of all headers of a request; ours are below 2 kB. */
const headerBytes = 16 * 1024;

export type ServerOptions = {
  /** Folder of the built page. */
  pageFolder: string;
  /** Addresses of proxies whose X-Forwarded-… headers are believed; none by default. */
  trustProxy?: string[];
  /** Origins of web pages elsewhere that may call with API tokens; none by default. */
  corsOrigins?: string[];
  patience?: Partial<typeof patience>;
};

/** The server, ready to listen. */
export async function createServer(deps: Deps, options: ServerOptions): Promise<FastifyInstance> {
  const waits = { ...patience, ...options.patience };
  const unreadable = clientErrors(deps.log);
  const app = fastify({
    logger: false,
    bodyLimit: jsonBodyBytes,
    requestTimeout: waits.requestMs,
    connectionTimeout: waits.idleMs,
    keepAliveTimeout: waits.keepAliveMs,
    http: {
      headersTimeout: waits.headersMs,
      connectionsCheckingInterval: waits.checkMs,
      maxHeaderSize: headerBytes,
      // Node would answer for itself, without our headers: assertRequestLine does it.
      requireHostHeader: false,
    },
    trustProxy: options.trustProxy ?? false,
    forceCloseConnections: "idle",
    exposeHeadRoutes: false,
    // Ten procedure names in one path.
    routerOptions: { maxParamLength: 1_000 },
    genReqId: () => randomUUID(),
    frameworkErrors: refuseAddress,
    clientErrorHandler: unreadable.answer,
  });
  setSecurityHeaders(app.server);
  unreadable.watch(app.server);
  await app.register(fastifyCookie);
  await allowOrigins(app, options.corsOrigins ?? []);
  everyRequest(app, deps, { jsonMs: waits.jsonMs, corsOrigins: options.corsOrigins ?? [] });
  const policy = pagePolicy(deps.identity.entra?.cloud);
  everyError(app, deps, options.pageFolder, policy);

  for (const routes of [
    healthRoutes,
    trpcRoutes,
    uploadRoutes,
    downloadRoutes,
    previewRoutes,
    exportRoutes,
    restRoutes,
  ]) {
    // A scope each: body parsers of one are not those of another.
    await app.register((scope, _options, done) => {
      routes(scope, deps);
      done();
    });
  }
  await pageFiles(app, options.pageFolder, policy);
  return app;
}

/** How often connections whose last answer has gone are looked for while the server closes, ms. */
const sweepMs = 50;

/** Takes no more requests and ends when those in hand are answered, or are cut off after `graceMs`. End the streams first. */
export async function closeServer(app: FastifyInstance, graceMs: number): Promise<void> {
  // Node closes the connections that are idle now, and would wait for the clients of the others to hang up.
  const sweep = setInterval(() => app.server.closeIdleConnections(), sweepMs);
  const late = setTimeout(() => app.server.closeAllConnections(), graceMs);
  await app.close().finally(() => {
    clearInterval(sweep);
    clearTimeout(late);
  });
}

/** An address that cannot be decoded reaches no route and no hook. */
function refuseAddress(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const known = fromHttpError(error);
  setRequestHeaders(request, reply);
  void reply.code(known.status).send(toErrorBody(known, request.id));
}

function everyRequest(app: FastifyInstance, deps: Deps, options: { jsonMs: number; corsOrigins: string[] }): void {
  app.addHook("onRequest", async (request, reply) => {
    setRequestHeaders(request, reply);
    assertRequestLine(request);
    assertSameOrigin(request, options.corsOrigins);
    const calls = callsIn(request);
    if (calls > 0) await deps.rates.takeAddress(request.ip, calls);
  });
  app.addHook("preParsing", async (request) => {
    if (request.raw.complete || request.routeOptions.url?.endsWith("/files/:position") === true) return;
    const timer = setTimeout(() => request.raw.destroy(), options.jsonMs);
    request.raw.once("close", () => clearTimeout(timer)).once("end", () => clearTimeout(timer));
  });
  app.addHook("onResponse", async (request, reply) => {
    const { method, id } = request;
    // The route's pattern, not the address: queries carry what people typed.
    const fields = { requestId: id, method, route: request.routeOptions.url ?? "", status: reply.statusCode };
    deps.log.info({ ...fields, ms: Math.round(reply.elapsedTime) }, "Request.");
  });
}

function everyError(app: FastifyInstance, deps: Deps, pageFolder: string, policy: string): void {
  app.setErrorHandler((error, request, reply) => {
    const known = fromHttpError(error);
    // The caller hung up: there is nobody to answer and nothing to look into.
    if (known.code === "INTERNAL" && !request.raw.destroyed) {
      logError(deps.log, error, { requestId: request.id, place: request.routeOptions.url ?? "" });
    }
    const seconds = known.details?.retryAfterSeconds;
    if (seconds !== undefined) reply.header("retry-after", String(seconds));
    void reply.code(known.status).send(toErrorBody(known, request.id));
  });
  const hasPage = existsSync(join(pageFolder, "index.html"));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    if (hasPage && isPageAddress(request.method, path, request.headers.accept)) {
      return reply.headers({ "cache-control": "no-cache", "content-security-policy": policy }).sendFile("index.html");
    }
    const missing = new AppError("NOT_FOUND");
    return reply.code(missing.status).send(toErrorBody(missing, request.id));
  });
}
