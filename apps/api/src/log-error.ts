// An unexpected error in the log: enough to find the place, without the arguments that some libraries print into their texts.
import type { Log } from "@legible/shared/log";

/** Longest line kept, characters. */
const lineLength = 200;

/** Writes down `error` and its causes under the request's id. */
export function logError(log: Log, error: unknown, fields: { requestId?: string; place: string }): void {
  log.error({ ...fields, errors: describe(error) }, "Unexpected error.");
}

function describe(error: unknown, depth = 0): object[] {
  if (!(error instanceof Error) || depth > 3) return [{ name: typeof error }];
  const lines = error.message.split("\n").filter((line) => line.trim() !== "");
  const described = {
    name: error.name,
    code: "code" in error && typeof error.code === "string" ? error.code : undefined,
    // Prisma prints the call between the first and the last line.
    message: [...new Set([lines[0], lines.at(-1)])].map((line) => line?.slice(0, lineLength)).join(" … "),
    stack: error.stack
      ?.split("\n")
      .filter((line) => /^\s+at /u.test(line))
      .slice(0, 12),
  };
  return error.cause === undefined ? [described] : [described, ...describe(error.cause, depth + 1)];
}
