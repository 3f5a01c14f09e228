// A TrueType font program of two empty glyphs. Readers want a font file to be embedded; nothing of it is ever drawn.
// Tables and field order: OpenType specification 1.9.

/** Units of the em square. */
const unitsPerEm = 1000;

/** The font file, the same bytes each time. `advance`, `ascent` and `descent` (negative) in thousandths of an em. */
export function glyphlessTrueType(metrics: {
  advance: number;
  ascent: number;
  descent: number;
}): Uint8Array<ArrayBuffer> {
  const { advance, ascent, descent } = metrics;
  const tables: [string, Uint8Array][] = [
    // version, xAvgCharWidth, weight, width class, fsType, sub- and superscript and strikeout (10 × 0), family class, panose,
    // Unicode ranges, vendor, fsSelection (regular), first and last character, typographic and Windows heights
    [
      "OS/2",
      bytes(
        ...[0, advance, 400, 5, 0].flatMap(u16),
        ...zeros(22),
        ...zeros(10),
        ...zeros(16),
        ...ascii("LGBL"),
        ...[0x40, 0, 0xffff, ascent, descent, 0, ascent, -descent].flatMap(u16),
      ),
    ],
    // one sub-table (Windows, Unicode), format 4 with the closing segment alone
    [
      "cmap",
      bytes(...[0, 1, 3, 1].flatMap(u16), ...u32(12), ...[4, 24, 0, 2, 2, 0, 0, 0xffff, 0, 0xffff, 1, 0].flatMap(u16)),
    ],
    // some readers refuse a glyf table of length 0
    ["glyf", bytes(...zeros(4))],
    [
      "head",
      bytes(
        ...[1, 0, 1, 0].flatMap(u16),
        ...u32(0),
        ...u32(0x5f0f3cf5),
        ...[0, unitsPerEm].flatMap(u16),
        ...zeros(16),
        ...[0, descent, advance, ascent, 0, 8, 2, 0, 0].flatMap(u16),
      ),
    ],
    ["hhea", bytes(...[1, 0, ascent, descent, 0, advance, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2].flatMap(u16))],
    ["hmtx", bytes(...[advance, 0, advance, 0].flatMap(u16))],
    ["loca", bytes(...[0, 0, 0].flatMap(u16))],
    ["maxp", bytes(...[1, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0].flatMap(u16))],
    ["name", nameTable("Legible-Glyphless")],
    ["post", bytes(...u32(0x00030000), ...u32(0), ...[0, 0].flatMap(u16), ...u32(1), ...zeros(16))],
  ];
  return withDirectory(tables);
}

function withDirectory(tables: [string, Uint8Array][]): Uint8Array<ArrayBuffer> {
  const directory: number[] = [...u32(0x00010000), ...[tables.length, 128, 3, tables.length * 16 - 128].flatMap(u16)];
  let offset = 12 + 16 * tables.length;
  const parts: number[] = [];
  let headAt = 0;
  for (const [tag, content] of tables) {
    if (tag === "head") headAt = offset;
    directory.push(...ascii(tag), ...u32(checksum(content)), ...u32(offset), ...u32(content.length));
    const padded = [...content, ...zeros((4 - (content.length % 4)) % 4)];
    parts.push(...padded);
    offset += padded.length;
  }
  const file = bytes(...directory, ...parts);
  // checkSumAdjustment: 0xB1B0AFBA less the sum over the whole file.
  file.set(u32((0xb1b0afba - checksum(file)) >>> 0), headAt + 8);
  return file;
}

function checksum(content: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < content.length; index++)
    sum = (sum + ((content[index] ?? 0) << (8 * (3 - (index % 4))))) >>> 0;
  return sum;
}

/** Family, style, full and PostScript name, Windows Unicode English. */
function nameTable(name: string): Uint8Array {
  const ids: [number, string][] = [
    [1, name],
    [2, "Regular"],
    [4, name],
    [6, name],
  ];
  const texts = ids.map(([, text]) => Array.from(text).flatMap((character) => u16(character.charCodeAt(0))));
  const records: number[] = [];
  let offset = 0;
  ids.forEach(([id], index) => {
    const length = texts[index]?.length ?? 0;
    records.push(...[3, 1, 0x409, id, length, offset].flatMap(u16));
    offset += length;
  });
  return bytes(...[0, ids.length, 6 + 12 * ids.length].flatMap(u16), ...records, ...texts.flat());
}

const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
const u32 = (value: number): number[] => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const zeros = (count: number): number[] => new Array<number>(count).fill(0);
const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));
const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);
