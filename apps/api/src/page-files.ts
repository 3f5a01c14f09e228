// The built single-page application. Files named by their hash never change; index.html is asked for again every time.
import { existsSync } from "node:fs";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** Serves `folder` at "/" under `policy`; does nothing when the page was not built. */
export async function pageFiles(app: FastifyInstance, folder: string, policy: string): Promise<void> {
  if (!existsSync(folder)) return;
  await app.register(fastifyStatic, {
    root: folder,
    prefix: "/",
    index: "index.html",
    dotfiles: "ignore",
    cacheControl: false,
    setHeaders(response, path) {
      const hashed = path.includes("/assets/") || path.includes("\\assets\\");
      response.header("content-security-policy", policy);
      response.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}

const served = /^\/(?:api|trpc|health|metrics|assets)(?:\/|$)/u;

/** True for an address of the page's own router: a person's GET that is no file and no call. */
export function isPageAddress(method: string, url: string, accept: string | undefined): boolean {
  return method === "GET" && !served.test(url) && accept?.includes("text/html") === true;
}
