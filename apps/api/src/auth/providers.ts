// What the sign-in page offers.
import type { providersOutput } from "@legible/shared/session";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { authorityOf } from "../entra/settings.ts";
import { people } from "./people.ts";

export async function listProviders(ctx: Context): Promise<z.output<typeof providersOutput>> {
  const { localAccounts, entra } = ctx.deps.identity;
  const anybody = await ctx.deps.database.asSystem("setup check", (tx) =>
    tx.user.findFirst({ where: people, select: { id: true } }),
  );
  return {
    password: localAccounts,
    entra: entra === undefined ? null : { clientId: entra.clientId, authority: authorityOf(entra, entra.tenantId) },
    // Without passwords the first administrator is named by ADMIN_EMAILS or by a role.
    setupNeeded: localAccounts && anybody === null,
  };
}
