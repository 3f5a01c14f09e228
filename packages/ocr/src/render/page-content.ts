// A page's or form's content as bytes, unpacked within bounds.
import { inflateSync } from "node:zlib";
import {
  decodePDFRawStream,
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  type PDFPageLeaf,
  PDFRawStream,
  PDFRef,
} from "pdf-lib";

/** Unpacked size up to which a stream is looked at: text layers are a thousandth of it, drawings of maps come near it. */
const maxBytes = 32_000_000;

/** The page's content as one stream; undefined when a part of it cannot be unpacked, or it is too large. */
export function pageContent(leaf: PDFPageLeaf): Buffer | undefined {
  const unpacked = contentStreams(leaf).map(unpack);
  return unpacked.every((part) => part !== undefined) ? joined(unpacked) : undefined;
}

/** The stream's bytes; undefined when they cannot be unpacked or are too many. */
export function unpack(stream: unknown): Buffer | undefined {
  if (!(stream instanceof PDFRawStream)) return undefined;
  const plain = stream.dict.get(PDFName.of("Filter")) === PDFName.of("FlateDecode");
  try {
    if (plain && !stream.dict.has(PDFName.of("DecodeParms"))) {
      return inflateSync(stream.contents, { maxOutputLength: maxBytes });
    }
    const bytes = decodePDFRawStream(stream).getBytes(maxBytes + 1);
    return bytes.length > maxBytes ? undefined : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch {
    // Unknown filters and damage throw plain errors; readers may still show something of the stream.
    return undefined;
  }
}

/** The dictionary that `value` is or points to. */
export function asDict(context: PDFContext, value: unknown): PDFDict | undefined {
  const found = value instanceof PDFRef ? context.lookup(value) : value;
  return found instanceof PDFDict ? found : undefined;
}

function contentStreams(leaf: PDFPageLeaf): unknown[] {
  const contents = leaf.context.lookup(leaf.get(PDFName.Contents));
  if (contents instanceof PDFArray) return contents.asArray().map((item) => leaf.context.lookup(item));
  return contents === undefined ? [] : [contents];
}

/** Streams of a page are one; a token does not cross their ends (PDF 32000-1, 7.8.2). */
function joined(parts: readonly Buffer[]): Buffer | undefined {
  const size = parts.reduce((sum, part) => sum + part.length + 1, 0);
  return size > maxBytes ? undefined : Buffer.concat(parts.flatMap((part) => [part, Buffer.from("\n")]));
}
