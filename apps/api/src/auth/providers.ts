// What the sign-in page offers.
import type { providersOutput } from "@legible/shared/session";
import type { z } from "zod";
import type { Context } from "../context.ts";

export async function listProviders(ctx: Context): Promise<z.output<typeof providersOutput>> {
  const anybody = await ctx.deps.database.asSystem("setup check", (tx) => tx.user.findFirst({ select: { id: true } }));
  return { password: true, entra: null, setupNeeded: anybody === null };
}
