// What result.json says of the engine: enough to tell later which program and which language data read a document.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createRequire } from "node:module";
import type { Engine } from "@legible/shared/document";
import { ownLanguageFile, packagedDataVersion } from "../language-files.ts";

/** Digits of a file's SHA-256 that tell two versions of it apart. */
const digestLength = 16;

/** The built-in engine reading `languages`; files that an administrator dropped in are named by their SHA-256. */
export async function describeEngine(languages: readonly string[], languagesDir: string | undefined): Promise<Engine> {
  const { version } = createRequire(import.meta.url)("tesseract.js/package.json") as { version: string };
  const dropped: string[] = [];
  for (const language of languages) {
    const file = ownLanguageFile(language, languagesDir);
    if (file !== undefined) dropped.push(`${language} sha256:${await digest(file)}`);
  }
  const packaged = dropped.length < languages.length ? [packagedDataVersion] : [];
  return {
    name: "tesseract.js",
    version,
    languages: [...languages],
    dataVersion: [...packaged, ...dropped].join("; "),
  };
}

async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex").slice(0, digestLength);
}
