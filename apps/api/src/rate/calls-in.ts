// How many calls a request is.
import { maxBatchSize } from "@legible/shared/limits";
import type { FastifyRequest } from "fastify";

/** The names in a tRPC batch; 1 for any other call; 0 for what is not counted: health, and the files of the page. */
export function callsIn(request: FastifyRequest): number {
  // The route that was found, and not the address: addresses are written in many ways.
  const route = request.routeOptions.url ?? "";
  if (route === "/trpc/:path") {
    const { path = "" } = request.params as { path?: string };
    // A larger batch is refused as a whole.
    return Math.min(path.split(",").length, maxBatchSize);
  }
  return route.startsWith("/api/") ? 1 : 0;
}
