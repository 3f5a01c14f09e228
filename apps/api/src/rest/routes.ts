// The table as routes. A route builds the input, calls the procedure and sends what it gives: rights, checks and audit are the
// procedure's own.
import { callTRPCProcedure } from "@trpc/server";
import type { FastifyInstance } from "fastify";
import type { Deps } from "../deps.ts";
import { requestContext } from "../request-context.ts";
import { appRouter } from "../router.ts";
import { fromQuery } from "./input.ts";
import { openApiDocument } from "./openapi.ts";
import { procedureShape } from "./schemas.ts";
import { restTable } from "./table.ts";

export function restRoutes(app: FastifyInstance, deps: Deps): void {
  const parseJson = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    // Clients say "JSON" on every request, with or without a body.
    if (body === "") done(null, undefined);
    else void parseJson(request, String(body), done);
  });

  for (const { method, path, procedure } of restTable) {
    const { type, input: schema } = procedureShape(procedure);
    app.route<{ Params: Record<string, string>; Querystring: Record<string, unknown> }>({
      method,
      url: path.replaceAll(/\{(\w+)\}/gu, ":$1"),
      handler(request, reply) {
        const given = method === "POST" ? asObject(request.body) : fromQuery(request.query, schema);
        return callTRPCProcedure({
          router: appRouter,
          path: procedure,
          type,
          ctx: requestContext(deps, request, reply),
          getRawInput: async () =>
            schema === undefined ? undefined : { ...given, ...fromQuery(request.params, schema) },
          signal: undefined,
          batchIndex: 0,
        });
      },
    });
  }

  const document = openApiDocument();
  app.get("/api/v2/openapi.json", async () => document);
}

function asObject(body: unknown): Record<string, unknown> {
  return typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body } : {};
}
