// Where in the reading order something belongs that is known only by its place on the page.
import type { Block, Box } from "@legible/shared/document";

/** `blocks` with `found`, which stand at `box`, after the last one in its column that ends above its middle. */
export function placedInColumn(blocks: readonly Block[], found: readonly Block[], box: Box): Block[] {
  const middle = (box[1] + box[3]) / 2;
  const inColumn = (block: Block) => block.bbox[0] < box[2] && block.bbox[2] > box[0];
  const above = blocks.findLastIndex((block) => inColumn(block) && block.bbox[3] <= middle);
  const below = blocks.findIndex((block) => inColumn(block) && block.bbox[1] >= middle);
  const at = above >= 0 ? above + 1 : below >= 0 ? below : blocks.length;
  return [...blocks.slice(0, at), ...found, ...blocks.slice(at)];
}
