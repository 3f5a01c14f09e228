// Columns of a table without rules between them, and the words of a row put into them.
import type { Box } from "@legible/shared/document";
import { type LayoutLine, lineText, partOfLine } from "./layout-line.ts";
import { isRuleMark, type Piece, type Row } from "./table-rows.ts";

/** A column of a table, px. */
export type Column = { x0: number; x1: number };
/** A line of a table: its pieces by the column they stand in. */
export type TableRow = { row: Row; cells: Map<number, Piece[]> };

/** Share of the rows that may reach into the white between two columns: one long cell does not make two columns one. */
const mostAcross = 0.06;
/** Narrowest white between columns, in sizes. */
const narrowestGap = 0.4;
/** Numbers with their signs and units, and the marks that stand for a missing one. */
const figure = /^(?=.*[\p{N}†‡*–—-])[\p{N}\p{P}\p{S}]+$/u;

/** The stretches that pieces of rows with several of them cover. */
export function columnsOf(body: readonly Row[], size: number): Column[] {
  const several = body.filter((row) => row.pieces.length > 1);
  const edges = several.flatMap((row) =>
    row.pieces
      .filter((piece) => !isRuleMark(lineText(piece)))
      .flatMap(apartIfFigures)
      .flatMap(({ bbox }) => [
        { x: bbox[0], step: 1 },
        { x: bbox[2], step: -1 },
      ]),
  );
  const most = Math.floor(several.length * mostAcross);
  const columns: Column[] = [];
  let over = 0;
  for (const { x, step } of edges.sort((a, b) => a.x - b.x || b.step - a.step)) {
    const before = over;
    over += step;
    if (before <= most && over > most) {
      const last = columns.at(-1);
      if (last !== undefined && x - last.x1 < narrowestGap * size) last.x1 = x;
      else columns.push({ x0: x, x1: x });
    } else if (before > most && over <= most) {
      const last = columns.at(-1);
      if (last !== undefined) last.x1 = x;
    }
  }
  return columns;
}

/** Figures may stand closer than cells do: it is for the other rows to say whether there is white between them. */
function apartIfFigures(piece: Piece): readonly { bbox: Box }[] {
  return piece.words.every(({ text }) => figure.test(text)) ? piece.words : [piece];
}

/** The column that `x` is in or nearest to. */
export function columnAt(columns: readonly Column[], x: number): number {
  const next = columns.findIndex(({ x0 }, index) => index > 0 && x < (x0 + (columns[index - 1]?.x1 ?? x0)) / 2);
  return next < 0 ? columns.length - 1 : next - 1;
}

/** The words of a row in the columns that they stand in; a row of one piece stands where it begins, however far it runs. */
export function placeWords(row: Row, columns: readonly Column[]): TableRow {
  const cells = new Map<number, Piece[]>();
  for (const piece of row.pieces) {
    if (piece.words.every((word) => isRuleMark(word.text))) continue;
    const parts: ReadonlyMap<number, Piece> =
      row.pieces.length === 1
        ? new Map([[columnAt(columns, piece.bbox[0]), piece]])
        : cutAtColumns(piece, columns, (word) => columnAt(columns, (word.bbox[0] + word.bbox[2]) / 2));
    for (const [column, part] of parts) cells.set(column, [...(cells.get(column) ?? []), part]);
  }
  return { row, cells };
}

type Word = LayoutLine["words"][number];

/** `piece` cut into one piece a column, as `columnOf` tells for each word. */
export function cutAtColumns(
  piece: Piece,
  columns: readonly Column[],
  columnOf: (word: Word) => number,
): Map<number, Piece> {
  const words = columns.map((_, column) => piece.words.filter((word) => columnOf(word) === column));
  return new Map(
    words.flatMap((own, column) =>
      own.length === 0 ? [] : [[column, { ...partOfLine(piece, own), source: piece.source }] as const],
    ),
  );
}
