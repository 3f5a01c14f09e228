// Reads what went wrong in the database out of the errors of Prisma and of the driver.
import { AppError } from "@legible/shared/errors";

/** Kinds of driver errors (driver-adapter-utils) and codes of Prisma that mean: not now, but later it may work. */
const passing = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
  "P1001", // cannot reach the server
  "P1002", // the server timed out
  "P1017", // the server closed the connection
  "P2024", // no free connection in time
  "P2028", // the transaction could not begin in time, or lasted too long
  "P2037", // too many connections
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT", // the embedded server's socket is gone
  "EPIPE",
  "53300", // too many connections
  "57014", // statement timeout
  "55P03", // lock timeout
  "25P03", // idle in transaction for too long
  "57P01", // the server is being stopped
  "57P02",
  "57P03", // the server is starting
]);
/** Class 08 of PostgreSQL's codes: the connection broke. */
const connectionClass = /^08[0-9A-Z]{3}$/;
const connectionText =
  /connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|server closed the connection/i;

/** True when the transaction lost a race (serialization failure, deadlock) and may simply be run again. */
export function isRaceLost(error: unknown): boolean {
  const codes = codesOf(error);
  return codes.has("40001") || codes.has("40P01") || codes.has("P2034") || codes.has("TransactionWriteConflict");
}

/** True when the database was not there, or too busy. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof AppError) return false;
  for (const code of codesOf(error)) if (passing.has(code) || connectionClass.test(code)) return true;
  return error instanceof Error && connectionText.test(error.message);
}

/** Every code and kind named in an error, its causes and its metadata. */
export function codesOf(error: unknown): Set<string> {
  const codes = new Set<string>();
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    for (const [key, entry] of Object.entries(value)) {
      const names = key === "code" || key === "kind" || key === "originalCode";
      if (names && typeof entry === "string") codes.add(entry);
    }
    if ("cause" in value) visit(value.cause);
    if ("meta" in value) visit(value.meta);
    if ("driverAdapterError" in value) visit(value.driverAdapterError);
  };
  visit(error);
  return codes;
}
