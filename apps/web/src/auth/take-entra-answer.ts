// What Microsoft's page put into the address. It is taken out before anything else sees the address: it is good for one sign-in, and has no
// business in the history.

/** The fragment with the answer, without "#"; null when there is none. */
export function takeEntraAnswer(
  { pathname, search, hash }: Pick<Location, "pathname" | "search" | "hash">,
  history: Pick<History, "replaceState">,
): string | null {
  if (pathname !== "/sign-in") return null;
  const fields = new URLSearchParams(hash.slice(1));
  if (!fields.has("state") || (!fields.has("code") && !fields.has("error"))) return null;
  history.replaceState(null, "", pathname + search);
  return hash.slice(1);
}
