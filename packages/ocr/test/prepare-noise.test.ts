import { describe, expect, test } from "vitest";
import type { RecognisedParagraph } from "../src/pipeline/engine/engine.ts";
import { withoutNoise } from "../src/pipeline/prepare/without-noise.ts";

type Spec = [text: string, confidence: number, x: number];

/** A line 40 px high; letters are 20 px wide. */
function line(...words: Spec[]): RecognisedParagraph {
  const made = words.map(([text, confidence, x]) => ({
    text,
    confidence,
    bbox: [x, 100, x + text.length * 20, 140] as [number, number, number, number],
  }));
  const box: [number, number, number, number] = [made[0]?.bbox[0] ?? 0, 100, made.at(-1)?.bbox[2] ?? 0, 140];
  return { lines: [{ bbox: box, baseline: [box[0], 132, box[2], 132], words: made }] };
}

const textOf = (paragraphs: readonly RecognisedParagraph[]) =>
  paragraphs.map(({ lines }) => lines.map(({ words }) => words.map((word) => word.text).join(" ")).join("\n"));

describe("noise", () => {
  test("what was read badly beyond a wide gap goes, at both ends, and the line ends where its words end", () => {
    const read = line(["Co", 10, 0], ["Plain", 95, 300], ["words", 94, 415], ["Ela", 16, 900], ["fn", 30, 970]);
    const kept = withoutNoise([read]);
    expect(textOf(kept)).toEqual(["Plain words"]);
    expect(kept[0]?.lines[0]?.bbox).toEqual([300, 100, 515, 140]);
  });

  test("a line and a paragraph of nothing else are gone", () => {
    expect(withoutNoise([line(["pe", 15, 0], ["ee", 9, 60]), line(["kept", 90, 0])])).toHaveLength(1);
  });

  test("a word read badly within a sentence stays", () => {
    const read = line(["going", 96, 0], ["fast.", 0, 115], ["For", 40, 230]);
    expect(withoutNoise([read])).toEqual([read]);
  });

  test("figures, and words that are sure among others, stay", () => {
    expect(textOf(withoutNoise([line(["15.00", 12, 0])]))).toEqual(["15.00"]);
    expect(textOf(withoutNoise([line(["NOTE", 96, 0], ["LURFIUEN", 0, 95], ["ALITY", 0, 270])]))).toEqual([
      "NOTE LURFIUEN ALITY",
    ]);
  });

  test("a sign is a bullet close before its text, and a speck far from it", () => {
    expect(textOf(withoutNoise([line(["+", 20, 0], ["First", 95, 80])]))).toEqual(["+ First"]);
    expect(textOf(withoutNoise([line([".", 41, 0], ["First", 95, 280])]))).toEqual(["First"]);
  });
});
