// Looking at a document is written down once, not once for each of its pages: a list of thumbnails is one look.

/** A look goes on for so long, ms; who comes back later looks again. */
const lookMs = 30 * 60_000;
/** Looks remembered. Beyond them the oldest is forgotten, and may be written down twice. */
const maxLooks = 10_000;

export type Noticed = {
  /** True when this look has not been written down yet; it counts as written from now on. */
  isNew(userId: number, taskId: string): boolean;
  /** The look could not be written down after all. */
  forget(userId: number, taskId: string): void;
};

/** The memory of one process; another one writes an entry of its own. */
export function createNoticed(now: () => number = Date.now): Noticed {
  const looks = new Map<string, number>();
  return {
    isNew(userId, taskId) {
      const key = `${userId}/${taskId}`;
      const last = looks.get(key);
      if (last !== undefined && now() - last < lookMs) return false;
      looks.delete(key);
      looks.set(key, now());
      const [oldest] = looks.keys();
      if (looks.size > maxLooks && oldest !== undefined) looks.delete(oldest);
      return true;
    },
    forget(userId, taskId) {
      looks.delete(`${userId}/${taskId}`);
    },
  };
}
