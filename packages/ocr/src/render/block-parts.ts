// Where words stand within a block, for formats that keep the shape of a page: a block is one part, a table one part for each cell.
import type { Block, Box } from "@legible/shared/document";
import { hull, type WordLine, wordLines } from "@legible/shared/tree-words";

/** Lines that belong together. The parts of a page hold all its words, in reading order. */
export type BlockPart = { id: string; bbox: Box; lines: WordLine[] };

/** The parts of `block`; of a figure without words one without lines. */
export function blockParts(block: Block): BlockPart[] {
  const lines = wordLines(block);
  if (block.table === undefined) return [{ id: block.id, bbox: block.bbox, lines }];
  const parts: (BlockPart & { cell: WordLine["cell"] })[] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    if (last !== undefined && last.cell === line.cell) {
      last.lines.push(line);
      last.bbox = hull(last.bbox, line.bbox);
    } else {
      const bbox = line.cell === undefined ? line.bbox : hull(line.cell.bbox, line.bbox);
      parts.push({ id: `${block.id}c${parts.length + 1}`, bbox, lines: [line], cell: line.cell });
    }
  }
  return parts;
}
