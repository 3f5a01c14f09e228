// How long a session lives. ASVS 5, 7.3: both an idle and an absolute end, kept by the server.

const minuteMs = 60_000;

/** An access token: the page renews it five minutes before its end. */
export const accessMs = 30 * minuteMs;
/** Without a refresh for this long the session is over. */
export const idleMs = 60 * minuteMs;
/** A working day; then everybody signs in again. */
export const absoluteMs = 12 * 60 * minuteMs;
/** The immediate predecessor of a refresh token is still taken: two tabs, or an answer lost on the way. */
export const graceMs = 10_000;
/** "Last seen" is written at most this often, so that reading does not turn into writing. */
export const seenEveryMs = minuteMs;

type Ends = { accessExpiresAt: Date; expiresAt: Date; absoluteExpiresAt: Date };

/** Ends of a session that begins at `now`. */
export function firstEnds(now: Date): Ends {
  return { ...nextEnds(now), absoluteExpiresAt: new Date(now.getTime() + absoluteMs) };
}

/** Ends after a refresh at `now`. The absolute end stays. */
export function nextEnds(now: Date): Pick<Ends, "accessExpiresAt" | "expiresAt"> {
  return { accessExpiresAt: new Date(now.getTime() + accessMs), expiresAt: new Date(now.getTime() + idleMs) };
}

/** When the access token stops being taken. */
export function accessEnd(session: Pick<Ends, "accessExpiresAt" | "absoluteExpiresAt">): Date {
  return new Date(Math.min(session.accessExpiresAt.getTime(), session.absoluteExpiresAt.getTime()));
}
