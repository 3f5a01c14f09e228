// JPEG 2000 files (ISO 15444-1, annex I). pdfium, which is here anyway, decodes them: the picture is put into a PDF of one page.
import { FailureError } from "@legible/shared/failures";
import { loadPdfium } from "../pdf/pdfium.ts";

/** Part of a file, bytes. */
type Range = { start: number; length: number };

export type Jp2Header = {
  width: number;
  height: number;
  /** Pixels per inch, undefined when the file does not say. */
  density: number | undefined;
  /** The boxes that make the picture. Left out are those of metadata, which may say where a photo was taken. */
  picture: Range[];
};

/** 8 bits a channel: grey, or BGR with an unused fourth byte. */
export type Jp2Pixels = { width: number; height: number; channels: 1 | 3; data: Uint8Array };

const pictureBoxes = new Set(["jP  ", "ftyp", "jp2h", "jp2c"]);
const metresPerInch = 0.0254;
/** Start and end of a code stream. */
const startOfCode = 0xff4f;
const endOfCode = 0xffd9;
/** Length of the header's box, its head included. */
const ihdrBytes = 22;
/** FPDFBitmap_Gray and FPDFBitmap_BGR of fpdfview.h; the others have four bytes a pixel. */
const greyFormat = 1;
const bgrFormat = 2;

/** @throws FailureError DAMAGED_FILE */
export function readJp2Header(file: Buffer): Jp2Header {
  const boxes = readBoxes(file, 0, file.length);
  const header = boxes.find(({ type }) => type === "jp2h");
  const code = boxes.find(({ type }) => type === "jp2c");
  if (header === undefined || code === undefined) throw new FailureError("DAMAGED_FILE");
  const inner = readBoxes(file, header.body, header.start + header.length);
  const size = inner.find(({ type }) => type === "ihdr");
  const end = code.start + code.length;
  // The code stream repeats the size; a decoder believes it and not the header. A cut one has no end.
  if (
    size === undefined ||
    size.length < ihdrBytes ||
    end - code.body < 24 ||
    file.readUInt16BE(code.body) !== startOfCode
  )
    throw new FailureError("DAMAGED_FILE");
  if (file.readUInt16BE(end - 2) !== endOfCode) throw new FailureError("DAMAGED_FILE");
  const [height, width] = [file.readUInt32BE(size.body), file.readUInt32BE(size.body + 4)];
  // SIZ (A.5.1): the picture's lower right corner and its upper left one.
  const [right, bottom, left, top] = [8, 12, 16, 20].map((at) => file.readUInt32BE(code.body + at)) as Four;
  if (width !== right - left || height !== bottom - top) throw new FailureError("DAMAGED_FILE");
  const picture = boxes.filter(({ type }) => pictureBoxes.has(type)).map(({ start, length }) => ({ start, length }));
  return { width, height, density: densityOf(file, inner), picture };
}

/**
 * The picture. Check its size first: it needs 8 bytes a pixel.
 * @throws FailureError DAMAGED_FILE
 */
export async function decodeJp2(file: Buffer, header: Jp2Header): Promise<Jp2Pixels> {
  const pdfium = await loadPdfium();
  const bytes = asPdf(file, header);
  const memory = pdfium.allocate(bytes.length);
  if (memory === 0) throw new FailureError("OUT_OF_MEMORY");
  pdfium.memory().set(bytes, memory);
  const document = pdfium.FPDF_LoadMemDocument(memory, bytes.length, "");
  const page = document === 0 ? 0 : pdfium.FPDF_LoadPage(document, 0);
  const image = page === 0 ? 0 : pdfium.FPDFPage_GetObject(page, 0);
  const bitmap = image === 0 ? 0 : pdfium.FPDFImageObj_GetBitmap(image);
  try {
    // Where pdfium cannot decode it gives no bitmap.
    if (bitmap === 0) throw new FailureError("DAMAGED_FILE");
    const format = pdfium.FPDFBitmap_GetFormat(bitmap);
    const bytesPerPixel = format === greyFormat ? 1 : format === bgrFormat ? 3 : 4;
    const [width, height] = [pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)];
    const start = pdfium.FPDFBitmap_GetBuffer(bitmap) >>> 0;
    const stride = pdfium.FPDFBitmap_GetStride(bitmap);
    const rows = pdfium.memory().subarray(start, start + stride * height);
    const channels = format === greyFormat ? 1 : 3;
    return { width, height, channels, data: packed(rows, { width, height, stride, bytesPerPixel, channels }) };
  } finally {
    if (bitmap !== 0) pdfium.FPDFBitmap_Destroy(bitmap);
    if (page !== 0) pdfium.FPDF_ClosePage(page);
    if (document !== 0) pdfium.FPDF_CloseDocument(document);
    pdfium.free(memory);
  }
}

type Four = [number, number, number, number];
type Layout = { width: number; height: number; stride: number; bytesPerPixel: number; channels: 1 | 3 };

/** The rows without gaps, colours in the order red, green, blue. */
function packed(rows: Uint8Array, { width, height, stride, bytesPerPixel, channels }: Layout): Uint8Array {
  const data = new Uint8Array(width * height * channels);
  for (let y = 0, to = 0; y < height; y++) {
    for (let from = y * stride; from < y * stride + width * bytesPerPixel; from += bytesPerPixel) {
      for (let channel = channels - 1; channel >= 0; channel--) data[to++] = rows[from + channel] ?? 255;
    }
  }
  return data;
}

function asPdf(file: Buffer, { width, height, picture }: Jp2Header): Buffer {
  const code = Buffer.concat(picture.map(({ start, length }) => file.subarray(start, start + length)));
  const content = `${width} 0 0 ${height} 0 0 cm /I Do`;
  const image = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/Filter/JPXDecode/Length ${code.length}`;
  const objects = [
    Buffer.from("<</Type/Catalog/Pages 2 0 R>>"),
    Buffer.from("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
    Buffer.from(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>`,
    ),
    Buffer.from(`<</Length ${content.length}>>stream\n${content}\nendstream`),
    Buffer.concat([Buffer.from(`<<${image}>>stream\n`), code, Buffer.from("\nendstream")]),
  ];
  const parts = [Buffer.from("%PDF-1.7\n")];
  const places: number[] = [];
  let at = parts[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj`), object, Buffer.from("\nendobj\n")]);
    places.push(at);
    at += whole.length;
    parts.push(whole);
  }
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  const tail = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF`;
  return Buffer.concat([...parts, Buffer.from(tail)]);
}

type Box = Range & { type: string; body: number };

/** The boxes between two places, bytes. A box that reaches beyond is damage. */
function readBoxes(file: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let start = from; start + 8 <= to; ) {
    const short = file.readUInt32BE(start);
    // 1: the length follows in eight bytes; 0: the box reaches to the end.
    if (short === 1 && start + 16 > to) throw new FailureError("DAMAGED_FILE");
    const length = short === 1 ? Number(file.readBigUInt64BE(start + 8)) : short === 0 ? to - start : short;
    const body = start + (short === 1 ? 16 : 8);
    if (length < body - start || start + length > to) throw new FailureError("DAMAGED_FILE");
    boxes.push({ type: file.toString("latin1", start + 4, start + 8), start, length, body });
    start += length;
  }
  return boxes;
}

/** Resolution of capture or of display (I.5.3.7): a fraction and an exponent, pixels per metre. */
function densityOf(file: Buffer, header: readonly Box[]): number | undefined {
  const box = header.find(({ type }) => type === "res ");
  const inner = box === undefined ? [] : readBoxes(file, box.body, box.start + box.length);
  const found = inner.find(({ type }) => type === "resc") ?? inner.find(({ type }) => type === "resd");
  if (found === undefined || found.length < 18) return undefined;
  const [numerator, denominator] = [file.readUInt16BE(found.body + 4), file.readUInt16BE(found.body + 6)];
  const perMetre = (numerator / denominator) * 10 ** file.readInt8(found.body + 9);
  return perMetre > 0 && Number.isFinite(perMetre) ? perMetre * metresPerInch : undefined;
}
