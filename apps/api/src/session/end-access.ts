// The end of what a person has open: sessions, and tokens where programs are to stop as well.
import type { Tx } from "@legible/db/scopes";

/** How many of each ended. `except`: a session that stays. In the system's scope, since tokens are their person's alone. */
export async function endAccess(
  tx: Tx,
  userId: number,
  { tokens, except }: { tokens: boolean; except?: number },
): Promise<{ sessions: number; tokens: number }> {
  const data = { revokedAt: new Date() };
  const live = { userId, revokedAt: null };
  const sessions = await tx.session.updateMany({
    where: { ...live, ...(except === undefined ? {} : { id: { not: except } }) },
    data,
  });
  const ended = tokens ? await tx.apiToken.updateMany({ where: live, data }) : { count: 0 };
  return { sessions: sessions.count, tokens: ended.count };
}
