// What keeps a document from being PDF/A-2b (ISO 19005-2), and how dictionaries are looked into.
import type { NoteCode } from "@legible/shared/notes";
import { PDFArray, PDFDict, PDFName, PDFNumber, PDFStream } from "pdf-lib";

export type Obstacle = Extract<NoteCode, `NOT_PDFA_${string}`>;
export type Obstacles = Set<Obstacle>;

/** The dictionary under `key`, that of a stream included, wherever it stands. */
export function dictIn(holder: PDFDict | undefined, key: string): PDFDict | undefined {
  const value = objectIn(holder, key);
  return value instanceof PDFStream ? value.dict : value instanceof PDFDict ? value : undefined;
}

export function objectIn(holder: PDFDict | undefined, key: string) {
  return holder?.context.lookup(holder.get(PDFName.of(key)));
}

export function nameIn(holder: PDFDict | undefined, key: string): string | undefined {
  const value = objectIn(holder, key);
  return value instanceof PDFName ? value.decodeText() : undefined;
}

export function numberIn(holder: PDFDict | undefined, key: string): number | undefined {
  const value = objectIn(holder, key);
  return value instanceof PDFNumber ? value.asNumber() : undefined;
}

/** The items of an array, looked up; a single object counts as an array of one, none as an empty one. */
export function itemsIn(holder: PDFDict | undefined, key: string): unknown[] {
  const value = objectIn(holder, key);
  if (value instanceof PDFArray) return lookedUp(value);
  return value === undefined ? [] : [value];
}

/** The items of `array`, each one looked up. */
export function lookedUp(array: PDFArray): unknown[] {
  return Array.from({ length: array.size() }, (_, index) => array.lookup(index));
}
