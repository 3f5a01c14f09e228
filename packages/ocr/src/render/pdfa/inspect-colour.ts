// Colour spaces: with sRGB as the output intent, grey and RGB of the device are defined; CMYK is not (ISO 19005-2, 6.2.4).
import { PDFArray, type PDFDict, PDFName, PDFStream } from "pdf-lib";
import { lookedUp, numberIn } from "./findings.ts";

/** Spaces that say by themselves what their numbers mean, or whose parts are looked at elsewhere. */
const defined = new Set(["DeviceGray", "DeviceRGB", "G", "RGB", "CalGray", "CalRGB", "Lab", "Pattern"]);
/** Spaces based on another one, and where that stands in their array. */
const based: Record<string, number> = { Indexed: 1, I: 1, Separation: 2, DeviceN: 2, Pattern: 1 };
/** Spaces in spaces: Pattern over Indexed over Separation over ICCBased. */
const deepest = 5;

/** Whether `space` (a name or an array, looked up) means the same on every device. `named` are the resources' own spaces. */
export function isDefinedColour(space: unknown, named: PDFDict | undefined, depth = 0): boolean {
  if (space === undefined) return true;
  if (depth > deepest) return false;
  if (space instanceof PDFName) {
    const name = space.decodeText();
    if (defined.has(name)) return true;
    const own = named?.context.lookup(named.get(space));
    return own !== undefined && own !== space && isDefinedColour(own, undefined, depth + 1);
  }
  if (!(space instanceof PDFArray)) return false;
  const parts = lookedUp(space);
  const kind = parts[0] instanceof PDFName ? parts[0].decodeText() : "";
  if (kind === "ICCBased")
    return parts[1] instanceof PDFStream && [1, 3, 4].includes(numberIn(parts[1].dict, "N") ?? 0);
  const base = based[kind];
  if (base !== undefined && parts[base] !== undefined) return isDefinedColour(parts[base], named, depth + 1);
  return defined.has(kind);
}
