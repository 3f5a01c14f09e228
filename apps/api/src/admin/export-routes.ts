// The export of the audit log: plain HTTP, because it is a file.
import { Readable } from "node:stream";
import { auditExportInput } from "@legible/shared/admin";
import { AppError } from "@legible/shared/errors";
import type { FastifyInstance } from "fastify";
import type { Deps } from "../deps.ts";
import { contentDisposition } from "../download/disposition.ts";
import { signedInContext } from "../request-context.ts";
import { exportAudit } from "./audit-export.ts";

const mimeTypes = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" };

export function exportRoutes(app: FastifyInstance, deps: Deps): void {
  app.get("/api/v2/admin/audit-logs/export", async (request, reply) => {
    const ctx = await signedInContext(deps, request, reply, "admin:read");
    if (ctx.session.role !== "admin") throw new AppError("FORBIDDEN");
    const input = auditExportInput.safeParse(request.query);
    if (!input.success) throw new AppError("INVALID_INPUT", undefined, { cause: input.error });
    const text = await exportAudit(ctx, input.data);
    const day = new Date().toISOString().slice(0, 10);
    return reply
      .type(mimeTypes[input.data.format])
      .header("content-disposition", contentDisposition(`audit-log-${day}.${input.data.format}`))
      .send(Readable.from(text, { objectMode: false }));
  });
}
