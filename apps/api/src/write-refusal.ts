// Attempts that were refused and that somebody may want to know of. The refused call has ended, and its transaction with it, so the
// entry has one of its own and is not rolled back with what it tells of.
import { writeAudit } from "@legible/db/audit";
import type { AppError } from "@legible/shared/errors";
import { auditFacts } from "./audit-facts.ts";
import type { Context, Session } from "./context.ts";
import { logError } from "./log-error.ts";

/** Appends "denied" for what `session` tried at `place` (a procedure or a route). Never throws: the refusal itself has to be answered. */
export async function writeRefusal(
  ctx: Pick<Context, "deps" | "request">,
  session: Session,
  place: string,
  { code }: AppError,
  /** The person it would have been done to. */
  of?: number,
): Promise<void> {
  const { deps, request } = ctx;
  const { userId } = session;
  const caller = { request, session };
  try {
    await deps.database.asUser(userId, (tx) =>
      writeAudit(tx, {
        action: "call.refused",
        outcome: "denied",
        userId,
        object: place,
        details: { code, ...(of === undefined ? {} : { user: of }) },
        ...auditFacts(caller),
      }),
    );
  } catch (error) {
    logError(deps.log, error, { requestId: request.id, place: "refusal" });
  }
}
