// Addresses of documents made safe to keep: what `linkSchema` lets through, from what producers write.
import { linkSchema } from "@legible/shared/link";

/** `address` as it may be kept, percent-encoded; undefined for other schemes, for sign-in data in it, and for what is no address. */
export function safeLink(address: string): string | undefined {
  const url = URL.parse(address.trim());
  if (url === null || url.username !== "" || url.password !== "") return undefined;
  const encoded = url.href
    .replace(/[^\w!#$%&'*+,\-./:;=?@~[\]]/gu, encodeURIComponent)
    .replace(/[()]/gu, encodeBracket);
  return linkSchema.safeParse(encoded).success ? encoded : undefined;
}

/** encodeURIComponent leaves round brackets alone; Markdown does not. */
function encodeBracket(bracket: string): string {
  return bracket === "(" ? "%28" : "%29";
}
