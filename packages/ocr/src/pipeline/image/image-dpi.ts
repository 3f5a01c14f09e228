// The resolution of an image whose metadata may be missing, a camera's 72, or nonsense.

/** Resolutions that scanners and fax machines write, dots per inch. 72 and 96 are what software writes when it does not know. */
const lowest = 98;
const highest = 1200;
/** Longest side believed, inches: A2 has 23.4. A photo of a page "at 72 dpi" would be 50 inches long. */
const longestInches = 25;
/** Long side of A4, inches: what most scans without metadata show. */
const a4Inches = 11.69;
/** For what is too small or too large to be a page: screens, and fine scans of large originals. */
const screenDpi = 96;
const lowestA4 = 70;
const fineDpi = 600;

/** Pixels per inch of an image `width` × `height` px that claims `density`. */
export function imageDpi(width: number, height: number, density: number | undefined): { dpi: number; known: boolean } {
  const longSide = Math.max(width, height);
  const believable =
    density !== undefined && density >= lowest && density <= highest && longSide / density <= longestInches;
  if (believable) return { dpi: density, known: true };
  const asA4 = Math.round(longSide / a4Inches);
  if (asA4 < lowestA4) return { dpi: screenDpi, known: false };
  return { dpi: asA4 > highest ? fineDpi : asA4, known: false };
}
