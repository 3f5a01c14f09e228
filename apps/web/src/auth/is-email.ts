/** True when `text` may be an e-mail address. The server decides; this only spares a round trip for a typing mistake. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text.trim());
}
