// Who is signed in, most recently seen first; and the end of all sessions of one person.
import { writeAudit } from "@legible/db/audit";
import type { adminSessionsInput, adminSessionsOutput, revokeSessionsInput } from "@legible/shared/admin";
import { AppError } from "@legible/shared/errors";
import type { doneOutput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { endAccess } from "../session/end-access.ts";
import { assertAdministrator } from "./keep-an-administrator.ts";
import { readAsAdmin } from "./read.ts";

export async function adminSessions(
  ctx: SignedInContext,
  { page, pageSize }: z.output<typeof adminSessionsInput>,
): Promise<z.output<typeof adminSessionsOutput>> {
  const now = new Date();
  const where = { revokedAt: null, expiresAt: { gt: now }, absoluteExpiresAt: { gt: now } };
  const { rows, total } = await readAsAdmin(ctx, "admin.sessions", async (tx) => ({
    rows: await tx.session.findMany({
      where,
      orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
      skip: (page - 1) * pageSize,
      take: pageSize,
      select: {
        id: true,
        userId: true,
        address: true,
        userAgent: true,
        createdAt: true,
        lastSeenAt: true,
        user: { select: { email: true } },
      },
    }),
    total: await tx.session.count({ where }),
  }));
  const items = rows.map(({ user, createdAt, lastSeenAt, ...row }) => ({
    ...row,
    email: user.email,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }));
  return { items, total, page, pageSize };
}

/** `tokens`: the person's API tokens end as well. @throws AppError NOT_FOUND for nobody, CONFLICT for who is no administrator any more. */
export async function revokeSessions(
  ctx: SignedInContext,
  { userId, tokens }: z.output<typeof revokeSessionsInput>,
): Promise<z.output<typeof doneOutput>> {
  // Beyond an administrator's role in the database: tokens are their person's alone.
  await ctx.deps.database.asSystem("end somebody's sessions", async (tx) => {
    await assertAdministrator(tx, ctx);
    const person = await tx.user.findUnique({ where: { id: userId }, select: { id: true } });
    if (person === null) throw new AppError("NOT_FOUND");
    const details = await endAccess(tx, userId, { tokens });
    await writeAudit(tx, {
      action: "admin.sessions",
      outcome: "success",
      userId: ctx.session.userId,
      object: `user:${userId}`,
      details,
      ...auditFacts(ctx),
    });
  });
  return { done: true };
}
