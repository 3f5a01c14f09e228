// Is the process alive, and can it serve? The first asks nobody; the second asks the database, for two seconds at most.
import { AppError } from "@legible/shared/errors";
import type { FastifyInstance } from "fastify";
import type { Deps } from "./deps.ts";

export function healthRoutes(app: FastifyInstance, deps: Deps): void {
  app.get("/health/live", async () => ({ status: "ok" }));
  app.get("/health/ready", async () => {
    if (deps.stopping.aborted || !(await deps.database.ready())) throw new AppError("UNAVAILABLE");
    return { status: "ok" };
  });
}
