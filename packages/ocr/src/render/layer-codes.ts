// Two-byte codes for the characters of the text layer, and the map by which a reader turns them back into text.

const replacement = 0xfffd;
/** Private-use area of the basic plane: codes in it are handed out, so they never mean themselves. */
const privateFirst = 0xe000;
const privateLast = 0xf8ff;

/** Codes of one document's text layer. Characters of the basic plane are their own code; others get a private-use one. */
export type LayerCodes = {
  /** Codes of `text`, one for each code point. */
  codesOf(text: string): number[];
  /** A ToUnicode CMap that covers the codes given out until now. */
  toUnicode(): string;
};

export function createLayerCodes(): LayerCodes {
  const rows = new Set<number>();
  const handedOut = new Map<number, number>();

  function codeOf(point: number): number {
    if (point < privateFirst || (point > privateLast && point <= 0xffff)) {
      rows.add(point >> 8);
      return point;
    }
    const known = handedOut.get(point);
    if (known !== undefined) return known;
    const code = privateFirst + handedOut.size;
    if (code > privateLast) return codeOf(replacement);
    handedOut.set(point, code);
    return code;
  }

  return {
    codesOf: (text) => Array.from(text, (character) => codeOf(character.codePointAt(0) ?? replacement)),
    toUnicode: () => {
      const ranges = [...rows]
        .sort((a, b) => a - b)
        .map((row) => `<${hex(row << 8)}><${hex((row << 8) | 255)}><${hex(row << 8)}>`);
      const single = [...handedOut].map(([point, code]) => `<${hex(code)}><${utf16(point)}>`);
      return [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000><ffff> endcodespacerange",
        ...sections("bfrange", ranges),
        ...sections("bfchar", single),
        "endcmap CMapName currentdict /CMap defineresource pop end end",
      ].join("\n");
    },
  };
}

/** A section of a CMap holds at most 100 entries (Adobe technical note 5014). */
function sections(kind: "bfrange" | "bfchar", entries: string[]): string[] {
  const lines: string[] = [];
  for (let start = 0; start < entries.length; start += 100) {
    const part = entries.slice(start, start + 100);
    lines.push(`${part.length} begin${kind}`, ...part, `end${kind}`);
  }
  return lines;
}

function utf16(point: number): string {
  return Array.from(String.fromCodePoint(point).split(""), (unit) => hex(unit.charCodeAt(0))).join("");
}

function hex(value: number): string {
  return value.toString(16).padStart(4, "0");
}
