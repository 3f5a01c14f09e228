// Cuts a PDF content stream into its operations (PDF 32000-1, 7.8.2), without understanding them. What it cannot follow, it refuses.

export type Operation = {
  operator: string;
  /** The last operands as they are written, at most six: no operator that matters here has more. Strings and arrays are one each. */
  operands: string[];
  /** Where the operation begins (with its first operand) and ends in the stream, bytes. */
  start: number;
  end: number;
};

/** Every operator of PDF 32000-1, annex A: another word means that the stream was not followed rightly. */
const known = new Set(
  `b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri s S SC sc
   SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "`.split(/\s+/u),
);
const keptOperands = 6;

const isSpace = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0x00;
/** ( ) < > [ ] { } / % */
const isDelimiter = (byte: number | undefined) =>
  byte !== undefined && "()<>[]{}/%".includes(String.fromCharCode(byte));

/** The operations of `bytes` in order, or undefined when there is something in it that is no content stream. */
export function readOperations(bytes: Buffer): Operation[] | undefined {
  const operations: Operation[] = [];
  let operands: string[] = [];
  let start: number | undefined;
  for (let at = skipSpace(bytes, 0); at < bytes.length; at = skipSpace(bytes, at)) {
    const end = tokenEnd(bytes, at);
    if (end === undefined) return undefined;
    start ??= at;
    const token = bytes.toString("latin1", at, end);
    at = end;
    if (/^[\w'"*]/u.test(token) && !/^\d|^(?:true|false|null)$/u.test(token)) {
      if (!known.has(token)) return undefined;
      const after = token === "ID" ? inlineImageEnd(bytes, end) : end;
      if (after === undefined) return undefined;
      operations.push({ operator: token, operands, start, end: after });
      operands = [];
      start = undefined;
      at = after;
    } else {
      operands.push(token);
      if (operands.length > keptOperands) operands.shift();
    }
  }
  return operands.length === 0 ? operations : undefined;
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length) {
    if (isSpace(bytes[at])) at++;
    else if (bytes[at] === 0x25) while (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++;
    else break;
  }
  return at;
}

/** End of the token that begins at `at`; undefined when it does not end or cannot be one. */
function tokenEnd(bytes: Buffer, at: number): number | undefined {
  const first = bytes[at];
  if (first === 0x28) return stringEnd(bytes, at);
  if (first === 0x5b) return arrayEnd(bytes, at);
  if (first === 0x3c && bytes[at + 1] === 0x3c) return dictionaryEnd(bytes, at);
  if (first === 0x3c) return ended(bytes.indexOf(0x3e, at));
  if (first !== 0x2f && isDelimiter(first)) return undefined;
  let end = at + 1;
  while (end < bytes.length && !isSpace(bytes[end]) && !isDelimiter(bytes[end])) end++;
  return end;
}

const ended = (last: number) => (last < 0 ? undefined : last + 1);

function stringEnd(bytes: Buffer, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0x5c) at++;
    else if (byte === 0x28) depth++;
    else if (byte === 0x29 && --depth === 0) return at + 1;
  }
  return undefined;
}

const arrayEnd = (bytes: Buffer, at: number) => groupEnd(bytes, at + 1, "]");
const dictionaryEnd = (bytes: Buffer, at: number) => groupEnd(bytes, at + 2, ">>");

/** Deeper nesting of arrays and dictionaries is no content stream of a page that somebody reads. */
const deepest = 20;

function groupEnd(bytes: Buffer, from: number, close: "]" | ">>", depth = 0): number | undefined {
  if (depth > deepest) return undefined;
  for (let at = skipSpace(bytes, from); at < bytes.length; at = skipSpace(bytes, at)) {
    if (bytes.toString("latin1", at, at + close.length) === close) return at + close.length;
    const nested = bytes[at] === 0x5b ? "]" : bytes[at] === 0x3c && bytes[at + 1] === 0x3c ? ">>" : undefined;
    const end = nested === undefined ? tokenEnd(bytes, at) : groupEnd(bytes, at + nested.length, nested, depth + 1);
    if (end === undefined) return undefined;
    at = end;
  }
  return undefined;
}

/** Where the data of an inline image ends: before an EI between spaces that is followed by nothing but text for a while. */
function inlineImageEnd(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf("EI", from + 1); at >= 0; at = bytes.indexOf("EI", at + 1)) {
    const after = bytes.subarray(at + 2, at + 22);
    const alone = isSpace(bytes[at - 1]) && (after.length === 0 || isSpace(after[0]));
    if (alone && after.every((byte) => (isSpace(byte) ? byte !== 0 : byte >= 0x20 && byte < 0x7f))) return at;
  }
  return undefined;
}
