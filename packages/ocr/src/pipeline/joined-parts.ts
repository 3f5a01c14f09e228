// Lines that come in parts are put together: pdfium ends a line at a superscript, tags at the end of every block.
import type { RecognisedWord } from "./engine/engine.ts";
import { baselineOf, type LayoutLine } from "./layout/layout-line.ts";
import { joinedMark, type RaisedMark, raisedMark } from "./layout/raised-marks.ts";
import { union } from "./page-tree.ts";

/** White space between two parts of one line, in sizes: less joins words, more is a gap between columns. */
const narrowestSpace = 0.12;
const widestSpace = 1;
/** Sub- and superscripts stand so much lower or higher, in sizes of the larger letters; lines of text are 1 and more apart. */
const shift = 0.55;

/** `lines` with those joined that go on where the one before them ends. */
export function joinedParts(lines: readonly LayoutLine[]): LayoutLine[] {
  const joined: LayoutLine[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (last !== undefined && goesOn(last, line)) joined[joined.length - 1] = joinedLine(last, line);
    else joined.push(line);
  }
  return joined;
}

function goesOn(last: LayoutLine, next: LayoutLine): boolean {
  const size = Math.max(last.size, next.size);
  const gap = next.bbox[0] - last.bbox[2];
  const shared = Math.min(last.bbox[3], next.bbox[3]) - Math.max(last.bbox[1], next.bbox[1]);
  return (
    last.tag?.block === next.tag?.block &&
    gap > -0.3 * size &&
    gap < widestSpace * size &&
    shared > 0 &&
    Math.abs(baselineOf(last) - baselineOf(next)) < shift * size
  );
}

function joinedLine(before: LayoutLine, after: LayoutLine): LayoutLine {
  const main = lengthOf(before) >= lengthOf(after) ? before : after;
  const [left, right] = [withRaised(before, main), withRaised(after, main)];
  const bbox = union([left.bbox, right.bbox]);
  const [end, start] = [left.words.at(-1), right.words[0]];
  const gap = right.bbox[0] - left.bbox[2];
  const words =
    end === undefined || start === undefined || gap > narrowestSpace * main.size
      ? [...left.words, ...right.words]
      : [
          ...left.words.slice(0, -1),
          markedWord(
            { ...end, text: end.text + start.text, bbox: union([end.bbox, start.bbox]) },
            joinedMark(end, start),
          ),
          ...right.words.slice(1),
        ];
  const fixed = left.fixed === true && right.fixed === true;
  return { ...main, fixed, words, bbox, baseline: [bbox[0], main.baseline[1], bbox[2], main.baseline[3]] };
}

/** A part that is smaller and stands higher than the line is a mark of a note. */
function withRaised(part: LayoutLine, main: LayoutLine): LayoutLine {
  const [word, ...more] = part.words;
  if (part === main || word === undefined || more.length > 0) return part;
  const letters = [{ text: word.text, size: part.size, baseline: baselineOf(part) }];
  const mark = raisedMark(letters, main.size, baselineOf(main));
  return mark === undefined ? part : { ...part, words: [{ ...word, mark }] };
}

function markedWord({ mark: _, ...word }: RecognisedWord, mark: RaisedMark | undefined): RecognisedWord {
  return mark === undefined ? word : { ...word, mark };
}

function lengthOf({ words }: LayoutLine): number {
  return words.reduce((sum, word) => sum + word.text.length, 0);
}
