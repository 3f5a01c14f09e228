// Which keys work on the page that is shown. What has keys of its own lists them while it is there.
import { createContext, use, useEffect } from "react";

/** Keys as they are written on a keyboard, and what they do. */
export type KeyText = readonly [keys: string, what: string];

export interface Keys {
  /** Lists `texts` until the function that it yields is called. */
  add: (texts: readonly KeyText[]) => () => void;
  /** Opens the list. */
  show: () => void;
}

export const KeysContext = createContext<Keys | null>(null);

/** Throws outside of its provider. */
function useListOfKeys(): Keys {
  const keys = use(KeysContext);
  if (keys === null) throw new Error("KeysContext is not provided");
  return keys;
}

/** Names `texts` in the list of keys while mounted. The same array for the same language: another one is listed anew. */
export function useListedKeys(texts: readonly KeyText[]): void {
  const { add } = useListOfKeys();
  useEffect(() => add(texts), [add, texts]);
}

/** Opens the list of keys. */
export function useShowKeys(): () => void {
  return useListOfKeys().show;
}
