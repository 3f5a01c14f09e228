// Errors that leave the server: a closed set of codes, each with its HTTP status and the sentence a person may read.
import { z } from "zod";
import { errorCodes } from "./error-codes.ts";

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** HTTP status and default sentence of each code. */
export const errorTable: Record<ErrorCode, { status: number; message: string }> = {
  UNAUTHENTICATED: { status: 401, message: "Sign in to continue." },
  FORBIDDEN: { status: 403, message: "Your account may not do this." },
  PASSWORD_CHANGE_REQUIRED: { status: 403, message: "Choose a password of your own first." },
  NOT_FOUND: { status: 404, message: "There is nothing here, or it is not yours." },
  CONFLICT: { status: 409, message: "That is not possible in the present state. Reload and look again." },
  INVALID_INPUT: { status: 400, message: "The request is not valid. Correct the named field and send it again." },
  TOO_LARGE: { status: 413, message: "The file is larger than this installation accepts." },
  UNSUPPORTED_TYPE: {
    status: 415,
    message: "This kind of file cannot be read. Send a PDF, JPEG, PNG, HEIC, TIFF, AVIF, JPEG 2000, WebP, GIF or BMP.",
  },
  RATE_LIMITED: { status: 429, message: "Too many requests. Wait a moment and try again." },
  QUOTA_EXCEEDED: { status: 429, message: "Your quota is used up. Delete documents you no longer need." },
  STORAGE_FULL: { status: 507, message: "The server has no room left. Ask an administrator to free some." },
  UNAVAILABLE: { status: 503, message: "The server is not ready. Try again in a moment." },
  INTERNAL: { status: 500, message: "Something went wrong on the server. Quote the request id when you report it." },
};

/**
 * The one error class that reaches callers. `message` is safe to show; everything that is not an AppError becomes INTERNAL
 * and its text stays on the server.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message?: string, options?: { details?: Record<string, unknown>; cause?: unknown }) {
    super(message ?? errorTable[code].message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options?.details;
  }

  get status(): number {
    return errorTable[this.code].status;
  }
}

/** The body of every failed HTTP answer. */
export const errorBodySchema = z.object({
  error: z.object({
    code: errorCodeSchema,
    message: z.string(),
    requestId: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
