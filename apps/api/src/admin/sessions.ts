// Who is signed in, most recently seen first; and the end of all sessions of one person.
import { writeAudit } from "@legible/db/audit";
import type { adminSessionsInput, adminSessionsOutput } from "@legible/shared/admin";
import { AppError } from "@legible/shared/errors";
import type { doneOutput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
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

/** @throws AppError NOT_FOUND for nobody. */
export async function revokeSessions(ctx: SignedInContext, userId: number): Promise<z.output<typeof doneOutput>> {
  await ctx.deps.database.asAdmin(ctx.session.userId, async (tx) => {
    const person = await tx.user.findUnique({ where: { id: userId }, select: { id: true } });
    if (person === null) throw new AppError("NOT_FOUND");
    const { count } = await tx.session.updateMany({
      where: { userId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    await writeAudit(tx, {
      action: "admin.sessions",
      outcome: "success",
      userId: ctx.session.userId,
      object: `user:${userId}`,
      details: { sessions: count },
      ...auditFacts(ctx),
    });
  });
  return { done: true };
}
