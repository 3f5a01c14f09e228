import { documentSchema } from "@legible/shared/document";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { assembleIn, cleanUp, makeBlock, makePage, run } from "./render-trees.ts";

afterAll(cleanUp);

const png = () =>
  sharp({ create: { width: 90, height: 60, channels: 3, background: "#ffffff" } })
    .png()
    .toBuffer();
const block = makeBlock("p1b2", 60, 200, ["Name Sum", "Total 12"]);
const cell = (row: number, column: number, wordIds: string[]) => ({
  ...{ row, column, rowSpan: 1, columnSpan: 1, text: "", wordIds },
  bbox: block.bbox,
});
// Column by column, as an engine may list them; reading goes row by row.
const cells = [cell(0, 0, ["p1b2w1"]), cell(1, 0, ["p1b2w3"]), cell(0, 1, ["p1b2w2"]), cell(1, 1, ["p1b2w4"])];
const tree = makePage(1, [
  makeBlock("p1b1", 60, 60, ["First line", "second\u0000 line"]),
  { ...block, type: "table", table: { rows: 2, columns: 2, cells } },
]);

describe("result.json", () => {
  test("fits the schema, with keys in its order and the text of all pages", async () => {
    const second = makePage(2, [makeBlock("p2b1", 60, 60, ["漢字 かな", "end"])]);
    const { json } = await assembleIn([
      { bytes: await png(), mimeType: "image/png", pages: [{ tree, index: 0 }] },
      { bytes: await png(), mimeType: "image/png", pages: [{ tree: second, index: 0 }] },
    ]);
    const document = documentSchema.parse(JSON.parse(json));
    expect(JSON.stringify(document)).toBe(JSON.stringify(JSON.parse(json)));
    expect(Object.keys(document)).toEqual([
      "schemaVersion",
      "taskId",
      "createdAt",
      "source",
      "engine",
      "pages",
      "text",
    ]);
    expect(document.text).toBe("First line\nsecond line\n\nName Sum\nTotal 12\f漢字かな\nend");
    expect(document.engine.name).toBe("tesseract.js");
  });

  test("holds the same words in the same order as the Markdown and the PDF", async () => {
    const { json, markdown, pdfPath } = await assembleIn([
      { bytes: await png(), mimeType: "image/png", pages: [{ tree, index: 0 }] },
    ]);
    const words = (JSON.parse(json) as { text: string }).text.split(/\s+/u);
    expect(markdown.split(/[\s|-]+/u).filter((word) => word !== "")).toEqual(words);
    expect((await run("pdftotext", "-raw", pdfPath, "-")).trim().split(/\s+/u)).toEqual(words);
  });

  test("a page that seems to be in another language is told of in a note", async () => {
    const read = async (over: object) => {
      const page = { tree: { ...tree, ...over }, index: 0 };
      return await assembleIn([{ bytes: await png(), mimeType: "image/png", pages: [page] }]);
    };
    const suggesting = await read({ suggestedLanguages: ["chi_tra", "eng"] });
    expect(suggesting.notes).toEqual(["OTHER_LANGUAGE"]);
    expect(JSON.parse(suggesting.json).pages[0].suggestedLanguages).toEqual(["chi_tra", "eng"]);
    expect((await read({})).notes).toEqual([]);
  });
});
