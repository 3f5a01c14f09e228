// tRPC over HTTP: JSON only, batches of bounded size, event streams that proxies do not hold back.
import { AppError } from "@legible/shared/errors";
import { maxBatchSize } from "@legible/shared/limits";
import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import type { FastifyInstance } from "fastify";
import type { Deps } from "./deps.ts";
import { toAppError } from "./error.ts";
import { logError } from "./log-error.ts";
import { requestContext } from "./request-context.ts";
import { appRouter } from "./router.ts";

export function trpcRoutes(app: FastifyInstance, deps: Deps): void {
  // tRPC parses by itself, and lets multipart bodies through to procedures without input: here nothing but JSON arrives.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => done(null, body));

  app.route<{ Params: { path: string } }>({
    method: ["GET", "POST"],
    url: "/trpc/:path",
    async handler(request, reply) {
      // An answer in pieces is under way before a procedure could set a cookie.
      const streamed = `${request.headers["trpc-accept"] ?? ""} ${request.headers.accept ?? ""}`.includes("jsonl");
      if (streamed) throw new AppError("INVALID_INPUT", "Use httpBatchLink: streamed batches are not offered.");
      reply.header("x-accel-buffering", "no");
      await fastifyRequestHandler({
        router: appRouter,
        req: request,
        res: reply,
        path: request.params.path,
        maxBatchSize,
        createContext: () => requestContext(deps, request, reply),
        responseMeta: ({ errors }) => retryAfter(errors),
        onError({ error, path }) {
          if (toAppError(error).code === "INTERNAL") {
            logError(deps.log, error.cause ?? error, { requestId: request.id, place: path ?? "trpc" });
          }
        },
      });
      return reply;
    },
  });
}

function retryAfter(errors: unknown[]): { headers?: Headers; status?: number } {
  const known = errors.map(toAppError);
  const seconds = known.find((error) => error.code === "RATE_LIMITED")?.details?.retryAfterSeconds;
  // tRPC has no code for 507.
  const full = errors.length === 1 && known[0]?.code === "STORAGE_FULL" ? { status: known[0].status } : {};
  return { ...full, ...(seconds === undefined ? {} : { headers: new Headers({ "retry-after": String(seconds) }) }) };
}
