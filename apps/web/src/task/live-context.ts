// Whether live events arrive, for those who must ask by themselves when they do not.
import { createContext, use } from "react";

export const LiveContext = createContext<{ lost: boolean }>({ lost: false });

/** How often to ask while events are lost, ms. */
const fallbackMs = 5_000;

/** The refetch interval for queries that live events keep fresh: none while they arrive. */
export function useFallbackInterval(): number | false {
  return use(LiveContext).lost ? fallbackMs : false;
}
