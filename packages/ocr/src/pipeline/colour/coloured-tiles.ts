// Finds print that only its colour tells from the paper: yellow on white, red on green, white on orange. In grey it is as light as what
// it stands on, so nobody would read it. Looked for on a small picture of the page, tile by tile; areas of colour, as of a marker, and
// photographs are no print.

/** Pixels of red, green, blue, and perhaps a byte without meaning; row by row without gaps, origin top-left. */
export type ColourRaster = { width: number; height: number; channels: 3 | 4; data: Uint8Array };

/** A tile whose paper has this colour, and ink that differs from it by `ink` levels of a channel. */
export type ColouredTile = { paper: [red: number, green: number, blue: number]; ink: number };

export type ColouredTiles = {
  /** Side of a tile as a share of the picture's width. */
  side: number;
  columns: number;
  /** Row by row; undefined where grey shows what there is. */
  tiles: (ColouredTile | undefined)[];
};

/** Resolution of the small picture: strokes of print are one or two pixels wide in it. Where it is not known, its longer side, px. */
export const colourDpi = 100;
export const colourSide = 1_000;
/** Side of a tile, px of the small picture: a few letters. */
const tileSide = 24;
/** Share of a tile that has the colour of its paper: photographs have no such colour. */
const paperShare = 0.4;
/** Levels by which the channels of one colour differ after JPEG. */
const sameColour = 20;
/** Colours are counted in 8 bins a channel. */
const binBits = 3;
const binShift = 8 - binBits;
/** What differs in grey by as much is read as it is, and so is the rest of a tile where such ink is more than this share of what is not. */
const seenInGrey = 95;
const mostlySeen = 0.25;
/** Ink differs by so much in one channel, and by so much more there than in another, and than in grey. */
const inkLevels = 60;
const colourLevels = 48;
const moreThanGrey = 1.3;
/** Strokes of print are at most so wide one way, px of the small picture (2 mm of A4); areas are wider both ways. */
const strokeWidth = 6;
/** Share of a tile that such strokes cover, in one that is sure and in one beside it. */
const sureShare = 0.03;
const neighbourShare = 0.005;
/** Fewer tiles are specks of colour. */
const fewestTiles = 4;
/** Share of the tiles on one dark paper that are sure, where it carries print; in a dark part of a photograph few are. */
const printShare = 0.05;
/** Paper darker than this in grey is no paper to the steps that follow, so that all of it is made light, not only around the print. */
export const lightPaper = 160;

/** `small`: the page at `colourDpi`, or of about `colourSide`. Undefined when grey shows all print there is. */
export function findColouredTiles(small: ColourRaster): ColouredTiles | undefined {
  const columns = Math.ceil(small.width / tileSide);
  const rows = Math.ceil(small.height / tileSide);
  const looked = Array.from({ length: columns * rows }, (_, tile) =>
    look(small, (tile % columns) * tileSide, Math.floor(tile / columns) * tileSide),
  );
  const isSure = (tile: Looked | undefined) => tile !== undefined && tile.strokes >= sureShare;
  const beside = (index: number) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++)
        if (isSure(looked[y * columns + x])) return true;
    return false;
  };
  const sure = looked.filter((tile) => tile !== undefined).filter(isSure);
  if (sure.length < fewestTiles) return undefined;
  const dark: Looked[] = [];
  for (const tile of sure) {
    if (greyOf(tile.paper) >= lightPaper || dark.some(({ paper }) => isSameColour(paper, tile.paper))) continue;
    const alike = looked.filter((other) => other !== undefined && isSameColour(other.paper, tile.paper));
    const printed = alike.filter(isSure).length;
    if (printed >= fewestTiles && printed >= alike.length * printShare) dark.push(tile);
  }
  const isShown = (tile: Looked) =>
    greyOf(tile.paper) >= lightPaper || dark.some(({ paper }) => isSameColour(paper, tile.paper));
  const tiles = looked.map((tile, index) => {
    if (tile === undefined || !isShown(tile)) return undefined;
    return isSure(tile) || (tile.strokes >= neighbourShare && beside(index))
      ? tile
      : dark.find(({ paper }) => isSameColour(paper, tile.paper));
  });
  return tiles.some((tile) => tile !== undefined) ? { side: tileSide / small.width, columns, tiles } : undefined;
}

type Looked = ColouredTile & { strokes: number };

function look(small: ColourRaster, left: number, top: number): Looked | undefined {
  const right = Math.min(small.width, left + tileSide);
  const bottom = Math.min(small.height, top + tileSide);
  const pixels = (right - left) * (bottom - top);
  const area = { left, top, right, bottom };
  const paper = hasColour(small, area) ? paperOf(small, area) : undefined;
  if (paper === undefined) return undefined;
  const differs = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < small.width && y < small.height && difference(small, x, y, paper).most >= inkLevels;
  let strokes = 0;
  let areas = 0;
  let ink = 0;
  let seen = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const { most, least, grey } = difference(small, x, y, paper);
      const isLost =
        most >= inkLevels && most - least >= colourLevels && grey < seenInGrey && most >= grey * moreThanGrey;
      if (grey >= seenInGrey) seen++;
      if (!isLost) continue;
      const isStroke = runAt(x, y, 1, 0, differs) <= strokeWidth || runAt(x, y, 0, 1, differs) <= strokeWidth;
      if (!isStroke) areas++;
      else strokes++;
      if (isStroke) ink = Math.max(ink, most);
    }
  }
  return { paper, ink, strokes: areas * 2 > strokes || seen > strokes * mostlySeen ? 0 : strokes / pixels };
}

/** Length of the run of pixels that differ through (x, y), one more than a stroke's at most. */
function runAt(x: number, y: number, dx: number, dy: number, differs: (x: number, y: number) => boolean): number {
  let length = 1;
  for (const way of [1, -1]) {
    for (let step = 1; length <= strokeWidth && differs(x + way * step * dx, y + way * step * dy); step++) length++;
  }
  return length;
}

type Area = { left: number; top: number; right: number; bottom: number };

/** False where all is grey, which is most of most pages. */
function hasColour({ width, channels, data }: ColourRaster, { left, top, right, bottom }: Area): boolean {
  for (let y = top; y < bottom; y++) {
    for (let at = (y * width + left) * channels, end = (y * width + right) * channels; at < end; at += channels) {
      const [first, second, third] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      if (Math.max(first, second, third) - Math.min(first, second, third) >= colourLevels) return true;
    }
  }
  return false;
}

/** The commonest colour of the area, when enough of it has about that colour. */
function paperOf(small: ColourRaster, { left, top, right, bottom }: Area): ColouredTile["paper"] | undefined {
  const counts = new Uint16Array(1 << (3 * binBits));
  let commonest = 0;
  const binOf = ([red, green, blue]: readonly [number, number, number]) =>
    ((red >> binShift) << (2 * binBits)) | ((green >> binShift) << binBits) | (blue >> binShift);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const bin = binOf(colourAt(small, x, y));
      counts[bin] = (counts[bin] ?? 0) + 1;
      if ((counts[bin] ?? 0) > (counts[commonest] ?? 0)) commonest = bin;
    }
  }
  const mask = (1 << binBits) - 1;
  const middle = (bits: number) => ((bits & mask) << binShift) + (1 << (binShift - 1));
  const near = [middle(commonest >> (2 * binBits)), middle(commonest >> binBits), middle(commonest)] as const;
  const sums = [0, 0, 0, 0] as [number, number, number, number];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const colour = colourAt(small, x, y);
      if (!isSameColour(colour, near)) continue;
      for (const channel of [0, 1, 2] as const) sums[channel] += colour[channel];
      sums[3]++;
    }
  }
  const [red, green, blue, pixels] = sums;
  if (pixels < (right - left) * (bottom - top) * paperShare) return undefined;
  return [red / pixels, green / pixels, blue / pixels];
}

function isSameColour(one: readonly [number, number, number], other: readonly [number, number, number]): boolean {
  return one.every((level, channel) => Math.abs(level - (other[channel] ?? 0)) <= sameColour);
}

/** Levels by which a pixel differs from `paper`: in the channel that differs most, in the one that differs least, and in grey. */
function difference(raster: ColourRaster, x: number, y: number, [red, green, blue]: ColouredTile["paper"]) {
  const [r, g, b] = colourAt(raster, x, y);
  const [dr, dg, db] = [Math.abs(r - red), Math.abs(g - green), Math.abs(b - blue)];
  const grey = Math.abs(greyOf([r - red, g - green, b - blue]));
  return { most: Math.max(dr, dg, db), least: Math.min(dr, dg, db), grey };
}

/** ITU-R BT.601, as pdfium's grey. */
export function greyOf([red, green, blue]: readonly [number, number, number]): number {
  return red * 0.3 + green * 0.59 + blue * 0.11;
}

function colourAt({ width, channels, data }: ColourRaster, x: number, y: number): [number, number, number] {
  const at = (y * width + x) * channels;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}
