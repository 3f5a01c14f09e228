// Bytes that are no HTTP, or too much of it, never become a request: they are answered here, on the bare socket, and the connection ends.
import { randomUUID } from "node:crypto";
import { type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { AppError, type ErrorCode } from "@legible/shared/errors";
import type { Log } from "@legible/shared/log";
import { toErrorBody } from "../error.ts";
import { securityHeaders } from "./security-headers.ts";

/** What Node's parser says, where that is more than "no HTTP". */
const known = new Map<string | undefined, { status: number; code: ErrorCode; message: string }>([
  [
    "HPE_HEADER_OVERFLOW",
    { status: 431, code: "TOO_LARGE", message: "The headers are larger than the server accepts." },
  ],
  ["ERR_HTTP_REQUEST_TIMEOUT", { status: 408, code: "INVALID_INPUT", message: "The request took too long to arrive." }],
]);
const unreadable = { status: 400, code: "INVALID_INPUT", message: "The request cannot be read as HTTP." } as const;

/** Handles what Node's parser refuses on `server`. The bytes stay out of the log: they may be part of a document. */
export function clientErrors(log: Log): {
  watch(server: Server): void;
  answer(error: Error & { code?: string }, socket: Socket): void;
} {
  const answering = new WeakMap<Socket, ServerResponse>();
  return {
    watch(server) {
      server.prependListener("request", (request, response) => answering.set(request.socket, response));
    },
    answer(error, socket) {
      // While an answer is owed to a request that came whole, what is written now would be taken for it, or for a part of it.
      const owed = answering.get(socket);
      const another = owed !== undefined && !owed.writableFinished && (owed.headersSent || owed.req.complete);
      if (!socket.writable || another) {
        socket.destroy();
        return;
      }
      const { status, code, message } = known.get(error.code) ?? unreadable;
      const requestId = randomUUID();
      const body = JSON.stringify(toErrorBody(new AppError(code, message), requestId));
      const headers = {
        ...securityHeaders,
        "x-request-id": requestId,
        "content-type": "application/json; charset=utf-8",
        "content-length": Buffer.byteLength(body),
        connection: "close",
      };
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
      log.info({ requestId, status, reason: error.code }, "Unreadable request.");
      socket.end(`${[`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines].join("\r\n")}\r\n\r\n${body}`);
      socket.destroySoon();
    },
  };
}
