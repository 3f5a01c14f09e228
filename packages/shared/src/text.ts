// Text from documents and callers is cleaned once, at the border: PostgreSQL refuses U+0000 and lone surrogates, XML and
// terminals refuse other control characters, and bidirectional controls make a file name look like another one.

const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/gu;
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Zero-width space, word joiner, byte order mark. The joiners U+200C and U+200D stay: scripts and emoji need them. */
const invisible = /[\u200b\u2060\ufeff]/gu;

/** `text` without control characters (tab and line ends stay) and with lone surrogates replaced by U+FFFD. */
export function scrubText(text: string): string {
  return text.toWellFormed().replace(controls, "");
}

/** `text` on one line, scrubbed, in NFC, without bidirectional controls and characters that nobody sees. */
export function scrubLine(text: string): string {
  // Removed before NFC: taking a character out may bring a letter and its accent together.
  const visible = scrubText(text).replace(bidiControls, "").replace(invisible, "");
  return visible.normalize("NFC").replace(/\s+/gu, " ").trim();
}
