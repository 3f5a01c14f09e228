// How a document will be read: what its sender chose, completed and checked against what is installed.

import { autoLanguage } from "@legible/shared/auto-language";
import { AppError } from "@legible/shared/errors";
import type { OcrOptions, ocrOptionsInputSchema } from "@legible/shared/options";
import type { z } from "zod";
import type { Deps } from "../deps.ts";

/** The options to store; the password is left out. @throws AppError INVALID_INPUT naming the installed languages. */
export async function chooseOptions(
  deps: Pick<Deps, "languages">,
  input: z.output<typeof ocrOptionsInputSchema> | undefined,
): Promise<OcrOptions> {
  const languages = [...new Set(input?.languages ?? deps.languages.default)];
  if (input?.languages !== undefined && !languages.includes(autoLanguage)) {
    const installed = await deps.languages.installed();
    const missing = languages.filter((language) => !installed.includes(language));
    if (missing.length > 0) {
      throw new AppError(
        "INVALID_INPUT",
        `Not installed here: ${missing.join(", ")}. Installed languages: ${installed.join(", ")}.`,
        { details: { fields: ["options.languages"], missing, installed } },
      );
    }
  }
  return {
    languages,
    mode: input?.mode ?? "auto",
    rotate: input?.rotate ?? true,
    deskew: input?.deskew ?? true,
    pdfa: input?.pdfa ?? false,
    ...(input?.pages === undefined ? {} : { pages: input.pages }),
  };
}
