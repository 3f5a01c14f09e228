// Characters of symbol fonts as the text they show. Such fonts map their codes to U+F000 and up, which mean nothing elsewhere; word
// processors use them for the bullets of lists. Ligatures become the letters that they are made of.

/** Bullets, ticks, arrows and signs of the fonts Symbol and Wingdings that look alike in both, or stand in one only. */
const shown = new Map<number, string>(
  Object.entries({
    "•": [0xf0b7, 0xf06c, 0xf09f],
    "▪": [0xf0a7, 0xf06e],
    "□": [0xf06f, 0xf0a8, 0xf071],
    "❖": [0xf076],
    "➢": [0xf0d8],
    "✓": [0xf0fc],
    "☑": [0xf0fe],
    "→": [0xf0e0, 0xf0e8, 0xf0ae],
    "-": [0xf02d],
    "°": [0xf0b0],
    "±": [0xf0b1],
    "≥": [0xf0b3],
    "≤": [0xf0a3],
    "×": [0xf0b4],
    "≠": [0xf0b9],
    "≈": [0xf0bb],
    "∞": [0xf0a5],
    " ": [0xf020],
  }).flatMap(([text, codes]) => codes.map((code) => [code, text] as const)),
);

/** The text of the character `code`; empty for code 0. */
export function symbolText(code: number): string {
  if (code === 0) return "";
  const text = shown.get(code) ?? String.fromCodePoint(code);
  return code >= 0xfb00 && code <= 0xfb06 ? text.normalize("NFKC") : text;
}
