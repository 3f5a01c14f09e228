// Every error that leaves the server passes here: an AppError as it is, a schema's complaint as the names of the fields,
// anything else as INTERNAL without a word of its text.
import { AppError, type ErrorBody, type ErrorCode } from "@legible/shared/errors";
import { TRPCError } from "@trpc/server";
import { z } from "zod";

type TrpcCode = TRPCError["code"];

const trpcCodes: Record<ErrorCode, TrpcCode> = {
  UNAUTHENTICATED: "UNAUTHORIZED",
  FORBIDDEN: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  CONFLICT: "CONFLICT",
  INVALID_INPUT: "BAD_REQUEST",
  TOO_LARGE: "PAYLOAD_TOO_LARGE",
  UNSUPPORTED_TYPE: "UNSUPPORTED_MEDIA_TYPE",
  RATE_LIMITED: "TOO_MANY_REQUESTS",
  QUOTA_EXCEEDED: "TOO_MANY_REQUESTS",
  STORAGE_FULL: "INTERNAL_SERVER_ERROR",
  UNAVAILABLE: "SERVICE_UNAVAILABLE",
  INTERNAL: "INTERNAL_SERVER_ERROR",
};

/** Codes with which tRPC itself refuses a request before any procedure runs. Their texts are replaced by ours. */
const refusals: Partial<Record<TrpcCode, ErrorCode>> = {
  PARSE_ERROR: "INVALID_INPUT",
  BAD_REQUEST: "INVALID_INPUT",
  METHOD_NOT_SUPPORTED: "INVALID_INPUT",
  NOT_FOUND: "NOT_FOUND",
  PAYLOAD_TOO_LARGE: "TOO_LARGE",
  UNSUPPORTED_MEDIA_TYPE: "UNSUPPORTED_TYPE",
};

/** What may be told about `error`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError) return fieldError(error);
  if (error instanceof TRPCError) {
    if (error.cause instanceof AppError) return error.cause;
    if (error.code === "BAD_REQUEST" && error.cause instanceof z.ZodError) return fieldError(error.cause);
    const refused = refusals[error.code];
    if (refused !== undefined) return new AppError(refused);
  }
  return new AppError("INTERNAL");
}

/** The same as an error of tRPC, whose code decides the HTTP status. The original stays as the cause, for the log. */
export function toTrpcError(error: unknown): TRPCError {
  const known = toAppError(error);
  if (error instanceof TRPCError && known.code === "INTERNAL") return error;
  return new TRPCError({ code: trpcCodes[known.code], message: known.message, cause: known });
}

/** The body of a failed HTTP answer outside tRPC. */
export function toErrorBody(error: AppError, requestId: string): ErrorBody {
  const { code, message, details } = error;
  return { error: { code, message, requestId, ...(details === undefined ? {} : { details }) } };
}

function fieldError(error: z.ZodError): AppError {
  const fields = [...new Set(error.issues.map((issue) => issue.path.map(String).join(".")))].slice(0, 20);
  return new AppError("INVALID_INPUT", undefined, { details: { fields } });
}
