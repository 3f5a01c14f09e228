// The part of a logger (pino's order of arguments) that this package needs.

export type LogLine = (fields: Record<string, unknown>, message: string) => void;

/** Any pino logger fits. */
export type Log = { debug: LogLine; info: LogLine; warn: LogLine; error: LogLine };
