// What a part needs of the log: fields first, one plain sentence second. Never a file name, a token, or text of a document.
export type Log = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};
