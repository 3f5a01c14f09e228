// A page of running text as a scanner would see it: enough lines to tell how they lie.
import type { Raster } from "../src/pipeline/raster.ts";
import { scanPdf, textPdf } from "./make-scan.ts";

const sentences = [
  "The quick brown fox jumps over the lazy dog while the",
  "old keeper of the lighthouse counts every ship that",
  "passes the northern cape before the winter storms.",
  "His journal lists their names, their cargo and the",
  "weather of each morning in a small and tidy hand.",
  "Nobody had asked him to do so, yet nobody else would",
  "have known which of the boats never came back home.",
  "When the harbour office burned down in the spring,",
  "those pages were the only record that was left.",
];

/** The words of the page in reading order. */
export const pageText = sentences.join(" ");

/** Nine lines of English, 300 dpi. */
export async function makePage(): Promise<Raster> {
  return scanPdf(
    await textPdf([sentences.map((text, index) => ({ text, y: 220 - index * 22, size: 13 }))], [380, 260]),
  );
}
