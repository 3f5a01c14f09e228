// The audit log, newest first.
import type { Prisma } from "@legible/db/generated/client";
import { auditEntrySchema, type auditLogsInput, type auditLogsOutput } from "@legible/shared/admin";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { readAsAdmin } from "./read.ts";

type Input = z.output<typeof auditLogsInput>;

/** `cursor` is the number of the last entry that was shown; entries that come in meanwhile move nothing. */
export async function auditLogs(ctx: SignedInContext, input: Input): Promise<z.output<typeof auditLogsOutput>> {
  const rows = await readAsAdmin(
    ctx,
    "admin.auditLogs",
    // One more than asked for tells whether there is a next page.
    (tx) => tx.auditLog.findMany({ where: toWhere(input), orderBy: { id: "desc" }, take: input.limit + 1 }),
    input.userId,
  );
  const shown = rows.slice(0, input.limit);
  const items = shown.map(({ createdAt, previousHash, hash, details, ...row }) =>
    auditEntrySchema.parse({ ...row, at: createdAt.toISOString(), details }),
  );
  return { items, nextCursor: rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null };
}

function toWhere({ userId, action, outcome, from, to, cursor }: Input): Prisma.AuditLogWhereInput {
  return {
    ...(userId === undefined ? {} : { userId }),
    ...(action === undefined ? {} : { action }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(cursor === undefined ? {} : { id: { lt: cursor } }),
    createdAt: { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lte: to }) },
  };
}
