// Which engine and which language data read a document, in one line: two readings with the same line and options are the same.
import { createHash } from "node:crypto";
import { autoLanguage } from "@legible/shared/auto-language";
import { describeEngine } from "../pipeline/engine/describe-engine.ts";

/** `languages` as the document names them; where they are to be found out, every one of `installed` counts. At most 200 characters. */
export async function engineName(
  languages: readonly string[],
  installed: readonly string[],
  languagesDir: string | undefined,
): Promise<string> {
  const used = languages.includes(autoLanguage) ? installed : languages;
  const { name, version, dataVersion } = await describeEngine(used, languagesDir);
  return `${name} ${version} ${createHash("sha256").update(dataVersion).digest("hex")}`;
}
