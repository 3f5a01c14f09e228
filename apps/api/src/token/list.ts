// The caller's tokens that are still taken.
import type { apiTokensOutput } from "@legible/shared/session";
import type { z } from "zod";
import type { SessionContext } from "../context.ts";
import { liveToken } from "./find.ts";
import { toTokenView } from "./view.ts";

export async function listTokens(ctx: SessionContext): Promise<z.output<typeof apiTokensOutput>> {
  const { userId } = ctx.session;
  const rows = await ctx.deps.database.asUser(userId, (tx) =>
    tx.apiToken.findMany({ where: { userId, ...liveToken(new Date()) }, orderBy: { id: "desc" }, take: 100 }),
  );
  return rows.map(toTokenView);
}
