// When the session's access ends, and how it is renewed. The tokens are HttpOnly cookies that no script sees; kept here is only
// the time, shared by all tabs. Two of them never spend the same refresh token: a reused one ends the session.
import { onceOverTabs } from "./once-over-tabs.ts";

/** Renewal begins this long before the end, ms: time for a slow network, and for a computer that wakes up late. */
const headStartMs = 5 * 60_000;
/** Shortest wait between renewals, ms, near the end of a session that cannot be made longer. */
const shortestWaitMs = 20_000;
/** `setTimeout` takes at most 2^31 - 1 ms. */
const longestWaitMs = 24 * 60 * 60_000;
const storageKey = "legible.sessionEndsAt";

export interface Session {
  /** False only when it is certain that nobody is signed in, so that no call needs to fail to find out. */
  mayBeAlive(): boolean;
  begin(expiresAt: string): void;
  /** Forgets the session and tells every listener, in all tabs. */
  end(): void;
  /** Changes with every renewal, by whichever tab. */
  generation(): string | null;
  /**
   * Renews the session; false when there is none any more (`end` has then been called). Throws when the server is out of reach.
   * `since`: the generation when a call was sent that is now refused. If it has changed meanwhile, there is nothing to renew: the call
   * was on its way while its access token was replaced.
   */
  refresh(since?: string | null): Promise<boolean>;
  onEnd(listener: () => void): () => void;
  /** Renews ahead of time until stopped. */
  keepAlive(): () => void;
}

/** What `createSession` needs of the browser; the tests bring their own. */
export interface SessionSurroundings {
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** One at a time over all tabs, and no more for this `occasion` once `work` has yielded true. */
  once(occasion: string, work: () => Promise<boolean>): Promise<void>;
  now(): number;
}

/** `callRefresh` yields the new end, or null when the server knows no session. */
export function createSession(
  callRefresh: () => Promise<string | null>,
  { storage, once, now }: SessionSurroundings,
): Session {
  const listeners = new Set<() => void>();
  let running: Promise<boolean> | undefined;

  async function renew(before: string | null): Promise<boolean> {
    // What another tab has done already was a renewal: an end is no news that others take on trust.
    let alive = true;
    await once(`legible.renewal ${before}`, async () => {
      alive = await renewHere(before);
      return alive;
    });
    return alive;
  }

  async function renewHere(before: string | null): Promise<boolean> {
    const present = storage.getItem(storageKey);
    if (present !== before) return present !== null;
    const expiresAt = await callRefresh();
    if (expiresAt === null) session.end();
    else session.begin(expiresAt);
    return expiresAt !== null;
  }

  const session: Session = {
    mayBeAlive: () => storage.getItem(storageKey) !== null,
    begin: (expiresAt) => storage.setItem(storageKey, expiresAt),
    end: () => {
      storage.removeItem(storageKey);
      for (const listener of listeners) listener();
    },
    generation: () => storage.getItem(storageKey),
    refresh: (since = storage.getItem(storageKey)) => {
      running ??= renew(since).finally(() => {
        running = undefined;
      });
      return running;
    },
    onEnd: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    keepAlive: () => {
      let timer: ReturnType<typeof setTimeout>;
      const plan = () => {
        const left = Date.parse(storage.getItem(storageKey) ?? "") - now();
        timer = setTimeout(act, Number.isNaN(left) ? shortestWaitMs : renewalWaitMs(left));
      };
      const act = () => {
        const left = Date.parse(storage.getItem(storageKey) ?? "") - now();
        // Signed out, or another tab was quicker.
        if (Number.isNaN(left) || left > 2 * headStartMs) return plan();
        // Out of reach: the next turn tries again, and so does any call that is refused.
        session.refresh().then(plan, plan);
      };
      plan();
      return () => clearTimeout(timer);
    },
  };
  return session;
}

/**
 * How long to wait before renewing a session that has `left` ms: until the head start, or half of what is left where that is
 * later. A session whose last hour has come gains nothing by renewal, so it is not asked for again and again.
 */
export function renewalWaitMs(left: number): number {
  return Math.min(longestWaitMs, Math.max(shortestWaitMs, left - headStartMs, left / 2 > headStartMs ? 0 : left / 2));
}

/** The browser as `createSession` sees it. Without storage (blocked by a setting) the times live as long as the page. */
export function browserSurroundings(): SessionSurroundings {
  return {
    storage: usableStorage(),
    // Locks exist only in secure contexts; elsewhere the server's own grace for a just-rotated token has to do.
    once: async (occasion, work) => {
      if ("locks" in navigator) await onceOverTabs(navigator.locks, occasion, work);
      else await work();
    },
    now: () => Date.now(),
  };
}

/** Calls `listener` when another tab signed out. */
export function onOtherTabSignedOut(listener: () => void): () => void {
  const heard = (event: StorageEvent) => {
    if (event.key === storageKey && event.newValue === null) listener();
  };
  window.addEventListener("storage", heard);
  return () => window.removeEventListener("storage", heard);
}

function usableStorage(): SessionSurroundings["storage"] {
  try {
    window.localStorage.getItem(storageKey);
    return window.localStorage;
  } catch {
    const kept = new Map<string, string>([[storageKey, ""]]);
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  }
}
