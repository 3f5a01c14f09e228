// A page as an image. The server never parses the document: the picture is made in the sandbox, once.
import { createHash } from "node:crypto";
import { AppError } from "@legible/shared/errors";
import { pageNumberSchema, taskIdSchema } from "@legible/shared/ids";
import { previewKey } from "@legible/storage/keys";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { namesTag } from "../download/send.ts";
import { signedInContext } from "../request-context.ts";
import { findPreview } from "./find.ts";
import { createNoticed } from "./noticed.ts";

const params = z.object({ taskId: taskIdSchema, number: z.coerce.number().pipe(pageNumberSchema) });
/** Two sizes are kept; up to this width, px, the small one is enough. */
const thumbnailWidth = 240;
const query = z.object({ width: z.coerce.number().pipe(z.int().min(1).max(20_000)).optional() });

export function previewRoutes(app: FastifyInstance, deps: Deps): void {
  const noticed = createNoticed();
  app.get("/api/v2/tasks/:taskId/pages/:number/preview", async (request, reply) => {
    const ctx = await signedInContext(deps, request, reply, "tasks:read");
    const wanted = params.safeParse(request.params);
    const sizes = query.safeParse(request.query);
    if (!wanted.success) throw new AppError("NOT_FOUND");
    if (!sizes.success) throw new AppError("INVALID_INPUT", undefined, { details: { fields: ["width"] } });
    const page = await findPreview(ctx, wanted.data, noticed);
    const size = (sizes.data.width ?? Number.POSITIVE_INFINITY) <= thumbnailWidth ? "thumbnail" : "full";
    const key = previewKey(page.taskId, page.attempt, page, size);
    const etag = `"${createHash("sha256").update(key).digest("base64url")}"`;
    reply.headers({
      etag,
      // Kept by this person's browser, and shown again only after asking whether it still may be.
      "cache-control": "private, no-cache",
      "content-security-policy": "sandbox; default-src 'none'",
    });
    if (namesTag(request.headers["if-none-match"], etag)) return reply.code(304).send();
    const gone = new AbortController();
    request.raw.socket.once("close", () => gone.abort(new AppError("UNAVAILABLE")));
    await deps.previews.ensure(page, gone.signal);
    const { body, size: length } = await deps.storage.get(key);
    return reply.headers({ "content-type": "image/jpeg", "content-length": length }).send(body);
  });
}
