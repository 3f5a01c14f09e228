// Why a page was kept, recognised or left blank, as a code with what was counted: each language makes its own sentence of it
// (reason-sentences.ts has the English ones). How it stands in the ledger's column is here, too.
import { z } from "zod";
import { failureCodeSchema } from "./failures.ts";
import { languageSchema } from "./options.ts";
import { reasonSentence } from "./reason-sentences.ts";

const count = z.int().nonnegative();
const percent = z.int().min(0).max(100);
const languages = z.array(languageSchema).min(1).max(8);

function reason<Code extends string, Params extends z.ZodRawShape>(code: Code, params: Params) {
  return z.strictObject({ code: z.literal(code), params: z.strictObject(params) });
}

/** Comes from processes that read hostile bytes, too: nothing in it is free text. */
export const readingReasonSchema = z.discriminatedUnion("code", [
  reason("IMAGE", {}),
  reason("ANIMATED_IMAGE", {}),
  reason("NOTHING_DRAWN", {}),
  reason("NOT_EXAMINED", {}),
  reason("EXAMINING_FAILED", { failure: failureCodeSchema }),
  reason("RECOGNITION_FORCED", {}),
  reason("NO_TEXT", {}),
  reason("PICTURES_ONLY", { percent }),
  /** `characters`: letters and digits. */
  reason("LITTLE_TEXT", { characters: count, percent }),
  reason("INVISIBLE_LAYER", {}),
  reason("OUTLINED_LETTERS", { outlined: count, written: count }),
  reason("HARDLY_A_LETTER", { readable: count, seen: count }),
  reason("UNKNOWN_CHARACTERS", { unknown: count, written: count }),
  reason("UNKNOWN_FONT", { words: count }),
  reason("NO_WORDS", { odd: count, words: count }),
  reason("NO_LANGUAGE", { vowels: count, letters: count }),
  reason("HAS_CHARACTERS", { characters: count }),
  reason("HAS_TEXT", { readable: count }),
  reason("MAY_BE_COVERED", {}),
  reason("TEXT_UNSEEN", {}),
  reason("PICTURES_READ", { words: count, pictures: count }),
  reason("OTHER_LANGUAGE", { read: languages, seems: languages }),
  /** `page`: 1-based in the document. */
  reason("SAME_PAGE", { page: z.int().positive() }),
  reason("EARLIER_READING", {}),
]);
export type ReadingReason = z.infer<typeof readingReasonSchema>;
export type ReasonCode = ReadingReason["code"];

export const reasonCodeSchema = z.literal(readingReasonSchema.options.map((option) => option.shape.code.value));

/** Characters that the ledger's column holds (schema.prisma). */
const columnWidth = 200;

/** `reason` as the ledger's column keeps it. What is too long for it (eight languages with long names) is kept as a cut sentence. */
export function toReasonColumn(reason: ReadingReason): string {
  const text = JSON.stringify(reason);
  return text.length <= columnWidth ? text : reasonSentence(reason).slice(0, columnWidth);
}

/**
 * What the ledger's column says: the English sentence, and the reason it was made of. Rows of earlier versions hold the sentence
 * itself. Both are null when there is nothing, or something that this version does not know.
 */
export function fromReasonColumn(column: string | null): { sentence: string | null; reason: ReadingReason | null } {
  if (column === null || !column.startsWith("{")) return { sentence: column, reason: null };
  const reason = readingReasonSchema.safeParse(parsed(column)).data;
  return reason === undefined ? { sentence: null, reason: null } : { sentence: reasonSentence(reason), reason };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
