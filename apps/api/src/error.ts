// Every error that leaves the server passes here: an AppError as it is, a schema's complaint as the names of the fields,
// anything else as INTERNAL without a word of its text.
import { AppError, type ErrorBody, type ErrorCode } from "@legible/shared/errors";
import { TRPCError } from "@trpc/server";
import { z } from "zod";

type TrpcCode = TRPCError["code"];

const trpcCodes: Record<ErrorCode, TrpcCode> = {
  UNAUTHENTICATED: "UNAUTHORIZED",
  FORBIDDEN: "FORBIDDEN",
  PASSWORD_CHANGE_REQUIRED: "FORBIDDEN",
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
    if (refused !== undefined) return refusal(refused);
  }
  return new AppError("INTERNAL");
}

/** What may be told about an error of the HTTP server itself, which knows statuses: a body too large, a type it does not parse. */
export function fromHttpError(error: unknown): AppError {
  const status = error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
  if (error instanceof AppError || typeof status !== "number" || status < 400 || status > 499) return toAppError(error);
  return refusal(httpRefusals.get(status) ?? "INVALID_INPUT");
}

const httpRefusals = new Map<number, ErrorCode>([
  [404, "NOT_FOUND"],
  [413, "TOO_LARGE"],
  [415, "UNSUPPORTED_TYPE"],
]);

/** Sentences for requests that are no uploads; the default ones of these codes speak of files. */
function refusal(code: ErrorCode): AppError {
  if (code === "TOO_LARGE") return new AppError(code, "The request is larger than the server accepts.");
  if (code === "UNSUPPORTED_TYPE") return new AppError(code, "Send the request as application/json.");
  return new AppError(code);
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
