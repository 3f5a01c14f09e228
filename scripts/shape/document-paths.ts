// A document that names a file which is gone misleads: every path it names must exist.
import { existsSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import type { SourceFile } from "./source-files.ts";

const judged = /^(?:(?:README|ARCHITECTURE|CONTRIBUTING|SECURITY)\.md|docs\/.*\.md)$/u;

/** A path from the root begins with one of these folders, or is one of the root's own files. */
const rooted = /^(?:apps|packages|docs|scripts|bench|\.ci)(?:\/[^\s]*)?$/u;
const rootFile =
  /^(?:[A-Z][A-Z_]*\.md|LICENSE|(?:package|turbo|biome|knip|tsconfig)\.json|pnpm-[a-z]+\.yaml|\.[a-z]+\.example|\.editorconfig)$/u;
/** Patterns and placeholders stand for many paths. What tools make is there only after they ran. */
const notOne = /[*<>{}…$]|\.\.\./u;
const made = /(?:^|\/)(?:node_modules|dist|generated|data|artifacts)(?:\/|$)/u;

const backticked = /`([^`\n]+)`/gu;
const linked = /\]\(([^)\s]+)\)/gu;

/** One sentence for each path in a document that leads nowhere. */
export function findDeadPaths(root: string, files: SourceFile[]): string[] {
  return files.filter(({ path }) => judged.test(path)).flatMap((file) => deadPathsOf(root, file));
}

function deadPathsOf(root: string, { path, text }: SourceFile): string[] {
  const named: [string, string][] = [];
  for (const match of text.matchAll(backticked)) {
    const candidate = (match[1] ?? "").replace(/[:#].*$/u, "");
    if (rooted.test(candidate) || rootFile.test(candidate)) named.push([candidate, candidate]);
  }
  for (const match of text.matchAll(linked)) {
    const link = (match[1] ?? "").replace(/#.*$/u, "");
    if (link !== "" && !/^[a-z]+:/u.test(link)) named.push([link, posix.join(dirname(path), link)]);
  }
  return named
    .filter(([, target]) => !notOne.test(target) && !made.test(target) && !existsSync(join(root, target)))
    .map(([name]) => `${path}: names ${name}, which does not exist`);
}
