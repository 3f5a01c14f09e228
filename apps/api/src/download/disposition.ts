// The name of a download, for every script and without a way into the headers (RFC 6266, RFC 8187).

import { displayName } from "@legible/shared/file-name";
import { extensionOf, type MimeType } from "@legible/shared/file-type";

/** `attachment` with an ASCII name for old clients and the real one for the rest. */
export function contentDisposition(name: string): string {
  const safe = displayName(name);
  const ascii = safe.replace(/[^\x20-\x7e]/gu, "_").replace(/["\\%]/gu, "_");
  const encoded = encodeURIComponent(safe).replace(/['()*]/gu, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** Endings that people use for a type. A name with another one gets the usual one added: the bytes decide, not the name. */
const endings: Record<MimeType, readonly string[]> = {
  "application/pdf": [".pdf"],
  "image/png": [".png"],
  "image/jpeg": [".jpg", ".jpeg", ".jpe", ".jfif"],
  "image/tiff": [".tif", ".tiff"],
  "image/webp": [".webp"],
  "image/bmp": [".bmp", ".dib"],
  "image/gif": [".gif"],
  "image/heic": [".heic", ".heif"],
  "image/avif": [".avif"],
  "image/jp2": [".jp2"],
};

export function sourceName(name: string, mimeType: MimeType): string {
  const lower = name.toLowerCase();
  return endings[mimeType].some((ending) => lower.endsWith(ending)) ? name : name + extensionOf[mimeType];
}
