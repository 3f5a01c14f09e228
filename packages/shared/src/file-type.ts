// The kinds of file that can be read, known by their first bytes. Names and the caller's Content-Type decide nothing.

export const mimeTypes = [
  "application/pdf",
  "image/png",
  "image/jpeg",
  "image/tiff",
  "image/webp",
  "image/bmp",
  "image/gif",
  "image/heic",
  "image/avif",
  "image/jp2",
] as const;
export type MimeType = (typeof mimeTypes)[number];

/** Bytes of a file's head that `sniffMimeType` wants to see: PDF allows junk before its header. */
export const sniffBytes = 1024;

/**
 * The type of a file by the bytes it starts with, or undefined when it is none that can be read.
 * Signatures: PDF 32000-1 annex H (header within the first 1024 bytes), PNG 5.2, JFIF/JPEG SOI + marker, TIFF 6.0 section 2
 * (and BigTIFF), RIFF/WEBP, BMP with a sane header size, GIF87a/89a, JPEG 2000 signature box (ISO 15444-1, I.5.1), brands of HEIF
 * (ISO 23008-12, 10) and AVIF in the file type box.
 */
export function sniffMimeType(head: Uint8Array): MimeType | undefined {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte);
  const ascii = (offset: number, text: string) =>
    [...text].every((character, index) => head[offset + index] === character.charCodeAt(0));
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "image/png";
  if (starts(0xff, 0xd8, 0xff)) return "image/jpeg";
  if (starts(0x49, 0x49, 0x2a, 0x00) || starts(0x4d, 0x4d, 0x00, 0x2a)) return "image/tiff";
  if (starts(0x49, 0x49, 0x2b, 0x00) || starts(0x4d, 0x4d, 0x00, 0x2b)) return "image/tiff";
  if (ascii(0, "RIFF") && ascii(8, "WEBP")) return "image/webp";
  if (ascii(0, "GIF87a") || ascii(0, "GIF89a")) return "image/gif";
  if (starts(0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a)) return "image/jp2";
  if (ascii(4, "ftyp")) return heifType(brandsOf(head));
  if (ascii(0, "BM") && bmpHeaderSizes.has(head[14] ?? 0) && head[15] === 0) return "image/bmp";
  for (let offset = 0; offset + 5 <= Math.min(head.length, sniffBytes); offset++) {
    if (ascii(offset, "%PDF-")) return "application/pdf";
  }
  return undefined;
}

/** Brands of pictures coded with HEVC, single or as a sequence, and the general ones that most HEIC files name. */
const heicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];
const avifBrands = ["avif", "avis"];

/** The major brand and the compatible ones, as far as they lie in the head. */
function brandsOf(head: Uint8Array): string[] {
  const size = new DataView(head.buffer, head.byteOffset, head.length).getUint32(0);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= Math.min(size, head.length); at += 4) {
    // The four bytes after the major brand are a version number.
    if (at !== 12) brands.push(String.fromCharCode(...head.subarray(at, at + 4)));
  }
  return brands;
}

function heifType(brands: readonly string[]): MimeType | undefined {
  if (brands.some((brand) => avifBrands.includes(brand))) return "image/avif";
  return brands.some((brand) => heicBrands.includes(brand)) ? "image/heic" : undefined;
}

const bmpHeaderSizes = new Set([12, 40, 52, 56, 64, 108, 124]);

/** The usual extension of a type, for naming downloads of originals whose name has none. */
export const extensionOf: Record<MimeType, string> = {
  "application/pdf": ".pdf",
  "image/png": ".png",
  "image/jpeg": ".jpg",
  "image/tiff": ".tif",
  "image/webp": ".webp",
  "image/bmp": ".bmp",
  "image/gif": ".gif",
  "image/heic": ".heic",
  "image/avif": ".avif",
  "image/jp2": ".jp2",
};
