// The end of all of the caller's sessions but this one, and of their API tokens where that is wanted.
import { writeAudit } from "@legible/db/audit";
import type { endOtherSessionsInput, endOtherSessionsOutput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SessionContext } from "../context.ts";
import { endAccess } from "../session/end-access.ts";

export async function endOtherSessions(
  ctx: SessionContext,
  { tokens }: z.output<typeof endOtherSessionsInput>,
): Promise<z.output<typeof endOtherSessionsOutput>> {
  const { userId, id } = ctx.session;
  return ctx.deps.database.asSystem("end other sessions", async (tx) => {
    const ended = await endAccess(tx, userId, { tokens, except: id });
    const details = { ...ended, keptSession: id };
    await writeAudit(tx, { action: "logout.all", outcome: "success", userId, details, ...auditFacts(ctx) });
    return ended;
  });
}
