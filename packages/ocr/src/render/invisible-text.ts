// Finds the text that a content stream places on the page without painting it (render mode 3): the layer of an earlier OCR program.
import type { Operation } from "./content-operations.ts";

/** What the stream's names mean, as far as it matters here. */
export type StreamNames = {
  /** Type 3 glyphs are painted whatever the render mode (PDF 32000-1, 9.3.6). */
  isType3(font: string): boolean;
};

export type Findings = {
  /** Bytes to replace, in order, none overlapping. */
  edits: { start: number; end: number; by: string }[];
  /** Render modes with which each XObject is drawn: a form begins with the mode it is drawn in. */
  drawn: Map<string, Set<number>>;
};

const invisible = 3;
/** Operators after which the text stands somewhere that earlier text has no part in. */
const placing = new Set(["BT", "ET", "Td", "TD", "Tm", "T*", "'", '"']);

/** Looks through `operations` of a stream that begins with render mode `mode`. */
export function findInvisibleText(operations: readonly Operation[], mode: number, names: StreamNames): Findings {
  const findings: Findings = { edits: [], drawn: new Map() };
  const saved: { mode: number; type3: boolean }[] = [];
  let state = { mode, type3: false };
  // Edits since the text was last placed: painted text that follows would move if they were made.
  let pending: Findings["edits"] = [];
  const settle = () => {
    findings.edits.push(...pending);
    pending = [];
  };
  for (const { operator, operands, start, end } of operations) {
    const last = operands.at(-1) ?? "";
    if (placing.has(operator)) settle();
    if (operator === "q") saved.push({ ...state });
    else if (operator === "Q") state = saved.pop() ?? state;
    else if (operator === "Tr") state = { ...state, mode: Number(last) };
    else if (operator === "Tf") state = { ...state, type3: names.isType3(operands.at(-2) ?? "") };
    else if (operator === "Do") {
      const modes = findings.drawn.get(last) ?? new Set();
      findings.drawn.set(last, modes.add(state.mode));
    } else if (operator === "Tj" || operator === "TJ" || operator === "'" || operator === '"') {
      if (state.mode !== invisible || state.type3) pending = [];
      else pending.push({ start, end, by: withoutShowing(operator, operands) });
    }
  }
  settle();
  return findings;
}

/** What the operator does besides showing its string. */
function withoutShowing(operator: string, operands: readonly string[]): string {
  if (operator === "'") return "T*";
  if (operator === '"') return `${operands.at(-3)} Tw ${operands.at(-2)} Tc T*`;
  return "";
}

/** `bytes` with the edits made. */
export function edited(bytes: Buffer, edits: Findings["edits"]): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (const { start, end, by } of edits) {
    parts.push(bytes.subarray(at, start), Buffer.from(by, "latin1"));
    at = end;
  }
  parts.push(bytes.subarray(at));
  return Buffer.concat(parts);
}
