// What a list item begins with: a bullet, a number, a letter. A marker alone proves nothing: its neighbours must agree.
import type { LayoutLine } from "./layout-line.ts";
import { lineText } from "./layout-line.ts";

export type ListMarker = {
  /** Markers of one kind make one list. */
  kind: string;
  /** Place in the sequence; undefined for bullets. */
  number: number | undefined;
  text: string;
};

const clearBullet = /^[•●○◦▪■□‣⁃∙‧]\s*(?=\S)/u;
/** Marks that also stand for other things, and what engines make of a bullet. */
const possibleBullet = /^(?:[-–—]\s+|[*·・+«»¢°®©eo]\s+|[。．]\s*)(?=\S)/u;
/** On poor copies: a bullet with specks around it, or the full stop that is left of a number. Leaders of dots are followed by no letter. */
const brokenBullet = /^(?:[.,'‘’"“”]{0,2}[*·«»°¢®©][.,]?|\.)\s+(?=\p{L})/u;
const chineseDigits = "一二三四五六七八九十";
const circled = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
const numbered: readonly [kind: string, pattern: RegExp, toNumber: (mark: string) => number][] = [
  ["1.", /^(\d{1,3})[.．](?!\d)\s*(?=\S)/u, Number],
  ["1)", /^(\d{1,3})[)）]\s*(?=\S)/u, Number],
  ["(1)", /^[(（](\d{1,3})[)）]\s*(?=\S)/u, Number],
  ["1、", /^(\d{1,3})、\s*(?=\S)/u, Number],
  ["a)", /^([a-z])[)]\s+(?=\S)/u, letterNumber],
  ["a.", /^([a-z])[.]\s+(?=\S)/u, letterNumber],
  ["(a)", /^[(（]([a-z])[)）]\s*(?=\S)/u, letterNumber],
  ["①", /^([①-⑳])\s*(?=\S)/u, (mark) => circled.indexOf(mark) + 1],
  ["一、", /^([一二三四五六七八九十]{1,3})、\s*(?=\S)/u, chineseNumber],
  ["（一）", /^[(（]([一二三四五六七八九十]{1,3})[)）]\s*(?=\S)/u, chineseNumber],
];

export function listMarker(line: LayoutLine): ListMarker | undefined {
  if (line.dot !== undefined) return { kind: "•", number: undefined, text: "" };
  const text = lineText(line);
  const bullet = clearBullet.exec(text) ?? possibleBullet.exec(text) ?? brokenBullet.exec(text);
  // Dashes are one kind, everything else another: an engine takes the same dot for many things.
  if (bullet !== null) return { kind: /^[-–—]/u.test(text) ? "-" : "•", number: undefined, text: bullet[0].trim() };
  for (const [kind, pattern, toNumber] of numbered) {
    const found = pattern.exec(text);
    if (found !== null) return { kind, number: toNumber(found[1] ?? ""), text: found[0].trim() };
  }
  return undefined;
}

/**
 * The lines that begin a list item. A clear bullet counts by itself; any other mark only with another of its kind at the same
 * indent, and a number only beside its successor or predecessor.
 */
export function itemStarts(lines: readonly LayoutLine[]): Map<LayoutLine, ListMarker> {
  const marked = lines.flatMap((line) => {
    const marker = listMarker(line);
    return marker === undefined ? [] : [{ line, marker }];
  });
  return new Map(
    marked
      .filter(({ line, marker }) => {
        if (line.dot !== undefined || clearBullet.test(`${marker.text}x`)) return true;
        return marked.some(
          (other) =>
            other.line !== line &&
            other.marker.kind === marker.kind &&
            Math.abs(other.line.bbox[0] - line.bbox[0]) < line.size &&
            (marker.number === undefined || Math.abs((other.marker.number ?? 0) - marker.number) === 1),
        );
      })
      .map(({ line, marker }) => [line, marker]),
  );
}

function letterNumber(mark: string): number {
  return mark.charCodeAt(0) - 96;
}

/** 一 to 九十九. */
function chineseNumber(mark: string): number {
  const ten = mark.indexOf("十");
  const digit = (text: string) => chineseDigits.indexOf(text) + 1;
  if (ten < 0) return digit(mark);
  return (ten === 0 ? 1 : digit(mark.slice(0, ten))) * 10 + (ten === mark.length - 1 ? 0 : digit(mark.slice(ten + 1)));
}
