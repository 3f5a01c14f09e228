// Uneven light taken off a page: shadows, photos, edges of a book. The brightness of the paper is estimated square by square, and
// each pixel divided by it. Pages with even paper, whatever its colour, are left alone: the engine finds their threshold itself.
import type { Raster } from "../raster.ts";

/** Squares along the longer side: a square (3 mm on A4) holds more paper than letters, and shadows change little within it. */
const squares = 100;
/** Fewest pixels along the side of a square. */
const smallestSquare = 8;
/** Every how many-th pixel of a square, and of its rows, is looked at. */
const sampling = 3;
/** Brightness that a tenth of a square exceeds is taken for its paper: letters, even bold ones, leave that much. */
const paperShare = 0.9;
/** Darker than this share of the page's lightest paper is no paper in shadow but print, a picture or the table below. */
const darkestPaper = 0.4;
/** Grey levels within which paper counts as even: scanners and JPEG stay within. */
const evenLevels = 20;
/** Even when this share of the paper lies within those levels: tinted boxes and pictures take less than the rest. */
const evenShare = 0.6;
/** Grey of the paper afterwards. */
const white = 250;

/** The same raster when its paper is even; else a copy with even paper. Of photographed sheets always a copy: light is never even. */
export function evenPaper(raster: Raster, isPhoto = false): Raster {
  const map = paperMap(raster);
  return !isPhoto && isEven(map) ? raster : divided(raster, closed(filled(map)));
}

/** Brightness of the paper, one value a square; 0 where no paper shows. */
type PaperMap = { columns: number; rows: number; side: number; levels: Float32Array };

function paperMap({ width, height, grey }: Raster): PaperMap {
  const side = Math.max(smallestSquare, Math.ceil(Math.max(width, height) / squares));
  const columns = Math.ceil(width / side);
  const rows = Math.ceil(height / side);
  const levels = new Float32Array(columns * rows);
  const counts = new Uint16Array(256);
  for (let square = 0; square < levels.length; square++) {
    const left = (square % columns) * side;
    const top = Math.floor(square / columns) * side;
    counts.fill(0);
    let total = 0;
    for (let row = top; row < Math.min(height, top + side); row += sampling) {
      for (let at = row * width + left, end = row * width + Math.min(width, left + side); at < end; at += sampling) {
        const value = grey[at] ?? 255;
        counts[value] = (counts[value] ?? 0) + 1;
        total++;
      }
    }
    let level = 255;
    for (let above = counts[255] ?? 0; level > 0 && above < total * (1 - paperShare); above += counts[level] ?? 0)
      level--;
    levels[square] = level;
  }
  const least = highLevel(levels) * darkestPaper;
  for (let square = 0; square < levels.length; square++) if ((levels[square] ?? 0) < least) levels[square] = 0;
  return { columns, rows, side, levels };
}

/** Brightness that a twentieth of the squares exceeds. */
function highLevel(levels: Float32Array): number {
  return levels.slice().sort()[Math.floor(levels.length * 0.95)] ?? 255;
}

/** Whether most of the paper has about the same brightness. */
function isEven({ levels }: PaperMap): boolean {
  const paper = levels.filter((level) => level > 0).sort();
  let most = 0;
  for (let from = 0, to = 0; from < paper.length; from++) {
    while (to < paper.length && (paper[to] ?? 0) - (paper[from] ?? 0) <= evenLevels) to++;
    most = Math.max(most, to - from);
  }
  return most >= paper.length * evenShare;
}

/** Squares without paper take the mean of the nearest squares that have some, ring after ring. */
function filled(map: PaperMap): PaperMap {
  const { columns, rows } = map;
  let levels = map.levels;
  for (let holes = true, round = 0; holes && round < columns + rows; round++) {
    holes = false;
    const next = levels.slice();
    for (let square = 0; square < levels.length; square++) {
      if ((levels[square] ?? 0) > 0) continue;
      let sum = 0;
      let count = 0;
      eachNeighbour(square, columns, rows, (neighbour) => {
        const level = levels[neighbour] ?? 0;
        if (level > 0) count++;
        sum += level;
      });
      if (count > 0) next[square] = sum / count;
      else holes = true;
    }
    levels = next;
  }
  return { ...map, levels };
}

/** Dark spots smaller than three squares are print, not shadow: closed by the paper around them. */
function closed(map: PaperMap): PaperMap {
  const spread = (levels: Float32Array, choose: (a: number, b: number) => number) => {
    const next = levels.slice();
    for (let square = 0; square < levels.length; square++) {
      eachNeighbour(square, map.columns, map.rows, (neighbour) => {
        next[square] = choose(next[square] ?? 0, levels[neighbour] ?? 0);
      });
    }
    return next;
  };
  return { ...map, levels: spread(spread(map.levels, Math.max), Math.min) };
}

function eachNeighbour(square: number, columns: number, rows: number, visit: (neighbour: number) => void): void {
  const column = square % columns;
  const row = (square - column) / columns;
  for (let down = Math.max(0, row - 1); down <= Math.min(rows - 1, row + 1); down++) {
    for (let right = Math.max(0, column - 1); right <= Math.min(columns - 1, column + 1); right++) {
      const neighbour = down * columns + right;
      if (neighbour !== square) visit(neighbour);
    }
  }
}

/** Each pixel in relation to the paper around it, interpolated between the middles of squares. */
function divided({ width, height, grey }: Raster, { columns, rows, side, levels }: PaperMap): Raster {
  const out = new Uint8Array(grey.length);
  const line = new Float32Array(columns);
  for (let row = 0; row < height; row++) {
    const between = Math.min(rows - 1, Math.max(0, (row + 0.5) / side - 0.5));
    const upper = Math.floor(between) * columns;
    const lower = Math.min(rows - 1, Math.floor(between) + 1) * columns;
    const share = between - Math.floor(between);
    for (let column = 0; column < columns; column++) {
      line[column] = (levels[upper + column] ?? 0) * (1 - share) + (levels[lower + column] ?? 0) * share;
    }
    fillRow(out, grey, row * width, width, side, line);
  }
  return { width, height, grey: out };
}

function fillRow(
  out: Uint8Array,
  grey: Uint8Array,
  from: number,
  width: number,
  side: number,
  line: Float32Array,
): void {
  const last = line.length - 1;
  for (let x = 0; x < width; x++) {
    const between = Math.min(last, Math.max(0, (x + 0.5) / side - 0.5));
    const left = between | 0;
    const share = between - left;
    const paper = (line[left] ?? white) * (1 - share) + (line[Math.min(last, left + 1)] ?? white) * share;
    out[from + x] = Math.min(255, ((grey[from + x] ?? 255) * white) / Math.max(1, paper));
  }
}
