// A strict reader of the XML that the renderers write: it throws where a real parser would.

export type Element = { name: string; attributes: Record<string, string>; children: (Element | string)[] };

const token =
  /<\?xml[^?]*\?>\n|<!DOCTYPE html>\n|<(\/?)([A-Za-z][\w.:-]*)((?: [A-Za-z][\w.:-]*="[^"<]*")*)(\/?)>|([^<]+)/uy;
const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
/** What XML 1.0 takes as a character. */
const legal = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** The root element of `xml`. */
export function readXml(xml: string): Element {
  if (!legal.test(xml)) throw new Error("a character that XML does not take");
  const root: Element = { name: "", attributes: {}, children: [] };
  const open: Element[] = [root];
  token.lastIndex = 0;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (match === null) throw new Error(`not well-formed: ${xml.slice(at, at + 60)}`);
    const [, end, name, attributes = "", empty, text] = match;
    const parent = open.at(-1) ?? root;
    if (text !== undefined) parent.children.push(unescaped(text));
    if (name === undefined) continue;
    if (end === "/") {
      if (open.length === 1 || open.pop()?.name !== name) throw new Error(`</${name}> ends nothing`);
      continue;
    }
    const element: Element = { name, attributes: {}, children: [] };
    for (const [, key = "", value = ""] of attributes.matchAll(/ ([\w.:-]+)="([^"]*)"/gu)) {
      if (key in element.attributes) throw new Error(`${key} twice`);
      element.attributes[key] = unescaped(value);
    }
    parent.children.push(element);
    if (empty === "") open.push(element);
  }
  if (open.length !== 1) throw new Error("elements left open");
  const [only, ...others] = elements(root);
  if (only === undefined || others.length > 0) throw new Error("not one root element");
  return only;
}

/** The elements of `element` named `name`, at any depth, in order; its own children when no name is given. */
export function elements(element: Element, name?: string): Element[] {
  const own = element.children.filter((child) => typeof child !== "string");
  if (name === undefined) return own;
  return own.flatMap((child) => [...(child.name === name ? [child] : []), ...elements(child, name)]);
}

/** Elements of an HTML class, at any depth. */
export function ofClass(element: Element, kind: string): Element[] {
  return elements(element).flatMap((child) => [
    ...(child.attributes.class === kind ? [child] : []),
    ...ofClass(child, kind),
  ]);
}

export function textOf(element: Element): string {
  return element.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));|&/gu, (_, number?: string, name?: string) => {
    const character = number === undefined ? entities[name ?? ""] : String.fromCodePoint(Number(number));
    if (character === undefined) throw new Error("an unknown entity");
    return character;
  });
}
