// The first administrator: from the setup page or from ADMIN_EMAIL. Only while nobody exists.
import type { Tx } from "@legible/db/scopes";
import { people } from "./people.ts";

/** Any constant: it only has to be the same for all who try. */
const setupLock = 7_305_128;

/** Inserts the administrator, or returns undefined when there is a user already. Two at once: one waits and then sees the other's. */
export async function createFirstAdmin(tx: Tx, admin: { email: string; displayName: string; passwordHash: string }) {
  await tx.$executeRaw`select pg_advisory_xact_lock(${setupLock}::bigint)`;
  if ((await tx.user.findFirst({ where: people, select: { id: true } })) !== null) return undefined;
  return tx.user.create({ data: { ...admin, role: "admin" } });
}
