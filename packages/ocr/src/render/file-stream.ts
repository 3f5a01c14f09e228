// A PDF stream whose bytes stay in a file until the document is written: images are many and large.
import { type PDFDict, PDFStream } from "pdf-lib";

/** Part of a file, bytes. */
export type ByteRange = { start: number; length: number };

export class FileStream extends PDFStream {
  readonly path: string;
  readonly ranges: readonly ByteRange[];

  constructor(dict: PDFDict, path: string, ranges: readonly ByteRange[]) {
    super(dict);
    this.path = path;
    this.ranges = ranges;
  }

  override getContentsSize(): number {
    return this.ranges.reduce((sum, range) => sum + range.length, 0);
  }
}
