// Text from documents and callers is cleaned once, at the border: PostgreSQL refuses U+0000 and lone surrogates, XML and
// terminals refuse other control characters, and bidirectional controls make a file name look like another one.

const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/gu;
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** `text` without control characters (tab and line ends stay) and with lone surrogates replaced by U+FFFD. */
export function scrubText(text: string): string {
  return text.toWellFormed().replace(controls, "");
}

/** `text` on one line, scrubbed, in NFC, without bidirectional controls. */
export function scrubLine(text: string): string {
  return scrubText(text).normalize("NFC").replace(bidiControls, "").replace(/\s+/gu, " ").trim();
}
