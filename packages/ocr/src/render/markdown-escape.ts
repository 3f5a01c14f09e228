// Makes any text stand for itself in CommonMark and GFM. Only what would be read as syntax is escaped, because the file is
// read by people and compared by programs as it is. A property test holds this to a real parser.
import type { TextLink } from "./markdown-links.ts";

/**
 * `text` (one line, single spaces) as inline Markdown, safe at the start of a paragraph, a list item or a heading. `links` are parts
 * of it in order, none within another; their addresses fit `linkSchema`.
 */
export function escapeInline(text: string, links: readonly TextLink[] = []): string {
  const math = /\$(?!\s)[^$]*(?<!\s)\$(?!\d)/u.test(text);
  const dead = deadLinks(text);
  let escaped = "";
  let open = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    const link = links[open];
    const inLink = link !== undefined && index >= link.from;
    const special = isInlineSyntax(text, index) || (math && character === "$") || dead.has(index);
    // The brackets of a link change what the marks in it and beside it mean.
    const atLink = (inLink || index + 1 === link?.from || index === links[open - 1]?.to) && mark.test(character);
    if (link !== undefined && index === link.from && "note" in link) {
      escaped += `[^${link.note}]`;
      index = link.to - 1;
      open += 1;
      continue;
    }
    if (index === link?.from) escaped += "[";
    escaped += special || atLink ? `\\${character}` : character;
    if (link !== undefined && index + 1 === link.to && "href" in link) {
      escaped += `](${destination(link.href)})`;
      open += 1;
    }
  }
  return escapeStart(escaped);
}

/** `text` as the inside of a heading: as inline, and a closing run of # stays text. */
export function escapeHeading(text: string, links: readonly TextLink[] = []): string {
  return escapeInline(text, links).replace(/(^|\s)(#+)$/u, "$1\\$2");
}

/** The address as the target of a link: entities are read there, too. */
function destination(href: string): string {
  return href.replace(/&/gu, "&amp;");
}

/** `text` as one cell of a pipe table. */
export function escapeCell(text: string): string {
  // Parsers differ on a backslash before an escaped pipe; an entity is read alike by all.
  return escapeInline(text).replace(/(\\*)\|/gu, (_, slashes: string) => (slashes === "" ? "\\|" : `${slashes}&#124;`));
}

/** `text` as character data in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/&/gu, "&amp;").replace(/</gu, "&lt;").replace(/>/gu, "&gt;");
}

const mark = /[[\]\\!^*_~`<&$]/u;
const asciiPunctuation = /[!-/:-@[-`{-~]/u;
const alphanumeric = /[\p{L}\p{N}]/u;
/** An autolink of CommonMark (6.5): what may stand before the @ of an address is more than letters. */
const mailbox = /^<[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9]/u;
const entity = /^&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});/u;

function isInlineSyntax(text: string, index: number): boolean {
  const before = text.charAt(index - 1);
  const after = text.charAt(index + 1);
  switch (text.charAt(index)) {
    case "\\":
      return after === "" || asciiPunctuation.test(after);
    case "`":
      return true;
    case "*":
    case "~":
      return canOpen(text, index);
    case "_":
      return canOpen(text, index) && !(alphanumeric.test(before) && alphanumeric.test(after));
    case "[":
      return after === "^" || (index === 0 && /^\[[ xX]\]/u.test(text));
    case "]":
      return after === "(" || after === "[" || after === ":";
    case "<":
      return /[A-Za-z/!?]/u.test(after) || mailbox.test(text.slice(index));
    case "&":
      return entity.test(text.slice(index));
    default:
      return false;
  }
}

/** Stress that nothing opens is not closed, and no mark opens it before white space (CommonMark 6.2); a first one may be a list's. */
function canOpen(text: string, index: number): boolean {
  const after = text.charAt(index + 1);
  return index === 0 || !(after === " " || after === "");
}

/** Backslash before what would open a block: heading, quote, list, rule. Fences are gone already, their marks being escaped. */
function escapeStart(text: string): string {
  if (/^(#{1,6}|[-+])( |$)/u.test(text) || /^(>|=+ *$)/u.test(text)) return `\\${text}`;
  // Three make a rule; behind the marker of an item two do.
  if (/^(- *){2,}$/u.test(text)) return `\\${text}`;
  return text.replace(/^(\d{1,9})([.)])( |$)/u, "$1\\$2$3");
}

/**
 * GFM makes links of bare addresses and takes a backslash inside them as part of the address. Where an address holds
 * something that must be escaped, it is kept from becoming a link: the indexes of the characters to escape for that.
 */
function deadLinks(text: string): Set<number> {
  const indexes = new Set<number>();
  for (const match of text.matchAll(/(?:https?|ftp|mailto|xmpp):|www\./giu)) {
    const rest = text.slice(match.index).split(/\s/u)[0] ?? "";
    const escapes =
      [...rest].length > 0 && Array.from(rest, (_, at) => isInlineSyntax(text, match.index + at)).includes(true);
    if (escapes || rest.includes("|") || rest.includes("$")) indexes.add(match.index + match[0].length - 1);
  }
  return indexes;
}
