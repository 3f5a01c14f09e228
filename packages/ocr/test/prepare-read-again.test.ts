import { describe, expect, test } from "vitest";
import type { RecognisedParagraph } from "../src/pipeline/engine/engine.ts";
import { readAgain } from "../src/pipeline/prepare/read-again.ts";
import type { Raster } from "../src/pipeline/raster.ts";

const raster: Raster = { width: 40, height: 20, grey: Uint8Array.from({ length: 800 }, (_, at) => (at % 3) * 120) };

function read(text: string, confidence: number): RecognisedParagraph[] {
  const bbox: [number, number, number, number] = [0, 0, 40, 20];
  return [{ lines: [{ bbox, baseline: bbox, words: [{ text, bbox, confidence }] }] }];
}

describe("a second look", () => {
  test("is not taken at what was read well", async () => {
    const first = read("clearly", 90);
    const second = await readAgain(first, raster, () => Promise.reject(new Error("read again")));
    expect(second).toBe(first);
  });

  test("sees a softer picture of the same size", async () => {
    let seen: Raster | undefined;
    await readAgain(read("rnaybe", 40), raster, async (soft) => {
      seen = soft;
      return [];
    });
    const contrast = ({ grey }: Raster) => Math.max(...grey) - Math.min(...grey);
    expect([seen?.width, seen?.height]).toEqual([40, 20]);
    expect(contrast(seen ?? raster)).toBeLessThan(contrast(raster));
  });

  test("counts when it reads more with more confidence, and not otherwise", async () => {
    const first = read("rnaybe", 60);
    const [better, worse, shorter] = [read("maybe", 80), read("maybe", 50), read("may", 75)];
    expect(await readAgain(first, raster, async () => better)).toBe(better);
    expect(await readAgain(first, raster, async () => worse)).toBe(first);
    expect(await readAgain(first, raster, async () => shorter)).toBe(first);
    expect(await readAgain([], raster, async () => better)).toBe(better);
  });
});
