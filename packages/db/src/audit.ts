// Writes down who did what. The entry belongs to the transaction of the deed: both are there, or neither.
import type { AuditAction, AuditActor, AuditOutcome } from "@legible/shared/audit";
import { scrubLine, scrubText } from "@legible/shared/text";
import type { Prisma } from "./generated/client.ts";
import type { Tx } from "./scopes.ts";

export type AuditEntry = {
  action: AuditAction;
  outcome: AuditOutcome;
  userId?: number | undefined;
  /** Left out: the system, on behalf of `userId` if there is one. */
  actor?: AuditActor | undefined;
  /** The API token, when the actor is one. */
  tokenId?: number | undefined;
  /** The application's id in Microsoft Entra, when the actor is one; it stands in the details as `app`. */
  appId?: string | undefined;
  /** What it was done to: a public id, never content. */
  object?: string | undefined;
  address?: string | undefined;
  userAgent?: string | undefined;
  requestId?: string | undefined;
  /** Ids, numbers and names of settings; no secrets and no text of documents. */
  details?: Prisma.InputJsonObject | undefined;
};

/** Appends an entry. In a person's scope `userId` must be that person's; the database refuses another. */
export async function writeAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  // createMany does not read the row back: a person may write entries and not read them.
  await tx.auditLog.createMany({
    data: {
      action: entry.action,
      outcome: entry.outcome,
      userId: entry.userId ?? null,
      actor: entry.actor ?? "system",
      tokenId: entry.tokenId ?? null,
      object: column(entry.object, 200),
      address: column(entry.address, 64),
      userAgent: column(entry.userAgent, 500),
      requestId: column(entry.requestId, 64),
      details: scrubbed({ ...entry.details, ...(entry.appId === undefined ? {} : { app: entry.appId }) }),
    },
  });
}

/** Cleaned and cut to the column's width: what a caller sends as its name must never make the entry fail. */
function column(text: string | undefined, length: number): string | null {
  return text === undefined ? null : [...scrubLine(text)].slice(0, length).join("");
}

function scrubbed(details: Prisma.InputJsonObject): Prisma.InputJsonObject {
  const clean = (_key: string, value: unknown) => (typeof value === "string" ? scrubText(value) : value);
  return JSON.parse(JSON.stringify(details), clean);
}
