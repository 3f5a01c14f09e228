// Compressed streams of our own making.
import { deflateSync } from "node:zlib";
import { type PDFContext, PDFName, PDFRawStream } from "pdf-lib";

/** A stream object that holds `bytes`, deflated. `numbers` are further entries of its dictionary. */
export function deflated(context: PDFContext, bytes: Uint8Array, numbers: Record<string, number> = {}): PDFRawStream {
  const dict = context.obj(numbers);
  dict.set(PDFName.of("Filter"), PDFName.of("FlateDecode"));
  return PDFRawStream.of(dict, deflateSync(bytes, { level: 9 }));
}
