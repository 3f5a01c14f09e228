// How thick the strokes of a line are: on a picture that is what tells bold from regular type.
import type { Box } from "@legible/shared/document";
import type { Raster } from "../raster.ts";

/** Differences between neighbouring pixels below this are paper grain and JPEG noise, not edges. */
const faintestEdge = 24;

/**
 * Mean length of the dark runs in `box`, px. Ink divided by edges: both grow with the contrast, which therefore cancels, and a
 * blurred edge is as high in sum as a sharp one. 0 when there is nothing to measure.
 */
export function strokeWidth({ width, height, grey }: Raster, box: Box): number {
  const [x0, y0, x1, y1] = [
    Math.max(0, Math.floor(box[0])),
    Math.max(0, Math.floor(box[1])),
    Math.min(width, Math.ceil(box[2])),
    Math.min(height, Math.ceil(box[3])),
  ];
  const paper = paperOf(grey, width, x0, y0, x1, y1);
  let ink = 0;
  let edges = 0;
  for (let y = y0; y < y1; y++) {
    let before = paper;
    for (let at = y * width + x0; at < y * width + x1; at++) {
      const value = Math.min(paper, grey[at] ?? paper);
      if (paper - value > faintestEdge) ink += paper - value;
      const edge = Math.abs(value - before);
      // Slow slopes of blur are kept: the step is taken from the last value that counted.
      if (edge > faintestEdge) {
        edges += edge;
        before = value;
      }
    }
  }
  return edges === 0 ? 0 : (2 * ink) / edges;
}

/** The grey that nine in ten pixels do not exceed: the paper. */
function paperOf(grey: Uint8Array, width: number, x0: number, y0: number, x1: number, y1: number): number {
  const counts = new Uint32Array(256);
  for (let y = y0; y < y1; y++) {
    for (let at = y * width + x0; at < y * width + x1; at++) {
      const value = grey[at] ?? 255;
      counts[value] = (counts[value] ?? 0) + 1;
    }
  }
  let left = Math.max(0, (y1 - y0) * (x1 - x0)) * 0.1;
  for (let value = 255; value >= 0; value--) {
    left -= counts[value] ?? 0;
    if (left < 0) return value;
  }
  return 255;
}
