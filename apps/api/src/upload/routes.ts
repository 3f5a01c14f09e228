// PUT of a file: plain streaming HTTP in a scope of its own, so that no parser touches the body.
import { AppError } from "@legible/shared/errors";
import { taskIdSchema } from "@legible/shared/ids";
import { defaultLimits } from "@legible/shared/limits";
import { uploadOutput } from "@legible/shared/task";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { signedInContext } from "../request-context.ts";
import { drain } from "./head.ts";
import { putFile } from "./put.ts";

const paramsSchema = z.object({
  taskId: taskIdSchema,
  position: z.coerce.number().pipe(z.int().min(1).max(defaultLimits.filesPerTask)),
});

export function uploadRoutes(app: FastifyInstance, deps: Deps): void {
  /** Places that are being filled: two bodies for one place would race for the same object. */
  const busy = new Set<string>();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, _payload, done) => done(null));
  app.addHook("onResponse", async (request) => drain(request.raw));

  app.put("/api/v2/tasks/:taskId/files/:position", async (request, reply) => {
    const ctx = await signedInContext(deps, request, reply, "tasks:write");
    const target = paramsSchema.safeParse(request.params);
    if (!target.success) throw new AppError("NOT_FOUND");
    const place = `${ctx.session.userId} ${target.data.taskId} ${target.data.position}`;
    if (busy.has(place)) throw new AppError("CONFLICT", "This file is being uploaded already.");
    busy.add(place);
    try {
      return uploadOutput.parse(await putFile(ctx, target.data, request.raw));
    } finally {
      busy.delete(place);
    }
  });
}
