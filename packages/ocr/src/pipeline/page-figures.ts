// Pictures of a page as blocks of type figure, which hold their place in the reading order. Pictures of print, grounds of text and
// ornaments of the page are none: a figure that is missed costs a reader less than one that is not there. A caption decides doubts.
import type { Block, Box, Page } from "@legible/shared/document";
import { union } from "./page-tree.ts";
import { placedInColumn } from "./place-in-column.ts";

/** A figure's sides and area: stamps, icons and signatures are smaller; inches, and a share of the page. */
const smallestSide = 0.6;
const smallestShare = 0.01;
/** Larger ones are the page's paper, or a scan of all of it. */
const largestShare = 0.7;
/** Pictures wholly in these parts of the page, from either edge, are letterheads. */
const edgeShare = 0.13;
/** Words over more of a picture: they are its text, or it is their background. */
const mostWords = 0.1;
/** More pictures than this make a pattern. */
const mostPictures = 300;
/** Parts of one picture stand so close, px: producers cut pictures into strips. */
const seam = 3;
/** A caption stands so close to its figure, inches. */
const captionGap = 0.5;
/** What only captions of figures begin with. */
const figureCaption = /^(?:fig|abb|chart|exhibit|scheme|圖|图|図|附圖|附图)/iu;

/** The boxes of `pictures`, px, that are figures of the page. `isEmpty`: nothing is to be seen there. */
export function figureBoxes(pictures: readonly Box[], page: Page, isEmpty: (box: Box) => boolean): Box[] {
  if (pictures.length > mostPictures) return [];
  const area = page.width * page.height;
  return merged(pictures).filter((box) => {
    const [width, height] = [box[2] - box[0], box[3] - box[1]];
    const share = (width * height) / area;
    if (Math.min(width, height) < smallestSide * page.dpi || share < smallestShare || share > largestShare)
      return false;
    const atEdge = box[3] <= page.height * edgeShare || box[1] >= page.height * (1 - edgeShare);
    const isPrint = page.blocks.some(({ source, bbox }) => source === "ocr" && holds(box, bbox));
    if ((atEdge || isPrint) && captionOf(box, page.blocks, page.dpi) === undefined) return false;
    return wordArea(page, box) <= mostWords * width * height && !isEmpty(box);
  });
}

/** The page with a block for each of `boxes`: before what was read in it, or beside its caption, or where it stands in its column. */
export function withFigures(page: Page, boxes: readonly Box[]): Page {
  let { blocks } = page;
  for (const box of boxes) {
    const figure: Block = {
      id: `p${page.number}b${blocks.length + 1}`,
      type: "figure",
      bbox: box.map((value) => Math.round(value * 10) / 10) as Box,
      confidence: 100,
      lines: [],
    };
    const caption = captionOf(box, blocks, page.dpi);
    const inside = blocks.findIndex((block) => holds(box, block.bbox) || holds(block.bbox, box));
    if (inside >= 0) blocks = blocks.toSpliced(inside, 0, figure);
    else if (caption === undefined) blocks = placedInColumn(blocks, [figure], box);
    else blocks = blocks.toSpliced(blocks.indexOf(caption) + (isBelow(caption, box) ? 0 : 1), 0, figure);
  }
  return boxes.length === 0 ? page : { ...page, blocks };
}

/** The caption directly below or above; below counts first. */
function captionOf(box: Box, blocks: readonly Block[], dpi: number): Block | undefined {
  const near = blocks.filter(({ type, bbox, lines }) => {
    const gap = Math.max(bbox[1] - box[3], box[1] - bbox[3]);
    const sharesWidth = bbox[0] < box[2] && bbox[2] > box[0];
    const first = lines[0]?.words[0]?.text ?? "";
    return type === "caption" && sharesWidth && Math.abs(gap) <= captionGap * dpi && figureCaption.test(first);
  });
  return near.find((block) => isBelow(block, box)) ?? near[0];
}

function isBelow({ bbox }: Block, box: Box): boolean {
  return bbox[1] + bbox[3] > box[1] + box[3];
}

/** True when the middle of `inner` lies in `outer`, and all of its width. */
function holds(outer: Box, inner: Box): boolean {
  const middle = (inner[1] + inner[3]) / 2;
  return outer[0] <= inner[0] && outer[2] >= inner[2] && outer[1] <= middle && outer[3] >= middle;
}

/** Boxes that touch each other become one. */
function merged(boxes: readonly Box[]): Box[] {
  let result = [...boxes];
  for (let index = 0; index < result.length; index++) {
    const box = result[index];
    if (box === undefined) break;
    const near = result.filter((other) => other === box || touches(box, other));
    if (near.length === 1) continue;
    result = [...result.filter((other) => !near.includes(other)), union(near)];
    index = -1;
  }
  return result;
}

function touches(a: Box, b: Box): boolean {
  return a[0] <= b[2] + seam && b[0] <= a[2] + seam && a[1] <= b[3] + seam && b[1] <= a[3] + seam;
}

/** Area of the words whose middle is in `box`, px². */
function wordArea(page: Page, [x0, y0, x1, y1]: Box): number {
  const words = page.blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
  return words.reduce((sum, { bbox: [left, top, right, bottom] }) => {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return x >= x0 && x <= x1 && y >= y0 && y <= y1 ? sum + (right - left) * (bottom - top) : sum;
  }, 0);
}
