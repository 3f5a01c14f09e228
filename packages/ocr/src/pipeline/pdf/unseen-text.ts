// Text that is drawn and cannot be seen: in the colour of what is under it, or under something drawn later.
import type { Box } from "@legible/shared/document";
import type { PdfPage } from "./pdf-page.ts";
import type { Pdfium } from "./pdfium.ts";

/** Red, green, blue, opacity; 0–255. */
type Colour = [number, number, number, number];
type Under = { box: Box; colour: Colour | undefined };

/** Things that can hide a page's text are few; each is compared with every text before it. */
const maxCoverings = 20;
const maxUnder = 2_000;
/** Channels that differ by less look the same on screen and on paper. */
const sameColour = 8;
const opaque = 255;
const paper: Colour = [255, 255, 255, opaque];
/** Corners of a rectangle, one of them perhaps twice: other paths do not fill their box. */
const mostCorners = 5;

/** Is told of everything on the page in the order in which it is drawn. */
export type UnseenText = {
  text(object: number, box: Box): void;
  path(object: number, box: Box): void;
  /** A picture, or something of unknown colours. `opaque` pictures hide what is under them. */
  picture(object: number, box: Box, kind: "picture" | "unknown"): void;
  /** The text objects that cannot be seen: pdfium's handles. */
  hidden: Set<number>;
};

export function unseenText({ pdfium }: Pick<PdfPage, "pdfium">): UnseenText {
  const hidden = new Set<number>();
  const texts: { object: number; box: Box }[] = [];
  const under: Under[] = [];
  let coverings = 0;
  const lay = (layer: Under) => {
    if (under.length < maxUnder) under.push(layer);
  };
  const cover = (object: number, box: Box) => {
    if (pdfium.FPDFPageObj_HasTransparency(object) || ++coverings > maxCoverings) return;
    for (const text of texts) if (isInside(text.box, box)) hidden.add(text.object);
  };
  return {
    hidden,
    text(object, box) {
      texts.push({ object, box });
      const ground = under.findLast((layer) => isInside(middleOf(box), layer.box));
      const behind = ground === undefined ? paper : ground.colour;
      const own = fillColour(pdfium, object);
      if (own !== undefined && behind !== undefined && !isSeen(own, behind)) hidden.add(object);
    },
    path(object, box) {
      if (!isFilled(pdfium, object)) return;
      const colour = fillColour(pdfium, object);
      lay({ box, colour: colour?.[3] === opaque ? colour : undefined });
      const isSheet = colour?.[3] === opaque && pdfium.FPDFPath_CountSegments(object) <= mostCorners;
      if (isSheet && !isClipped(pdfium, object)) cover(object, box);
    },
    picture(object, box, kind) {
      lay({ box, colour: undefined });
      if (kind === "picture") cover(object, box);
    },
  };
}

function isSeen(own: Colour, behind: Colour): boolean {
  return (
    own[3] > 0 && own.some((channel, index) => index < 3 && Math.abs(channel - (behind[index] ?? 0)) >= sameColour)
  );
}

function fillColour(pdfium: Pdfium, object: number): Colour | undefined {
  const place = pdfium.allocate(16);
  try {
    if (!pdfium.FPDFPageObj_GetFillColor(object, place, place + 4, place + 8, place + 12)) return undefined;
    const view = new DataView(pdfium.memory().buffer, place, 16);
    return [0, 4, 8, 12].map((offset) => view.getUint32(offset, true)) as Colour;
  } finally {
    pdfium.free(place);
  }
}

function isFilled(pdfium: Pdfium, path: number): boolean {
  const place = pdfium.allocate(8);
  try {
    const known = pdfium.FPDFPath_GetDrawMode(path, place, place + 4);
    return known && new DataView(pdfium.memory().buffer, place, 4).getInt32(0, true) !== 0;
  } finally {
    pdfium.free(place);
  }
}

/** True when only a part of the object may be drawn; its box says nothing of that. */
function isClipped(pdfium: Pdfium, object: number): boolean {
  const clip = pdfium.FPDFPageObj_GetClipPath(object);
  return clip !== 0 && pdfium.FPDFClipPath_CountPaths(clip) > 0;
}

function isInside(inner: Box, [x0, y0, x1, y1]: Box): boolean {
  return inner[0] >= x0 && inner[1] >= y0 && inner[2] <= x1 && inner[3] <= y1;
}

function middleOf([x0, y0, x1, y1]: Box): Box {
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return [x, y, x, y];
}
