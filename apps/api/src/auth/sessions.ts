// Where the caller is signed in.
import type { sessionsOutput } from "@legible/shared/session";
import type { z } from "zod";
import type { SessionContext } from "../context.ts";

export async function listSessions(ctx: SessionContext): Promise<z.output<typeof sessionsOutput>> {
  const now = new Date();
  const { userId } = ctx.session;
  const rows = await ctx.deps.database.asUser(userId, (tx) =>
    tx.session.findMany({
      where: { userId, revokedAt: null, expiresAt: { gt: now }, absoluteExpiresAt: { gt: now } },
      orderBy: { lastSeenAt: "desc" },
      take: 100,
    }),
  );
  return rows.map((row) => ({
    id: row.id,
    current: row.id === ctx.session.id,
    userAgent: row.userAgent,
    address: row.address,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}
