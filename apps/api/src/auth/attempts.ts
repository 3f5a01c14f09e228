// A brake on guessing passwords: failed sign-ins are counted by address, and by address and account, in this process's memory.
// Counted where the password is checked, so that batches and both doors (tRPC, REST) meet the same count.
import { AppError } from "@legible/shared/errors";

const windowMs = 15 * 60_000;
/** An office may stand behind one address. */
const perAddress = 50;
const perAccount = 10;
/** Entries kept before those that are over are thrown out. */
const maxEntries = 10_000;

export type Attempts = {
  /** Counts an attempt before its password is checked. @throws AppError RATE_LIMITED with details.retryAfterSeconds. */
  take(address: string, account: string): void;
  /** Forgets the attempts on this account: the password was right. */
  forgive(address: string, account: string): void;
};

export function createAttempts(now: () => number = Date.now): Attempts {
  const windows = new Map<string, { count: number; endsAt: number }>();

  const find = (key: string) => {
    const present = windows.get(key);
    if (present !== undefined && present.endsAt > now()) return present;
    if (windows.size >= maxEntries) {
      for (const [old, window] of windows) if (window.endsAt <= now()) windows.delete(old);
    }
    const fresh = { count: 0, endsAt: now() + windowMs };
    windows.set(key, fresh);
    return fresh;
  };

  return {
    take(address, account) {
      const byAddress = find(address);
      const byAccount = find(`${address} ${account}`);
      const full = byAddress.count >= perAddress ? byAddress : byAccount.count >= perAccount ? byAccount : undefined;
      if (full !== undefined) {
        const retryAfterSeconds = Math.max(1, Math.ceil((full.endsAt - now()) / 1000));
        throw new AppError("RATE_LIMITED", undefined, { details: { retryAfterSeconds } });
      }
      byAddress.count++;
      byAccount.count++;
    },
    forgive(address, account) {
      const byAccount = find(`${address} ${account}`);
      const byAddress = find(address);
      byAddress.count = Math.max(0, byAddress.count - byAccount.count);
      byAccount.count = 0;
    },
  };
}
