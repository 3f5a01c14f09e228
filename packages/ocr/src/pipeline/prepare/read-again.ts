// A second look at pages that were read badly: ragged and broken letters of poor printers, copies and screens of dots become whole when
// the picture is softened. The better reading is kept. Pages that read well cost nothing.
import sharp from "sharp";
import type { RecognisedParagraph } from "../engine/engine.ts";
import { wordsOf } from "../engine/words-of.ts";
import { meanConfidence } from "../page-tree.ts";
import type { Raster } from "../raster.ts";
import { type Recognise, strength } from "./read-upright.ts";

/** Pages that read with less mean confidence are worth the time: clean print of any kind reads above 88. */
const doubtful = 82;
/** Radius of the softening, px: closes the holes of ragged print, and leaves letters of 12 px apart. */
const blurSigma = 1;

/** The paragraphs of `raster` as they were read, or as the softened raster reads when that yields more sure letters. */
export async function readAgain(
  first: RecognisedParagraph[],
  raster: Raster,
  recognise: Recognise,
): Promise<RecognisedParagraph[]> {
  const confidence = meanConfidence(wordsOf(first));
  if (confidence !== null && confidence >= doubtful) return first;
  const second = await recognise(await softened(raster));
  return strength(second).read > strength(first).read ? second : first;
}

async function softened({ width, height, grey }: Raster): Promise<Raster> {
  const { data, info } = await sharp(grey, { raw: { width, height, channels: 1 }, limitInputPixels: false })
    .blur(blurSigma)
    .greyscale()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, grey: data };
}
