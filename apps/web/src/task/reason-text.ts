// Why a page was read as it was, in the person's language.
import type { ReadingReason } from "@legible/shared/reading-reason";
import { sentenceFrom } from "@legible/shared/reason-sentences";
import type { LedgerRow } from "../api/answers.ts";
import type { Messages } from "../messages/en.ts";

/**
 * The reason of a row as a text and the language it is in (undefined: the page's own). Rows of earlier versions, and codes of a later one
 * than this page, come as the server's sentence, which is English. Null where there is no reason.
 */
export function reasonText(
  { reason, reasonCode, reasonParams }: Pick<LedgerRow, "reason" | "reasonCode" | "reasonParams">,
  { reasons, languageName }: Pick<Messages, "reasons" | "languageName">,
): { text: string; lang: "en" | undefined } | null {
  if (reasonCode !== null && reasonParams !== null && Object.hasOwn(reasons, reasonCode)) {
    // The server sends both from one reason, which its schema has seen.
    const whole = { code: reasonCode, params: reasonParams } as ReadingReason;
    return { text: sentenceFrom(reasons, whole, languageName), lang: undefined };
  }
  return reason === null ? null : { text: reason, lang: "en" };
}
