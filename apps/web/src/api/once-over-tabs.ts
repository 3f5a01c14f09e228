// Work that one tab does for all. A tab sees late what another wrote to localStorage, even after it was given the other's lock: each
// has a process of its own, and only locks are kept in one place for all. So a tab that has done the work says so by a second lock.

/** How long the word "done" stands, ms: far longer than any tab needs to see what was stored. A tab that closes takes it along. */
const remembranceMs = 10_000;

/**
 * Runs `work` unless another tab of this browser has done just that, named by `occasion`, in the last ten seconds.
 * One at a time over all tabs. Work that yields false or throws counts as not done.
 */
export async function onceOverTabs(locks: LockManager, occasion: string, work: () => Promise<boolean>): Promise<void> {
  const done = `${occasion} done`;
  await locks.request("legible.once", async () => {
    const { held = [] } = await locks.query();
    if (held.some(({ name }) => name === done)) return;
    if (await work()) await holdForAWhile(locks, done);
  });
}

/** Resolves when the lock is held, not when it is given back. */
function holdForAWhile(locks: LockManager, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    locks
      .request(name, async () => {
        resolve();
        await new Promise((end) => setTimeout(end, remembranceMs));
      })
      .catch(reject);
  });
}
