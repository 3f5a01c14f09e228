// Connected shapes of a small picture of ones and zeros.

/** `box`: left, top, and what lies beyond the right and the bottom, px. */
export type Shape = { label: number; size: number; box: [number, number, number, number] };

/** Shapes of ones that touch by their sides; `labels` names the shape of each pixel, 0 for none. */
export function connectedShapes(
  ones: Uint8Array,
  width: number,
  height: number,
): { labels: Int32Array; shapes: Shape[] } {
  const labels = new Int32Array(ones.length);
  const shapes: Shape[] = [];
  for (let start = 0; start < ones.length; start++) {
    if (ones[start] !== 1 || labels[start] !== 0) continue;
    const label = shapes.length + 1;
    const shape: Shape = { label, size: 0, box: [width, height, 0, 0] };
    const queue = [start];
    labels[start] = label;
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      shape.size++;
      const column = at % width;
      const row = (at - column) / width;
      const [left, top, right, bottom] = shape.box;
      shape.box = [Math.min(left, column), Math.min(top, row), Math.max(right, column + 1), Math.max(bottom, row + 1)];
      eachBeside(at, width, height, (beside) => {
        if (ones[beside] !== 1 || labels[beside] !== 0) return;
        labels[beside] = label;
        queue.push(beside);
      });
    }
    shapes.push(shape);
  }
  return { labels, shapes };
}

/** The pixels to the left and right, above and below. */
export function eachBeside(at: number, width: number, height: number, visit: (beside: number) => void): void {
  const column = at % width;
  if (column > 0) visit(at - 1);
  if (column < width - 1) visit(at + 1);
  if (at >= width) visit(at - width);
  if (at < width * (height - 1)) visit(at + width);
}
