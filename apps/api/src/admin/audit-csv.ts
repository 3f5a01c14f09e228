// Audit entries as CSV (RFC 4180) that a spreadsheet program shows and does not run.
import type { AuditEntryView } from "./audit-entry.ts";

const columns = [
  "id",
  "at",
  "actor",
  "userId",
  "tokenId",
  "action",
  "outcome",
  "object",
  "address",
  "userAgent",
  "requestId",
  "details",
] as const satisfies readonly (keyof AuditEntryView)[];

/** Without the mark at the beginning Excel takes UTF-8 for the code page of its country. */
export const csvHeader = `\ufeff${columns.join(",")}\r\n`;

export function csvLine(entry: AuditEntryView): string {
  return `${columns.map((column) => csvField(entry[column])).join(",")}\r\n`;
}

/** Quoted when needed. What a spreadsheet program would take for a formula gets an apostrophe before it; numbers stay numbers. */
function csvField(value: unknown): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",\r\n\t]/u.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe;
}
