// The files of a document that is being put together. Kept outside of React, so that a look at another page loses nothing.

export interface DraftFile {
  id: number;
  file: File;
}

export interface DocumentDraft {
  subscribe(listener: () => void): () => void;
  snapshot(): readonly DraftFile[];
  /** Behind what is there. */
  add(files: readonly File[]): void;
  /** Puts a file to `place` (0-based; beyond the ends means at the end). Returns where it is now, -1 when it is not there. */
  move(id: number, place: number): number;
  remove(id: number): void;
  clear(): void;
}

export function createDocumentDraft(): DocumentDraft {
  const listeners = new Set<() => void>();
  let files: readonly DraftFile[] = [];
  let lastId = 0;

  function publish(next: readonly DraftFile[]): void {
    files = next;
    for (const listener of listeners) listener();
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => files,
    add: (added) => publish([...files, ...added.map((file) => ({ id: ++lastId, file }))]),
    move: (id, place) => {
      const moved = files.find((each) => each.id === id);
      if (moved === undefined) return -1;
      const to = Math.max(0, Math.min(files.length - 1, place));
      if (files[to] === moved) return to;
      const others = files.filter((each) => each !== moved);
      publish([...others.slice(0, to), moved, ...others.slice(to)]);
      return to;
    },
    remove: (id) => publish(files.filter((each) => each.id !== id)),
    clear: () => publish([]),
  };
}
