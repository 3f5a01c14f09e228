// A token for a program that speaks for the caller. It is shown once.
import { writeAudit } from "@legible/db/audit";
import { AppError } from "@legible/shared/errors";
import type { createApiTokenInput, createApiTokenOutput } from "@legible/shared/session";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SessionContext } from "../context.ts";
import { hashToken } from "../session/tokens.ts";
import { liveToken } from "./find.ts";
import { newSecret } from "./secret.ts";
import { toTokenView } from "./view.ts";

/** More live tokens than this are forgotten ones. */
const maxLive = 50;
const dayMs = 24 * 60 * 60_000;

/** @throws AppError FORBIDDEN for a scope that the person does not have, QUOTA_EXCEEDED */
export async function createToken(
  ctx: SessionContext,
  input: z.output<typeof createApiTokenInput>,
): Promise<z.output<typeof createApiTokenOutput>> {
  const { userId, role } = ctx.session;
  if (input.scopes.includes("admin:read") && role !== "admin") {
    throw new AppError("FORBIDDEN", "Only administrators may make tokens with the scope admin:read.");
  }
  const { prefix, token } = newSecret();
  const now = new Date();
  const row = await ctx.deps.database.asUser(userId, async (tx) => {
    if ((await tx.apiToken.count({ where: { userId, ...liveToken(now) } })) >= maxLive) {
      throw new AppError("QUOTA_EXCEEDED", `There are ${maxLive} tokens already: revoke one first.`);
    }
    const created = await tx.apiToken.create({
      data: {
        userId,
        name: input.name,
        prefix,
        tokenHash: hashToken(token),
        scopes: [...new Set(input.scopes)],
        expiresAt: new Date(now.getTime() + input.expiresInDays * dayMs),
      },
    });
    const object = `token ${created.id}`;
    const details = { scopes: created.scopes, prefix };
    await writeAudit(tx, { action: "token.created", outcome: "success", userId, object, details, ...auditFacts(ctx) });
    return created;
  });
  return { ...toTokenView(row), token };
}
