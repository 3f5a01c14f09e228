// How many calls may come in a minute: from one address, by one person, with one token. Counted in the database, so that several servers
// share the count. A tRPC batch counts as many calls as it holds.
import type { Counters } from "@legible/db/counters";
import { AppError } from "@legible/shared/errors";
import type { Session } from "../context.ts";
import { addressKey } from "./address-key.ts";

/** Calls in a minute; 0: as many as one likes. */
export type RateLimits = { address: number; person: number; token: number };

export type Rates = {
  /** Counts `calls` of whoever is behind `address`. @throws AppError RATE_LIMITED with details.retryAfterSeconds, UNAVAILABLE */
  takeAddress(address: string, calls: number): Promise<void>;
  /** Counts `calls` of a person, and of the token if it is one that speaks for the person. @throws as above */
  takeCaller(session: Session, calls: number): Promise<void>;
};

const windowSeconds = 60;

/**
 * An office may stand behind one address, and adding 500 documents at once takes 1,000 calls and as many looks at the list. A token has
 * less than its person, so that a program gone wild leaves the page usable.
 */
export const defaultRates: RateLimits = { address: 30_000, person: 9_000, token: 6_000 };

export function createRates(counters: Counters, limits: RateLimits): Rates {
  const take = (kind: keyof RateLimits) => {
    const points = limits[kind];
    if (points === 0) return () => Promise.resolve();
    const counter = counters.counter(kind, points, windowSeconds);
    return async (key: string, calls: number) => {
      const waitMs = await counter.take(key, calls);
      if (waitMs > 0) throw tooMany(waitMs);
    };
  };
  const [byAddress, byPerson, byToken] = [take("address"), take("person"), take("token")];
  return {
    takeAddress: (address, calls) => byAddress(addressKey(address), calls),
    async takeCaller(session, calls) {
      // The token first: what it is refused must not use up what its person may.
      if (session.via === "token") await byToken(String(session.id), calls);
      await byPerson(String(session.userId), calls);
    },
  };
}

/** @param waitMs until the next try may come */
export function tooMany(waitMs: number): AppError {
  return new AppError("RATE_LIMITED", undefined, {
    details: { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) },
  });
}
