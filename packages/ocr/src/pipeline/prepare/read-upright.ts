// Reads a page the right way up and with level lines. The engine judges which way is up: what is upside down or sideways it reads with
// little confidence. Geometry only says which ways are worth a try, so that an upright page is never turned and costs nothing more.
import type { Rotation } from "@legible/shared/document";
import type { RecognisedParagraph } from "../engine/engine.ts";
import { wordsOf } from "../engine/words-of.ts";
import { lineLength } from "../layout/layout-line.ts";
import { meanConfidence } from "../page-tree.ts";
import type { Raster } from "../raster.ts";
import { findLay, type Lay, type Slant } from "./lay.ts";
import { sampleSquare } from "./sample-square.ts";
import { quarterTurned, type Straightened, turnedBy } from "./turn-raster.ts";

/** Recognition of one raster. Boxes in its pixels. */
export type Recognise = (raster: Raster, segmentation?: "block") => Promise<RecognisedParagraph[]>;

export type Reading = {
  /** Boxes in pixels of `level.raster`. */
  paragraphs: RecognisedParagraph[];
  /** The raster as it was read: turned by `rotation`, then made level. The way back leads to the turned one. */
  level: Straightened;
  rotation: Rotation;
  /** Mean confidence of what was read this way, 0–100; null when it was not asked for, or nothing was read. */
  rotationConfidence: number | null;
  /** Degrees clockwise by which the page was turned so that its lines are level. */
  deskewDegrees: number;
};

/** Lines that run up or down the page make boxes so many times as high as wide. */
const sidewaysShape = 2;
/** Lines run one way when their peaks are so many times as sharp as those across them. Print: 4 and more. */
const clearDirection = 2;
/** Print has a footing of 1.03 to 1.6 upright, and of 0.7 to 0.9 upside down. */
const upsideDown = 0.95;
/** Pages read with less confidence may stand the wrong way. Print of any quality that does reads below 50, upright print above. */
const doubtful = 60;
/** Another way is right when it reads so many times as much, and at least so many letters of words that are good. */
const clearlyBetter = 2;
const enoughLetters = 12;
const goodWord = 70;
/** The engine follows lines that rise less than this by itself, degrees. */
const levelEnough = 0.3;
/** A slant counts when its peaks stand out so far from those of other angles: evenly spread points come to 1–2, print to 5–50. */
const clearSlant = 4;

export async function readUpright(
  raster: Raster,
  wish: { rotate: boolean; deskew: boolean },
  recognise: Recognise,
): Promise<Reading> {
  if (!wish.rotate && !wish.deskew) return { ...(await readAs(raster, 0, 0, recognise)), rotationConfidence: null };
  const lay = findLay(raster);
  const slantAt = (turn: Rotation) => (wish.deskew ? slantOf(lay, turn) : 0);
  if (!wish.rotate) return { ...(await readAs(raster, 0, slantAt(0), recognise)), rotationConfidence: null };
  const likely = likelyTurns(lay);
  const before = likely.length === 0 ? 0 : await bestTurn(raster, lay, likely, recognise);
  const reading = await readAs(raster, before, slantAt(before), recognise);
  const sideways = runsSideways(reading.paragraphs);
  if (before !== 0 || (!sideways && (reading.rotationConfidence ?? 0) >= doubtful)) return reading;
  // Lines that clearly run across do so upside down as well.
  const left: Rotation[] = directionOf(lay) === "across" && !sideways ? [180] : [180, 90, 270];
  const untried = left.filter((turn) => !likely.includes(turn));
  const turn = untried.length === 0 ? 0 : await bestTurn(raster, lay, untried, recognise);
  if (turn === 0) return reading;
  const again = await readAs(raster, turn, slantAt(turn), recognise);
  return sideways || (again.rotationConfidence ?? 0) > (reading.rotationConfidence ?? 0) ? again : reading;
}

/** True when most was read as lines up or down the page: an engine that looks for columns reads such pages well without turning. */
function runsSideways(paragraphs: readonly RecognisedParagraph[]): boolean {
  const lines = paragraphs.flatMap((paragraph) => paragraph.lines);
  const letters = (some: typeof lines) => some.reduce((sum, line) => sum + lineLength(line), 0);
  const isHigh = ({ bbox: [x0, y0, x1, y1] }: (typeof lines)[number]) => y1 - y0 > (x1 - x0) * sidewaysShape;
  return letters(lines.filter((line) => line.down !== true && isHigh(line))) * 2 > letters(lines);
}

async function readAs(raster: Raster, rotation: Rotation, slant: number, recognise: Recognise): Promise<Reading> {
  const level = straight(quarterTurned(raster, rotation), slant);
  const paragraphs = await recognise(level.raster);
  const rotationConfidence = meanConfidence(wordsOf(paragraphs));
  return { paragraphs, level, rotation, rotationConfidence, deskewDegrees: slant === 0 ? 0 : -slant };
}

function straight(raster: Raster, slant: number): Straightened {
  return slant === 0 ? { raster, back: (x, y) => [x, y] } : turnedBy(raster, -slant);
}

/** The way to turn the page so that it reads clearly better than as it is; 0 when there is none. */
async function bestTurn(raster: Raster, lay: Lay, turns: Rotation[], recognise: Recognise): Promise<Rotation> {
  const sample = sampleSquare(raster, lay.edges);
  const read = async (turn: Rotation) =>
    strength(await recognise(straight(quarterTurned(sample, turn), slantOf(lay, turn)).raster, "block"));
  const asItIs = await read(0);
  let best = { turn: 0 as Rotation, read: asItIs.read * clearlyBetter };
  for (const turn of turns) {
    const other = await read(turn);
    if (other.letters >= enoughLetters && other.read > best.read) best = { turn, read: other.read };
  }
  return best.turn;
}

/** How much was read: letters weighted by the square of their confidence; and letters of good words. */
export function strength(paragraphs: readonly RecognisedParagraph[]): { read: number; letters: number } {
  let read = 0;
  let letters = 0;
  for (const { text, confidence } of wordsOf(paragraphs)) {
    const length = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    read += length * (confidence / 100) ** 2;
    if (confidence >= goodWord) letters += length;
  }
  return { read, letters };
}

/** Turns that the picture alone makes likely. */
function likelyTurns(lay: Lay): Rotation[] {
  const direction = directionOf(lay);
  // Lines that run down: sideways, or set from top to bottom.
  if (direction === "down") return [90, 270];
  return direction === "across" && lay.footing < upsideDown ? [180] : [];
}

function directionOf({ across, down }: Lay): "across" | "down" | "unsure" {
  if (across.sharpness > down.sharpness * clearDirection) return "across";
  return down.sharpness > across.sharpness * clearDirection ? "down" : "unsure";
}

/** Degrees by which lines fall to the right once the page is turned; 0 when that is little or not to be seen. */
function slantOf({ across, down }: Lay, turn: Rotation): number {
  const { degrees, prominence }: Slant = turn === 90 || turn === 270 ? down : across;
  return prominence >= clearSlant && Math.abs(degrees) >= levelEnough ? degrees : 0;
}
