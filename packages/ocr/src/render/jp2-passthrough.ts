// A JPEG 2000 picture inside a PDF as it is, without its metadata. PDF 32000-1, 7.4.9.
import { readFile } from "node:fs/promises";
import type { PDFContext, PDFRef } from "pdf-lib";
import { readJp2Header } from "../pipeline/image/jp2.ts";
import { FileStream } from "./file-stream.ts";

/**
 * The picture as an object of the document; its bytes are copied from `path` when the document is written.
 * @throws FailureError DAMAGED_FILE
 */
export async function embedJp2(context: PDFContext, path: string): Promise<PDFRef> {
  const { width, height, picture } = readJp2Header(await readFile(path));
  // The file says its colours itself.
  const dict = context.obj({ Type: "XObject", Subtype: "Image", Width: width, Height: height, Filter: "JPXDecode" });
  return context.register(new FileStream(dict, path, picture));
}
