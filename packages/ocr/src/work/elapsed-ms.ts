// How long a document took, by the wall clock: it is kept over restarts, and it may be moved meanwhile.

/** The largest number its column holds, ms: 24 days. */
const mostMs = 2 ** 31 - 1;

/** Time since `startedAt`, ms; null when it never began. A clock that was moved makes it wrong and never impossible to write down. */
export function elapsedMs(startedAt: Date | null): number | null {
  return startedAt === null ? null : Math.min(mostMs, Math.max(0, Date.now() - startedAt.getTime()));
}
