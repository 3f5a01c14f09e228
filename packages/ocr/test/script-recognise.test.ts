import type { Box } from "@legible/shared/document";
import { expect, test } from "vitest";
import type { Engine, RecognisedParagraph, RecogniseOptions } from "../src/pipeline/engine/engine.ts";
import type { Raster } from "../src/pipeline/raster.ts";
import { recogniseScripts } from "../src/pipeline/script/recognise-scripts.ts";
import { never } from "./make-pool.ts";

const page: Raster = { width: 800, height: 200, grey: new Uint8Array(800 * 200).fill(255) };

type Piece = [text: string, bbox: Box, confidence: number];

function paragraph(...pieces: Piece[]): RecognisedParagraph {
  const words = pieces.map(([text, bbox, confidence]) => ({ text, bbox, confidence }));
  return { lines: [{ bbox: [0, 50, 700, 90], baseline: [0, 88, 700, 88], words }] };
}

/** An engine that answers by the languages asked for, and remembers them. */
function stub(answers: Record<string, RecognisedParagraph[]>) {
  const asked: { languages: string; raster: Raster }[] = [];
  const engine: Engine = {
    async recognise(raster: Raster, { languages }: RecogniseOptions) {
      asked.push({ languages: languages.join("+"), raster });
      return answers[languages.join("+")] ?? [];
    },
    installed: async () => ["chi_tra", "chi_tra_vert", "eng"],
    close: async () => undefined,
  };
  return { engine, asked };
}

async function wordsOf(engine: Engine, ...languages: string[]) {
  const paragraphs = await recogniseScripts(engine, page, { languages, dpi: 300 }, never);
  return paragraphs.flatMap(({ lines }) => lines.flatMap(({ words }) => words));
}

test("languages of one script are read at once", async () => {
  const { engine, asked } = stub({ "deu+eng": [paragraph(["Straße", [10, 50, 100, 90], 90])] });
  expect((await wordsOf(engine, "deu", "eng")).map(({ text }) => text)).toEqual(["Straße"]);
  expect(asked).toHaveLength(1);
});

test("a Chinese page is read by the Chinese model alone, and costs nothing more when its numbers are certain", async () => {
  const { engine, asked } = stub({
    chi_tra: [paragraph(["共", [10, 50, 50, 90], 95], ["35", [52, 50, 90, 90], 92], ["頁", [92, 50, 130, 90], 95])],
  });
  expect((await wordsOf(engine, "chi_tra", "eng")).map(({ text }) => text)).toEqual(["共", "35", "頁"]);
  expect(asked.map(({ languages }) => languages)).toEqual(["chi_tra"]);
});

test("what stands alone in Latin letters is read again by the other language, and put back where it stands", async () => {
  const { engine, asked } = stub({
    chi_tra: [paragraph(["公司網址", [10, 50, 90, 90], 95], ["wwwlegihle", [300, 52, 500, 88], 80])],
    // The sheet's margin is 20 px; the cut begins 16 px before the word and 6 px above it.
    eng: [paragraph(["www.legible", [36, 26, 236, 62], 96])],
  });
  expect(await wordsOf(engine, "chi_tra", "eng")).toEqual([
    { text: "公司網址", bbox: [10, 50, 90, 90], confidence: 95 },
    { text: "www.legible", bbox: [300, 52, 500, 88], confidence: 96 },
  ]);
  expect(asked[1]?.raster.height).toBeLessThan(100);
});

test("among Chinese characters only a doubtful number is taken over, and only when it is clearly better", async () => {
  const read = (before: number, after: number) => {
    const number: Piece = ["14.99%", [52, 50, 190, 90], before];
    const { engine } = stub({
      chi_sim: [paragraph(["为", [10, 50, 50, 90], 95], number, ["，", [192, 50, 230, 90], 95])],
      eng: [paragraph(["14.9%", [22, 26, 160, 66], after])],
    });
    return wordsOf(engine, "chi_sim", "eng");
  };
  expect((await read(42, 95))[1]?.text).toBe("14.9%");
  expect((await read(42, 60))[1]?.text).toBe("14.99%");
  expect((await read(85, 99))[1]?.text).toBe("14.99%");
});

test("a page of Latin letters is read in all languages, the other ones first", async () => {
  const { engine, asked } = stub({
    chi_tra: [paragraph(["Teading", [10, 50, 200, 90], 70])],
    "eng+chi_tra": [paragraph(["reading", [10, 50, 200, 90], 96])],
  });
  expect((await wordsOf(engine, "chi_tra", "eng")).map(({ text }) => text)).toEqual(["reading"]);
  expect(asked).toHaveLength(2);
});

test("an English page costs one reading when English is named first, a Chinese one is noticed", async () => {
  const english = stub({ "eng+chi_tra": [paragraph(["reading", [10, 50, 200, 90], 96])] });
  expect((await wordsOf(english.engine, "eng", "chi_tra")).map(({ text }) => text)).toEqual(["reading"]);
  expect(english.asked).toHaveLength(1);
  const chinese = stub({
    "eng+chi_tra": [paragraph(["空RESET", [10, 50, 200, 90], 60])],
    chi_tra: [paragraph(["空即是色", [10, 50, 200, 90], 90])],
  });
  expect((await wordsOf(chinese.engine, "eng", "chi_tra")).map(({ text }) => text)).toEqual(["空即是色"]);
});
