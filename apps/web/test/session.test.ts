import { expect, test } from "vitest";
import { onceOverTabs } from "../src/api/once-over-tabs.ts";
import { createSession, renewalWaitMs, type SessionSurroundings } from "../src/api/session.ts";

const minuteMs = 60_000;

/** Two tabs of one browser: one storage, work one at a time. Only `onceOverTabs` knows what was done before. */
function browser(): SessionSurroundings {
  const kept = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    storage: storageOver(kept),
    once: (_occasion, work) => {
      const next = last.then(async () => void (await work()));
      last = next.catch(() => undefined);
      return next;
    },
    now: () => 0,
  };
}

function storageOver(kept: Map<string, string>): SessionSurroundings["storage"] {
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

test("two tabs that renew at once spend one refresh token", async () => {
  const surroundings = browser();
  let calls = 0;
  const renew = async () => `end ${++calls}`;
  const [first, second] = [createSession(renew, surroundings), createSession(renew, surroundings)];
  first.begin("end 0");
  expect(await Promise.all([first.refresh(), first.refresh(), second.refresh()])).toEqual([true, true, true]);
  expect(calls).toBe(1);
});

test("a tab that sees the other's new end late does not renew again", async () => {
  const locks = navigator.locks;
  let calls = 0;
  const renew = async () => `end ${++calls}`;
  // Nothing that one stores is ever seen by the other.
  const tab = (): SessionSurroundings => ({
    storage: storageOver(new Map([["legible.sessionEndsAt", "end 0"]])),
    once: (occasion, work) => onceOverTabs(locks, occasion, work),
    now: () => 0,
  });
  const [first, second] = [createSession(renew, tab()), createSession(renew, tab())];
  expect(await Promise.all([first.refresh(), second.refresh()])).toEqual([true, true]);
  expect(await second.refresh("end 0")).toBe(true);
  expect(calls).toBe(1);
  // The next end is another occasion.
  expect(await first.refresh("end 1")).toBe(true);
  expect(calls).toBe(2);
});

test("a renewal that failed is no renewal: the other tab tries", async () => {
  const locks = navigator.locks;
  let calls = 0;
  const failThenRenew = async () => (++calls === 1 ? Promise.reject(new Error("offline")) : "end 2");
  const kept = new Map([["legible.sessionEndsAt", "end of a failure"]]);
  const surroundings: SessionSurroundings = {
    storage: storageOver(kept),
    once: (occasion, work) => onceOverTabs(locks, occasion, work),
    now: () => 0,
  };
  const [first, second] = [createSession(failThenRenew, surroundings), createSession(failThenRenew, surroundings)];
  const [failed, renewed] = await Promise.allSettled([first.refresh(), second.refresh()]);
  expect(failed.status).toBe("rejected");
  expect(renewed).toEqual({ status: "fulfilled", value: true });
  expect(calls).toBe(2);
});

test("a tab does not take another's word for the end of the session: it ends itself, too", async () => {
  const ends = [0, 0];
  const sessions = [0, 1].map(() =>
    createSession(async () => null, {
      storage: storageOver(new Map([["legible.sessionEndsAt", "end that is near"]])),
      once: (occasion, work) => onceOverTabs(navigator.locks, occasion, work),
      now: () => 0,
    }),
  );
  for (const [index, session] of sessions.entries()) session.onEnd(() => ends.splice(index, 1, 1));
  expect(await Promise.all(sessions.map((session) => session.refresh()))).toEqual([false, false]);
  expect(ends).toEqual([1, 1]);
});

test("a call that was on its way while the session was renewed is no reason to renew it again", async () => {
  const surroundings = browser();
  let calls = 0;
  const renew = async () => `end ${++calls}`;
  const [here, elsewhere] = [createSession(renew, surroundings), createSession(renew, surroundings)];
  here.begin("end 0");
  const sentIn = here.generation();
  expect(await elsewhere.refresh()).toBe(true);
  expect(await here.refresh(sentIn)).toBe(true);
  expect(calls).toBe(1);
  expect(await here.refresh(here.generation())).toBe(true);
  expect(calls).toBe(2);
});

test("a session the server does not know any more ends, and whoever listens is told", async () => {
  const session = createSession(async () => null, browser());
  let told = 0;
  session.onEnd(() => told++);
  session.begin("soon");
  expect(await session.refresh()).toBe(false);
  expect(session.mayBeAlive()).toBe(false);
  expect(told).toBe(1);
});

test("a server out of reach ends nothing", async () => {
  const session = createSession(async () => Promise.reject(new Error("offline")), browser());
  session.begin("soon");
  await expect(session.refresh()).rejects.toThrow("offline");
  expect(session.mayBeAlive()).toBe(true);
});

test("renewal comes five minutes before the end, and not all the time when the end cannot be moved", () => {
  expect(renewalWaitMs(30 * minuteMs)).toBe(25 * minuteMs);
  expect(renewalWaitMs(4 * minuteMs)).toBe(2 * minuteMs);
  expect(renewalWaitMs(-minuteMs)).toBe(20_000);
  expect(renewalWaitMs(365 * 24 * 60 * minuteMs)).toBeLessThan(2 ** 31);
});
