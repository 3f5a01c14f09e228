// Web pages of other sites that may call: those of CORS_ORIGINS, with API tokens. Never with a person's cookies, so a hole in such a page
// is worth the tokens it holds and nobody's session.
import fastifyCors from "@fastify/cors";
import type { FastifyInstance } from "fastify";

/** Browsers may keep what they were told about a site, s. */
const keptSeconds = 600;

/** Lets pages of `origins` read answers; without any nothing is registered, and no site may. */
export async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await app.register(fastifyCors, {
    origin: [...origins],
    credentials: false,
    methods: ["GET", "HEAD", "POST", "PUT", "DELETE"],
    allowedHeaders: ["authorization", "content-type", "if-none-match", "if-range", "range", "trpc-accept"],
    exposedHeaders: ["accept-ranges", "content-disposition", "content-range", "etag", "retry-after", "x-request-id"],
    maxAge: keptSeconds,
    strictPreflight: true,
  });
}
