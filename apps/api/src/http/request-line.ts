// What a request says it is for. Two readings of it (ours, a proxy's) are how requests are smuggled.
import { AppError } from "@legible/shared/errors";
import type { FastifyRequest } from "fastify";

/** A name or an address, and maybe a port. */
const hostPattern = /^(?:[\w.-]{1,253}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/iu;

/** @throws AppError INVALID_INPUT for an address that is not a path, and for none, several or an impossible Host. */
export function assertRequestLine(request: FastifyRequest): void {
  const { rawHeaders, url = "", httpVersion } = request.raw;
  if (!url.startsWith("/")) throw new AppError("INVALID_INPUT", "Send the path alone, not the whole address.");
  const hosts = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === "host");
  if (hosts.length === 0 && httpVersion === "1.0") return;
  if (hosts.length !== 1 || !hostPattern.test(hosts[0] ?? "")) {
    throw new AppError("INVALID_INPUT", "Send one Host header with the name of this server.");
  }
}
