// A PDF of one page with tags, written by hand: pieces of marked content and the tree of elements that names them.
import { rawPdf } from "./make-scan.ts";

/** An element: its type, and pieces of content by number, other elements, or null for an element without content on the page. */
export type Tagged = { type: string; children: (number | Tagged | null)[]; attributes?: string };

export const tag = (type: string, ...children: Tagged["children"]): Tagged => ({ type, children });

/** A cell over several rows or columns. */
export const spanning = (rows: number, columns: number, content: number): Tagged => ({
  ...tag("TD", content),
  attributes: `<< /O /Table /RowSpan ${rows} /ColSpan ${columns} >>`,
});

/** Text at x, y (pt from the bottom left), in the order in which it is drawn; its index is the number of its content. */
export type Piece = { text: string; x?: number; y: number; size?: number; bold?: boolean; untagged?: boolean };

const firstElement = 9;

export function taggedPdf(pieces: readonly Piece[], root: Tagged): Uint8Array {
  const content = pieces
    .map(({ text, x = 40, y, size = 12, bold = false, untagged = false }, id) => {
      const shown = `BT /F${bold ? 2 : 1} ${size} Tf ${x} ${y} Td (${text}) Tj ET`;
      return untagged ? `/Artifact BMC ${shown} EMC` : `/P << /MCID ${id} >> BDC ${shown} EMC`;
    })
    .join("\n");
  const elements: string[] = [];
  const parents = new Map<number, number>();
  const write = (element: Tagged, parent: number): number => {
    const number = firstElement + elements.length;
    elements.push("");
    const kids = element.children.map((child) => {
      if (child === null) return `${write(tag("Span"), number)} 0 R`;
      if (typeof child === "object") return `${write(child, number)} 0 R`;
      parents.set(child, number);
      return String(child);
    });
    const attributes = element.attributes === undefined ? "" : `/A ${element.attributes}`;
    elements[number - firstElement] =
      `<< /Type /StructElem /S /${element.type} /P ${parent} 0 R /Pg 3 0 R /K [${kids.join(" ")}] ${attributes} >>`;
    return number;
  };
  const top = write(root, 7);
  const parentArray = pieces.map((_, id) => (parents.has(id) ? `${parents.get(id)} 0 R` : "null")).join(" ");
  return rawPdf([
    "<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 7 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 400] /StructParents 0 /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
    `<< /Type /StructTreeRoot /K [${top} 0 R] /ParentTree 8 0 R >>`,
    `<< /Nums [0 [${parentArray}]] >>`,
    ...elements,
  ]);
}
