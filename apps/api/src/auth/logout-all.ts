// The end of all of the caller's sessions, this one included.
import { writeAudit } from "@legible/db/audit";
import type { doneOutput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SessionContext } from "../context.ts";
import { endAccess } from "../session/end-access.ts";

export async function logoutAll(ctx: SessionContext): Promise<z.output<typeof doneOutput>> {
  const { userId } = ctx.session;
  await ctx.deps.database.asSystem("logout all", async (tx) => {
    const details = await endAccess(tx, userId, { tokens: false });
    await writeAudit(tx, { action: "logout.all", outcome: "success", userId, details, ...auditFacts(ctx) });
  });
  ctx.cookies.clear();
  return { done: true };
}
