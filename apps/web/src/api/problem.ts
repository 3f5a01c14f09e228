// What went wrong, as a code that the messages turn into a sentence. The texts of errors are never shown.
import { errorCodes } from "@legible/shared/error-codes";
import type { ErrorCode } from "@legible/shared/errors";
import type { FailureCode } from "@legible/shared/failures";
import type { Messages } from "../messages/en.ts";
import type { Sentence } from "../messages/en-problems.ts";

export interface Problem {
  /** UNREACHABLE: no answer came, or none that the server would give. */
  code: ErrorCode | FailureCode | "UNREACHABLE";
  /** To be quoted in a report; null when the request never reached the server. */
  requestId: string | null;
  /** Which of several refusals with the same code it is, where the server tells (`details.reason`). */
  reason?: string | undefined;
}

/** Thrown by what is not tRPC (uploads, the Markdown preview), so that every failure is read by `toProblem`. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** What proxies say by themselves, often about their own limit for uploads. */
const proxyCodes = new Map<number, Problem["code"]>([
  [413, "TOO_LARGE"],
  [429, "RATE_LIMITED"],
  [502, "UNAVAILABLE"],
  [503, "UNAVAILABLE"],
  [504, "UNAVAILABLE"],
  [507, "STORAGE_FULL"],
]);

/** The problem in anything that was thrown. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (typeof error !== "object" || error === null || !("data" in error))
    return { code: "UNREACHABLE", requestId: null };
  return fromFields(error.data, "appCode");
}

/**
 * The problem in a failed HTTP answer (`{ error: { code, requestId } }`). A proxy on the way answers in its own words: then `status`
 * says what it means.
 */
export function toBodyProblem(body: string, status = 0): Problem {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === "object" && parsed !== null && "error" in parsed) return fromFields(parsed.error, "code");
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { code: proxyCodes.get(status) ?? "UNREACHABLE", requestId: null };
}

/** The sentence and next step for `problem`. */
export function sentenceOf(messages: Messages, problem: Problem): Sentence {
  if (problem.code === "UNREACHABLE") return messages.connection.unreachable;
  return isErrorCode(problem.code) ? messages.errors[problem.code] : messages.failures[problem.code];
}

function fromFields(fields: unknown, codeName: string): Problem {
  if (typeof fields !== "object" || fields === null) return { code: "UNREACHABLE", requestId: null };
  const code: unknown = Reflect.get(fields, codeName);
  const requestId: unknown = Reflect.get(fields, "requestId");
  const details: unknown = Reflect.get(fields, "details");
  const reason: unknown = typeof details === "object" && details !== null ? Reflect.get(details, "reason") : undefined;
  return {
    // A code this page does not know is one of a newer server.
    code: typeof code === "string" && isErrorCode(code) ? code : "INTERNAL",
    requestId: typeof requestId === "string" && requestId !== "" ? requestId : null,
    ...(typeof reason === "string" ? { reason } : {}),
  };
}

function isErrorCode(code: string): code is ErrorCode {
  return (errorCodes as readonly string[]).includes(code);
}
