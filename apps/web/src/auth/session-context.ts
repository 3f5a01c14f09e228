// The page's one Session object, for forms that begin or end it.
import { createContext, use } from "react";
import type { Session } from "../api/session.ts";

export const SessionContext = createContext<Session | null>(null);

/** The session keeper. Throws outside of its provider. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error("SessionContext is not provided");
  return session;
}
