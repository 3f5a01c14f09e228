// Keys of a whole page. They do nothing while somebody types, or holds a key that belongs to the browser.
import { useEffect, useRef } from "react";

export type Keys = Record<string, (() => void) | undefined>;

/** Calls what `keys` names for a pressed key; the newest `keys` count. */
export function useKeys(keys: Keys): void {
  const newest = useRef(keys);
  useEffect(() => {
    newest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
      const act = newest.current[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** Fields take every key, buttons and links take Enter, tabs and menus their arrows; behind a dialog nothing happens. */
function isTaken({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (document.querySelector('[aria-modal="true"]') !== null) return true;
  if (target.closest("input, textarea, select, [contenteditable]") !== null) return true;
  if (key === "Enter") return target.closest("button, a") !== null;
  return key.startsWith("Arrow") && target.closest('[role="tab"], [role="menuitem"], [role="radio"]') !== null;
}
