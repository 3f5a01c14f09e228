// Text as XML takes it. Control characters and lone surrogates are no XML at all, not even escaped (XML 1.0, 2.2).
import { scrubText } from "@legible/shared/text";

/** `text` as character data, or as an attribute's value between double quotes. */
export function escapeXml(text: string): string {
  return scrubText(text)
    .replace(/&/gu, "&amp;")
    .replace(/</gu, "&lt;")
    .replace(/>/gu, "&gt;")
    .replace(/"/gu, "&quot;")
    .replace(/[\t\n\r]/gu, (space) => `&#${space.charCodeAt(0)};`);
}

/** One start tag's worth of attributes, each with a space before it; undefined ones are left out. */
export function xmlAttributes(values: Record<string, string | number | undefined>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${escapeXml(String(value))}"`))
    .join("");
}
