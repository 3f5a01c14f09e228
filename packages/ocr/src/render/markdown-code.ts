// A listing as a fenced code block: line by line, with the white space that the page shows before and between words.
import type { Block } from "@legible/shared/document";
import { type WordLine, wordLines } from "@legible/shared/tree-words";

/** A word is narrower than its places by what is white beside its first and last letter, in places: an eighth on either side. */
const whiteBeside = 0.25;
/** Words that short are mostly white. */
const shortWord = 3;
/** Lines of a listing stand at equal distances; further apart than this many, lines are empty between them. */
const oneStep = 1.5;

/** `block`, whose letters all have one width, between fences that nothing in it closes. */
export function markdownCode(block: Block): string {
  const lines = wordLines(block);
  const place = placeWidth(lines);
  const left = Math.min(...lines.map((line) => line.bbox[0]));
  const steps = lines.slice(1).map((line, index) => line.baseline[1] - (lines[index]?.baseline[1] ?? 0));
  const step = Math.min(...steps.filter((one) => one > 0));
  const rows = lines.flatMap((line, index) => {
    const row = codeLine(line, left, place);
    return (steps[index - 1] ?? 0) > step * oneStep ? ["", row] : [row];
  });
  const longest = Math.max(2, ...[...rows.join("\n").matchAll(/`+/gu)].map(([marks]) => marks.length));
  const fence = "`".repeat(longest + 1);
  return [fence, ...rows, fence].join("\n");
}

function codeLine({ words }: WordLine, left: number, place: number): string {
  let text = "";
  let end = left;
  for (const { text: word, bbox } of words) {
    const places = (bbox[0] - end) / place;
    const spaces = text === "" ? Math.round(places) : Math.max(1, Math.round(places - whiteBeside));
    text += " ".repeat(spaces) + word;
    end = bbox[2];
  }
  return text;
}

/** Width of one character with its white, px. */
function placeWidth(lines: readonly WordLine[]): number {
  const words = lines.flatMap((line) => line.words);
  const long = words.filter((word) => word.text.length >= shortWord);
  const widths = (long.length > 0 ? long : words).map(
    ({ text, bbox }) => (bbox[2] - bbox[0]) / (text.length - whiteBeside),
  );
  return widths.sort((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 1;
}
