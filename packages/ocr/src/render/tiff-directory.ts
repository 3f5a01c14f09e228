// The directory of one page of a TIFF (TIFF 6.0, section 2): its facts by tag. Nothing of the picture is read.

/** Values of the tags that hold whole numbers or bytes; absent ones are not in it. */
export type TiffDirectory = Map<number, number[]>;

const entryBytes = 12;
/** Pages that may come before the one that is sought, and values of one tag: what points in a circle or lies must end. */
const maxPages = 100_000;
const maxValues = 100_000;
/** Bytes of a value by type: byte, short, long, undefined. Other types do not matter here. */
const typeBytes: Record<number, number> = { 1: 1, 3: 2, 4: 4, 7: 1 };

/** The directory of page `index` (0-based) of `file`; undefined when there is none, or it is a BigTIFF, whose fields are longer. */
export function readTiffDirectory(file: Buffer, index: number): TiffDirectory | undefined {
  if (file.length < 8 || index > maxPages) return undefined;
  const little = file.toString("latin1", 0, 2) === "II";
  const number = (at: number, bytes: number) => (little ? file.readUIntLE(at, bytes) : file.readUIntBE(at, bytes));
  if (number(2, 2) !== 42) return undefined;
  let at = number(4, 4);
  for (let page = 0; at > 0 && at + 2 <= file.length; page++) {
    const count = number(at, 2);
    const end = at + 2 + count * entryBytes;
    if (end + 4 > file.length) return undefined;
    if (page === index) return readEntries(at + 2, end);
    at = number(end, 4);
  }
  return undefined;

  function readEntries(from: number, to: number): TiffDirectory {
    const directory: TiffDirectory = new Map();
    for (let entry = from; entry < to; entry += entryBytes) {
      const bytes = typeBytes[number(entry + 2, 2)];
      const values = number(entry + 4, 4);
      if (bytes === undefined || values > maxValues) continue;
      // Up to four bytes stand in the entry itself.
      const start = values * bytes <= 4 ? entry + 8 : number(entry + 8, 4);
      if (start + values * bytes > file.length) continue;
      const list = Array.from({ length: values }, (_, place) => number(start + place * bytes, bytes));
      directory.set(number(entry, 2), list);
    }
    return directory;
  }
}
