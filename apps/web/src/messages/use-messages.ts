// The language in use. Today there is English; another one is a file beside en.ts and a choice here.
import { createContext, use } from "react";
import { en, type Messages } from "./en.ts";

export const MessagesContext = createContext<Messages>(en);

/** All texts in the person's language. */
export function useMessages(): Messages {
  return use(MessagesContext);
}
