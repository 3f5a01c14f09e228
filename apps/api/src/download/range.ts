// One range of bytes (RFC 9110, 14). Several at once are answered with the whole, which the RFC allows and no client minds.

const single = /^bytes=(\d{0,15})-(\d{0,15})$/u;

/** The bytes asked for, both ends included; undefined means the whole; "unsatisfiable" means none of them exists. */
export function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | "unsatisfiable" | undefined {
  const match = header === undefined ? null : single.exec(header.replaceAll(" ", ""));
  if (match === null) return undefined;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return undefined;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) return undefined;
  return start >= size ? "unsatisfiable" : { start, end };
}
