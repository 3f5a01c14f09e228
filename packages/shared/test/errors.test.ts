import { describe, expect, test } from "vitest";
import { AppError, errorBodySchema, errorCodeSchema, errorTable } from "../src/errors.ts";
import { FailureError, failureCodeSchema, failureTable } from "../src/failures.ts";

/** A whole sentence, or several, for a person. */
const sentence = /^[A-Z].*[.]$/u;

describe("errors", () => {
  test("are the thirteen that callers may meet, each with its HTTP status", () => {
    expect(Object.fromEntries(Object.entries(errorTable).map(([code, { status }]) => [code, status]))).toEqual({
      UNAUTHENTICATED: 401,
      FORBIDDEN: 403,
      PASSWORD_CHANGE_REQUIRED: 403,
      NOT_FOUND: 404,
      CONFLICT: 409,
      INVALID_INPUT: 400,
      TOO_LARGE: 413,
      UNSUPPORTED_TYPE: 415,
      RATE_LIMITED: 429,
      QUOTA_EXCEEDED: 429,
      STORAGE_FULL: 507,
      UNAVAILABLE: 503,
      INTERNAL: 500,
    });
    expect(Object.keys(errorTable).sort()).toEqual([...errorCodeSchema.options].sort());
  });

  test.each(errorCodeSchema.options)("%s says something to a person", (code) => {
    expect(errorTable[code].message).toMatch(sentence);
    expect(new AppError(code)).toMatchObject({
      code,
      message: errorTable[code].message,
      status: errorTable[code].status,
    });
  });

  test("an own message, details and the cause are kept", () => {
    const cause = new Error("inside");
    const error = new AppError("CONFLICT", "Not now.", { details: { status: "failed" }, cause });
    expect(error).toMatchObject({ message: "Not now.", details: { status: "failed" }, cause, name: "AppError" });
    expect(error).toBeInstanceOf(Error);
    expect("cause" in new AppError("CONFLICT")).toBe(false);
  });

  test("the body of an answer takes these codes only", () => {
    const body = (code: string) => ({ error: { code, message: "x", requestId: "1" } });
    expect(errorBodySchema.safeParse(body("NOT_FOUND")).success).toBe(true);
    expect(errorBodySchema.safeParse(body("ENCRYPTED_PDF")).success).toBe(false);
  });
});

describe("failures", () => {
  test("are the thirteen of the contract, and one for what nobody starts", () => {
    expect(Object.keys(failureTable).sort()).toEqual(
      [
        [
          "ENCRYPTED_PDF",
          "WRONG_PASSWORD",
          "DAMAGED_FILE",
          "EMPTY_FILE",
          "NO_PAGES",
          "TOO_MANY_PAGES",
          "TOO_MANY_PIXELS",
        ],
        ["UNSUPPORTED_CONTENT", "PAGE_TIMEOUT", "OUT_OF_MEMORY", "ENGINE_CRASHED", "LANGUAGE_MISSING", "CANCELLED"],
        ["NOT_STARTED"],
      ]
        .flat()
        .sort(),
    );
    expect(Object.keys(failureTable).sort()).toEqual([...failureCodeSchema.options].sort());
  });

  test.each(failureCodeSchema.options)("%s says what happened and what to do", (code) => {
    const { message, nextStep } = failureTable[code];
    expect(message).toMatch(sentence);
    expect(nextStep).toMatch(sentence);
    expect(new FailureError(code)).toMatchObject({ code, message, name: "FailureError" });
  });

  test("a retry is offered exactly where the same file may fare better", () => {
    const retried = failureCodeSchema.options.filter((code) => failureTable[code].retryHelps);
    expect(retried).toEqual(["PAGE_TIMEOUT", "ENGINE_CRASHED", "CANCELLED"]);
  });
});
