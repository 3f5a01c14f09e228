// A line of text that a caller sends: a name, a key, words to look for. PostgreSQL refuses some characters, so it is cleaned before
// anything else sees it.
import { z } from "zod";
import { scrubLine } from "./text.ts";

/** Scrubbed; `min` to `max` UTF-16 units. What consists of nothing but characters that are taken out counts as empty. */
export function typedLine(min: number, max: number) {
  return z.string().max(max).transform(scrubLine).pipe(z.string().min(min).max(max));
}
