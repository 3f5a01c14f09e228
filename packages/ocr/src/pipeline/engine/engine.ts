// The port of recognition engines, and the neutral words they yield.
import type { Box } from "@legible/shared/document";
import type { RaisedMark } from "../layout/raised-marks.ts";
import type { Raster } from "../raster.ts";

/** `mark`: the mark of a note beside the word; only a PDF's own text has it. */
export type RecognisedWord = { text: string; bbox: Box; confidence: number; mark?: RaisedMark };
export type RecognisedLine = {
  bbox: Box;
  baseline: Box;
  words: RecognisedWord[];
  /** Set where the words stand under each other; the baseline then runs down the line's left side. */
  down?: true;
};
/** Lines that belong together, in reading order. Boxes in pixels of the raster, origin top-left. */
export type RecognisedParagraph = { lines: RecognisedLine[] };

export type RecogniseOptions = {
  /** Tesseract's names, the most important first. */
  languages: readonly string[];
  /** Pixels per inch of the raster when known; the engine guesses otherwise. */
  dpi: number | undefined;
  /** Which way the lines run; across when left out. */
  lines?: "across" | "down";
  /** "page": the engine looks for columns and pictures itself. "block", and left out: every line goes from edge to edge of the raster. */
  segmentation?: "page" | "block";
};

export type Engine = {
  /**
   * @throws FailureError LANGUAGE_MISSING, OUT_OF_MEMORY, ENGINE_CRASHED or PAGE_TIMEOUT; the signal's reason. Afterwards the engine
   * can be used again.
   */
  recognise(raster: Raster, options: RecogniseOptions, signal: AbortSignal): Promise<RecognisedParagraph[]>;
  /** Languages that can be recognised, the models for lines that run down ("jpn_vert") among them. */
  installed(): Promise<string[]>;
  /** Ends the engine's thread; a recognition under way is rejected. */
  close(): Promise<void>;
};
