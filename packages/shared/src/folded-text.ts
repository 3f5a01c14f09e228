// How text is compared when somebody searches: without case, width and compatibility forms, and without the breaks that a line's end or
// an engine puts between Chinese and Japanese characters. One function folds what is kept and what is asked for.

/** Han, kana, and the punctuation and full-width forms written among them: writing without spaces. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60]/u;

type Folded = {
  text: string /** For each UTF-16 unit of `text`, where its character begins in the original. */;
  origin: number[];
};

/** `text` as it is compared. */
export function foldText(text: string): string {
  return fold(text).text;
}

/** Where `terms` (folded) stand in `text`: ranges of UTF-16 units, ascending, none overlapping. */
export function findFolded(text: string, terms: readonly string[]): [start: number, end: number][] {
  const { text: folded, origin } = fold(text);
  const ranges: [number, number][] = [];
  for (const term of terms) {
    if (term === "") continue;
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
      const last = origin[at + term.length - 1] ?? 0;
      ranges.push([origin[at] ?? 0, last + clusterLength(text, last)]);
    }
  }
  ranges.sort(([a], [b]) => a - b);
  return ranges.reduce<[number, number][]>((kept, range) => {
    const previous = kept.at(-1);
    if (previous !== undefined && range[0] < previous[1]) previous[1] = Math.max(previous[1], range[1]);
    else kept.push([...range]);
    return kept;
  }, []);
}

/** The words of a query, folded, each once. */
export function foldedTerms(query: string): string[] {
  return [...new Set(foldText(query).split(" "))].filter((term) => term !== "");
}

function fold(original: string): Folded {
  const units: string[] = [];
  const origin: number[] = [];
  let gap: number | undefined;
  for (let at = 0; at < original.length; ) {
    const length = clusterLength(original, at);
    const character = original.slice(at, at + length);
    if (/^\s+$/u.test(character)) gap ??= at;
    else {
      const folded = character.normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, "");
      const joins = unspaced.test(units.at(-1) ?? "") && unspaced.test(character);
      if (gap !== undefined && units.length > 0 && !joins) {
        units.push(" ");
        origin.push(gap);
      }
      gap = undefined;
      for (const unit of folded) {
        units.push(unit);
        for (let count = 0; count < unit.length; count++) origin.push(at);
      }
    }
    at += length;
  }
  return { text: units.join(""), origin };
}

/** A character and the marks that combine with it: they have to be composed together. */
function clusterLength(text: string, at: number): number {
  const first = text.codePointAt(at) ?? 0;
  let end = at + (first > 0xffff ? 2 : 1);
  while (end < text.length) {
    const next = text.codePointAt(end) ?? 0;
    if (next < 0x300 || !/\p{M}/u.test(String.fromCodePoint(next))) break;
    end += next > 0xffff ? 2 : 1;
  }
  return end - at;
}
