// Results and originals.
import { AppError } from "@legible/shared/errors";
import { taskIdSchema } from "@legible/shared/ids";
import { defaultLimits } from "@legible/shared/limits";
import { resultFormatSchema } from "@legible/shared/result-format";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { signedInContext } from "../request-context.ts";
import { findResult, findSource } from "./find.ts";
import { sendObject } from "./send.ts";

const resultParams = z.object({ taskId: taskIdSchema, format: resultFormatSchema });
const resultQuery = z.object({ version: z.enum(["latest", "original"]).default("latest") });
const sourceParams = z.object({ taskId: taskIdSchema });
const sourceQuery = z.object({
  position: z.coerce.number().default(1).pipe(z.int().min(1).max(defaultLimits.filesPerTask)),
});

export function downloadRoutes(app: FastifyInstance, deps: Deps): void {
  app.get("/api/v2/tasks/:taskId/download/:format", async (request, reply) => {
    const ctx = await signedInContext(deps, request, reply, "tasks:read");
    const params = resultParams.safeParse(request.params);
    const query = resultQuery.safeParse(request.query);
    if (!params.success || !query.success) throw new AppError("NOT_FOUND");
    const { taskId, format } = params.data;
    const download = await findResult(ctx, taskId, { format, version: query.data.version });
    return sendObject(deps.storage, request, reply, download);
  });

  app.get("/api/v2/tasks/:taskId/source", async (request, reply) => {
    const ctx = await signedInContext(deps, request, reply, "tasks:read");
    const params = sourceParams.safeParse(request.params);
    const query = sourceQuery.safeParse(request.query);
    if (!params.success || !query.success) throw new AppError("NOT_FOUND");
    const download = await findSource(ctx, params.data.taskId, query.data.position);
    return sendObject(deps.storage, request, reply, download);
  });
}
