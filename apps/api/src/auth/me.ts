// The caller, and what this installation lets them do.
import type { meOutput } from "@legible/shared/session";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { readUsage } from "../task/quota.ts";
import { toUser } from "./user-view.ts";

export async function describeMe(ctx: SignedInContext): Promise<z.output<typeof meOutput>> {
  const { limits, languages, database } = ctx.deps;
  const { session } = ctx;
  const { userId } = session;
  return {
    user: toUser({ ...session, id: userId }),
    mustChangePassword: session.via === "session" && session.mustChangePassword,
    limits,
    usage: await database.asUser(userId, (tx) => readUsage(tx, userId)),
    languages: { installed: await languages.installed(), default: languages.default },
  };
}
