// The first administrator: from the setup page or from ADMIN_EMAIL. Only while nobody exists.
import type { Tx } from "@legible/db/scopes";

/** Any constant: it only has to be the same for all who try. */
const setupLock = 7_305_128;

/** Applications are nobody: one that calls before the administrator came does not close the setup. */
export const people = { entraAppId: null };

/** Inserts the administrator, or returns undefined when there is a user already. Two at once: one waits and then sees the other's. */
export async function createFirstAdmin(tx: Tx, admin: { email: string; displayName: string; passwordHash: string }) {
  await tx.$executeRaw`select pg_advisory_xact_lock(${setupLock}::bigint)`;
  if ((await tx.user.findFirst({ where: people, select: { id: true } })) !== null) return undefined;
  return tx.user.create({ data: { ...admin, role: "admin" } });
}
