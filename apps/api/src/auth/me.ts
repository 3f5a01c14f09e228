// The caller, and what this installation lets them do.
import type { Tx } from "@legible/db/scopes";
import type { meOutput } from "@legible/shared/session";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { readUsage } from "../task/quota.ts";
import { toUser } from "./user-view.ts";

export async function describeMe(ctx: SignedInContext): Promise<z.output<typeof meOutput>> {
  const { limits, languages, database } = ctx.deps;
  const { session } = ctx;
  const { userId } = session;
  const { account, usage } = await database.asUser(userId, async (tx) => ({
    account: await accountOf(tx, userId),
    usage: await readUsage(tx, userId),
  }));
  return {
    user: toUser({ ...session, id: userId }),
    account,
    mustChangePassword: session.via === "session" && session.mustChangePassword,
    limits,
    usage,
    languages: { installed: await languages.installed(), default: languages.default },
  };
}

async function accountOf(tx: Tx, userId: number): Promise<z.output<typeof meOutput>["account"]> {
  const { entraAppId, entraObjectId } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { entraAppId: true, entraObjectId: true },
  });
  if (entraAppId !== null) return "app";
  return entraObjectId === null ? "local" : "microsoft";
}
