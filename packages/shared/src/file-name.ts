// The name a person gave a file, made safe to show and to send in a header. It is never used as a path.
import { fileNameBytes } from "./limits.ts";
import { scrubLine } from "./text.ts";

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/iu;

/**
 * The last path segment of `name`: scrubbed, at most `fileNameBytes` bytes of UTF-8 (cut on a code point, extension kept),
 * `document` when nothing is left.
 */
export function displayName(name: string): string {
  const last = scrubLine(name).split(/[/\\]/u).at(-1) ?? "";
  const bare = trimTrailing(last.replace(/^[\s.-]+/u, ""));
  const usable = bare === "" || reserved.test(bare) ? `document${bare === "" ? "" : ` ${bare}`}` : bare;
  const dot = usable.lastIndexOf(".");
  const extension = dot > 0 && usable.length - dot <= 12 ? usable.slice(dot) : "";
  const stem = extension === "" ? usable : usable.slice(0, dot);
  const cut = cutBytes(stem, fileNameBytes - utf8Bytes(extension));
  // The cut may have bared a space or a dot, which Windows drops from the end of a name.
  return trimTrailing(cut) + extension;
}

/** `name` without its extension, for naming results after their source. */
export function fileStem(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}

/** `text` without spaces and dots at its end. A loop: the pattern /[ .]+$/ takes seconds for many dots before a letter. */
function trimTrailing(text: string): string {
  let end = text.length;
  while (end > 0 && " .".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

function cutBytes(text: string, bytes: number): string {
  let used = 0;
  let cut = "";
  for (const character of text) {
    used += utf8Bytes(character);
    if (used > bytes) return cut;
    cut += character;
  }
  return cut;
}

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
