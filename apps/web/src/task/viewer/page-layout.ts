// Where pages stand in the column of page images, and how a zoom keeps the point under the pointer.

/** Size of a page as displayed, px at its own resolution; `dpi` says how large that is on paper. */
export interface PageSize {
  width: number;
  height: number;
  dpi: number;
}

/** Stands for a page whose size is not known yet: A4. */
export const unknownSize: PageSize = { width: 2480, height: 3508, dpi: 300 };
/** Between two pages and around them, CSS px. */
export const gap = 12;
const cssDpi = 96;
export const zoomLimits = { least: 0.1, most: 6 };
/** One press of a key or notch of a wheel. */
export const zoomStep = 1.2;

export type Turn = 0 | 90 | 180 | 270;
/** A number is a factor: 1 shows paper in its own size. */
export type Zoom = "width" | "page" | number;

/** Size of a page at factor 1, CSS px, turned. */
export function paperSize({ width, height, dpi }: PageSize, turn: Turn): { width: number; height: number } {
  const [wide, high] = [(width / dpi) * cssDpi, (height / dpi) * cssDpi];
  return turn % 180 === 0 ? { width: wide, height: high } : { width: high, height: wide };
}

/** The factor that `zoom` means for pages like `size` in a column of `space`. */
export function zoomFactor(zoom: Zoom, size: PageSize, turn: Turn, space: { width: number; height: number }): number {
  if (typeof zoom === "number") return clampZoom(zoom);
  const paper = paperSize(size, turn);
  const wide = (space.width - 2 * gap) / paper.width;
  const factor = zoom === "width" ? wide : Math.min(wide, (space.height - 2 * gap) / paper.height);
  return clampZoom(factor);
}

export function clampZoom(factor: number): number {
  return Math.min(zoomLimits.most, Math.max(zoomLimits.least, factor));
}

/** Tops and sizes of all pages at `factor`, CSS px, with a gap before the first. */
export function layOutPages(sizes: readonly PageSize[], turn: Turn, factor: number) {
  let top = gap;
  let width = 0;
  const pages = sizes.map((size) => {
    const paper = paperSize(size, turn);
    const page = { top, width: paper.width * factor, height: paper.height * factor };
    top += page.height + gap;
    width = Math.max(width, page.width);
    return page;
  });
  return { pages, height: top, width: width + 2 * gap };
}

export type PageLayout = ReturnType<typeof layOutPages>;

/** Index of the page at `y`, or the nearest; 0 without pages. */
export function pageAt({ pages }: PageLayout, y: number): number {
  let [low, high] = [0, pages.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pages[middle]?.top ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** The scroll position at which the point of `before` that is now at `pointer` in the window is there in `after` as well. */
export function keepPoint(
  before: PageLayout,
  after: PageLayout,
  scroll: { left: number; top: number },
  pointer: { x: number; y: number },
  space: number,
): { left: number; top: number } {
  const index = pageAt(before, scroll.top + pointer.y);
  const [old, now] = [before.pages[index], after.pages[index]];
  if (old === undefined || now === undefined) return scroll;
  const share = (scroll.top + pointer.y - old.top) / old.height;
  const across = (scroll.left + pointer.x - leftOf(old.width, before.width, space)) / old.width;
  return {
    top: now.top + share * now.height - pointer.y,
    left: leftOf(now.width, after.width, space) + across * now.width - pointer.x,
  };
}

/** Pages stand in the middle of the column, which is at least as wide as the window. */
function leftOf(page: number, column: number, space: number): number {
  return (Math.max(column, space) - page) / 2;
}
