import { describe, expect, test } from "vitest";
import { tableFillsPage } from "../src/pipeline/layout/fills-page.ts";
import { joinedRules, type PageRules, type Rule } from "../src/pipeline/layout/page-rules.ts";
import { tablesOn } from "../src/pipeline/layout/page-tables.ts";
import { readingRegions } from "../src/pipeline/layout/reading-order.ts";
import { ruledGrids } from "../src/pipeline/layout/ruled-grid.ts";
import { structure } from "../src/pipeline/layout/structure.ts";
import { withoutRules } from "../src/pipeline/layout/without-rules.ts";
import { gridOf, makeLine, makeLines, prose } from "./layout-lines.ts";

const rule = (at: number, from: number, to: number): Rule => ({ at, from, to });

/** Rules at all of `xs` and `ys`, over the whole grid. */
function fullGrid(xs: readonly number[], ys: readonly number[]): PageRules {
  const [left = 0, right = 0, top = 0, bottom = 0] = [xs[0], xs.at(-1), ys[0], ys.at(-1)];
  return { across: ys.map((y) => rule(y, left, right)), down: xs.map((x) => rule(x, top, bottom)) };
}

const spansOf = (rules: PageRules) =>
  ruledGrids(rules, 10).map(({ cells }) =>
    cells.map(({ row, column, rowSpan, columnSpan }) => [row, column, rowSpan, columnSpan].join(" ")),
  );

describe("rules", () => {
  test("that are pieces of one, a little askew, are joined; others are not", () => {
    const pieces = [rule(100, 0, 300), rule(101, 302, 600), rule(102, 590, 900), rule(140, 0, 900)];
    expect(joinedRules(pieces, 2)).toEqual([rule(101, 0, 900), rule(140, 0, 900)]);
  });

  test("are found in the picture where they were taken out, dark areas are none", () => {
    const [width, height] = [900, 700];
    const grey = new Uint8Array(width * height).fill(250);
    const ink = (x0: number, y0: number, x1: number, y1: number) => {
      for (let y = y0; y < y1; y++) grey.fill(20, y * width + x0, y * width + x1);
    };
    for (let y = 120; y < 640; y += 60) for (let x = 60; x < 840; x += 24) ink(x, y, x + 4, y + 20);
    ink(40, 100, 860, 103);
    ink(450, 100, 452, 660);
    ink(300, 10, 600, 60);
    const { rules } = withoutRules({ width, height, grey });
    expect(rules.across.filter(({ at }) => Math.abs(at - 101.5) < 1)).toHaveLength(1);
    expect(rules.across.filter(({ at }) => at < 70)).toEqual([]);
    expect(rules.down).toEqual([rule(451, 100, 660)]);
  });
});

describe("grids", () => {
  test("of full rules have a cell a face, and those far apart are two", () => {
    const first = fullGrid([0, 200, 400], [0, 60, 120]);
    const second = fullGrid([0, 300], [500, 560, 620]);
    const both = { across: [...first.across, ...second.across], down: [...first.down, ...second.down] };
    expect(spansOf(both)).toEqual([
      ["0 0 1 1", "0 1 1 1", "1 0 1 1", "1 1 1 1"],
      ["0 0 1 1", "1 0 1 1"],
    ]);
  });

  test("have cells over several rows and columns where the rule between is missing", () => {
    const rules = {
      across: [rule(0, 0, 600), rule(60, 200, 600), rule(120, 0, 600)],
      down: [rule(0, 0, 120), rule(200, 0, 120), rule(400, 60, 120), rule(600, 0, 120)],
    };
    expect(spansOf(rules)).toEqual([["0 0 2 1", "0 1 1 2", "1 1 1 1", "1 2 1 1"]]);
  });

  test("are closed where the rules across run beyond the last upright one", () => {
    expect(spansOf({ across: fullGrid([0, 600], [0, 60, 120]).across, down: [rule(300, 0, 120)] })).toEqual([
      ["0 0 1 1", "0 1 1 1", "1 0 1 1", "1 1 1 1"],
    ]);
  });
});

describe("ruled tables", () => {
  const tableOf = (lines: ReturnType<typeof makeLines>, rules: PageRules) =>
    structure(lines, false, { rules }).find((block) => block.type === "table");

  test("keep the lines of a cell together, and empty cells empty", () => {
    const lines = [
      makeLine("Grade", 20, 40),
      makeLine("What it means to us", 320, 40),
      makeLine("First", 20, 140),
      makeLine("whole, without a", 320, 100),
      makeLine("crack or a stain", 320, 152),
      makeLine("Second", 20, 240),
    ];
    const table = tableOf(lines, fullGrid([0, 300, 800], [0, 60, 180, 300]));
    expect(table && gridOf(table)).toEqual([
      ["Grade", "What it means to us"],
      ["First", "whole, without a crack or a stain"],
      ["Second", ""],
    ]);
  });

  test("cut lines that were read across a rule", () => {
    const lines = makeLines(["Paid 14 May", "Sent 16 May"], 20, 40, {}, 60);
    const rules = fullGrid([0, 110, 300], [0, 60, 120]);
    const table = tableOf(lines, rules);
    expect(table && gridOf(table)).toEqual([
      ["Paid", "14 May"],
      ["Sent", "16 May"],
    ]);
    expect(table?.table?.cells[0]).toMatchObject({ rowSpan: 1, columnSpan: 1 });
  });

  test("with rules between columns only have a row for each line that all columns have", () => {
    const lines = [
      ...makeLines(["Lead", "Zinc", "Iron", "Gold"], 20, 140),
      ...makeLines(["11.3", "7.1", "7.9", "19.3"], 320, 140),
      makeLine("Metal", 20, 40),
      makeLine("Weight", 320, 40),
    ];
    const table = tableOf(lines, fullGrid([0, 300, 600], [0, 80, 330]));
    expect(table && gridOf(table)).toEqual([
      ["Metal", "Weight"],
      ["Lead", "11.3"],
      ["Zinc", "7.1"],
      ["Iron", "7.9"],
      ["Gold", "19.3"],
    ]);
  });

  test("are none where frames stand around running text, labels over the lines of a chart, or nothing in most cells", () => {
    const text = Array.from({ length: 5 }, () => prose).flat();
    const framed = [...makeLines(text, 20, 160), makeLine("Notes of the month", 20, 60), makeLine("Page 4", 900, 60)];
    const chart = makeLines(["Turnover of the works", "in thousands, 1966"], 40, 100, {}, 60);
    const lonely = [makeLine("North", 20, 40), makeLine("South", 220, 340)];
    const many = Array.from({ length: 9 }, (_, index) => index * 100);
    for (const [lines, rules] of [
      [framed, fullGrid([0, 800, 1300], [0, 100, 1400])],
      [chart, fullGrid([0, 100, 200, 300, 400, 500], [50, 110, 180])],
      [lonely, fullGrid(many, many)],
    ] as const) {
      expect(tableOf([...lines], rules)).toBeUndefined();
    }
  });

  test("lose no word, whatever is found", () => {
    const lines = [...makeLines(prose, 20, 40), ...makeLines(["One 2 three", "four 5 six"], 20, 400, {}, 60)];
    const blocks = structure(lines, false, { rules: fullGrid([0, 110, 160, 400], [360, 420, 480]) });
    const words = blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
    expect(new Set(words)).toEqual(new Set(lines.flatMap((line) => line.words)));
    expect(words).toHaveLength(lines.flatMap((line) => line.words).length);
  });

  test("with rules above, below and under the head only: names of groups go over their columns, cells over their lines", () => {
    const lines = [
      makeLine("Revenue", 620, 40),
      ...makeLines(["Region              First     Second"], 20, 100),
      ...makeLines(
        ["North coast         1,234     5,678", "with islands", "South               9,012     3,456"],
        20,
        160,
      ),
      ...makeLines(["East                1,111     2,222"], 20, 316),
    ];
    const rules = { across: [0, 110, 340].map((at) => rule(at, 0, 1000)).concat(rule(55, 400, 900)), down: [] };
    const table = tableOf(lines, rules);
    expect(table && gridOf(table)).toEqual([
      ["Region", "Revenue", ""],
      ["", "First", "Second"],
      ["North coast with islands", "1,234", "5,678"],
      ["South", "9,012", "3,456"],
      ["East", "1,111", "2,222"],
    ]);
    const spans = table?.table?.cells.filter(({ rowSpan, columnSpan }) => rowSpan > 1 || columnSpan > 1);
    expect(spans).toMatchObject([
      { row: 0, column: 0, rowSpan: 2 },
      { row: 0, column: 1, columnSpan: 2 },
    ]);
  });

  test("keep columns of figures apart that stand as close as words do", () => {
    const rows = [
      "Master      9,500 22,600 29,000",
      "Doctor     10,400 44,300 54,900",
      "Other           †      † 39,600",
    ];
    const rules = { across: [0, 110, 300].map((at) => rule(at, 0, 700)), down: [] };
    const table = tableOf([makeLine("Degree       Grad   Prof    Both", 20, 100), ...makeLines(rows, 20, 160)], rules);
    expect(table && gridOf(table).slice(1)).toEqual([
      ["Master", "9,500", "22,600", "29,000"],
      ["Doctor", "10,400", "44,300", "54,900"],
      ["Other", "†", "†", "39,600"],
    ]);
  });

  test("a head above the first rule may have nothing over the names of the rows; what stands beside the rules is no part of it", () => {
    const rows = ["Revenue     9,500 22,600", "Profit     10,400 44,300", "Margin        9.1   12.4"];
    const rules = { across: [110, 170, 222, 274].map((at) => rule(at, 1000, 1520)), down: [] };
    const lines = [makeLine("Analyst", 200, 98), makeLine("2021A  2022A", 1260, 98), ...makeLines(rows, 1020, 150)];
    const table = tableOf(lines, rules);
    expect(table && gridOf(table)).toEqual([
      ["", "2021A", "2022A"],
      ["Revenue", "9,500", "22,600"],
      ["Profit", "10,400", "44,300"],
      ["Margin", "9.1", "12.4"],
    ]);
  });

  test("a page of columns between the rules at its head and its foot is not one table", () => {
    const report = Array.from(
      { length: 24 },
      (_, index) => `Long lines of the report number ${index + 10} go on to here.`,
    );
    const facts = Array.from({ length: 24 }, (_, index) => `Fact ${index + 10}   ${index * 7 + 100}`);
    const lines = [...makeLines(facts, 20, 100, {}, 60), ...makeLines(report, 420, 80)];
    const rules = { across: [40, 1560].map((at) => rule(at, 0, 1600)), down: [] };
    const tables = tablesOn(readingRegions(lines, rules), rules);
    const words = tables.flatMap(({ cells }) => cells.flatMap(({ pieces }) => pieces.flatMap((piece) => piece.words)));
    expect(words.map(({ text }) => text)).not.toContain("report");
  });

  test("running text between two rules is no table", () => {
    expect(
      tableOf(makeLines(prose, 20, 60), { across: [0, 260].map((at) => rule(at, 0, 1300)), down: [] }),
    ).toBeUndefined();
  });
});

test("a table fills a picture when rules of one width go over most of it", () => {
  const across = [10, 60, 390].map((at) => rule(at, 5, 490));
  expect(tableFillsPage({ across, down: [] }, 500, 400)).toBe(true);
  expect(tableFillsPage({ across, down: [] }, 500, 1200)).toBe(false);
  expect(tableFillsPage({ across: across.slice(1), down: [] }, 500, 400)).toBe(false);
});
