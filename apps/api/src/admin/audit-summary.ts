// What one person did, counted by action and outcome.

import type { auditSummaryOutput } from "@legible/shared/admin";
import { auditOutcomeSchema } from "@legible/shared/audit";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { readAsAdmin } from "./read.ts";

/** Also answers for a person who is gone: the entries stay. */
export async function auditSummary(ctx: SignedInContext, userId: number): Promise<z.output<typeof auditSummaryOutput>> {
  const groups = await readAsAdmin(
    ctx,
    "admin.auditSummary",
    (tx) =>
      tx.auditLog.groupBy({
        by: ["action", "outcome"],
        where: { userId },
        _count: true,
        _min: { createdAt: true },
        _max: { createdAt: true },
        orderBy: [{ action: "asc" }, { outcome: "asc" }],
      }),
    userId,
  );
  const first = groups.flatMap(({ _min }) => _min.createdAt?.toISOString() ?? []).sort();
  const last = groups.flatMap(({ _max }) => _max.createdAt?.toISOString() ?? []).sort();
  return {
    userId,
    firstAt: first.at(0) ?? null,
    lastAt: last.at(-1) ?? null,
    byAction: groups.map(({ action, outcome, _count }) => ({
      action,
      outcome: auditOutcomeSchema.parse(outcome),
      count: _count,
    })),
  };
}
