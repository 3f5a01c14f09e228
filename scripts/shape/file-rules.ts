// Rules about single files: their length, their names, who reads the environment, and SQL that is put together from text.
import type { SourceFile } from "./source-files.ts";

/** Past this a file is two things. */
const maxLines = 300;

/** Names that say nothing of what is inside, so that anything may end up there. */
const emptyNames = /^(?:utils?|helpers?|common|lib|libs|misc)$/u;

/** The one file that turns the environment into settings, and what runs beside the product. */
const mayReadEnvironment = [
  /^apps\/api\/src\/env\.ts$/u,
  /^(?:scripts|bench)\//u,
  /^(?:apps|packages)\/[^/]+\/(?:scripts|test|e2e)\//u,
  /\.test\.tsx?$/u,
  /^packages\/[^/]+\/src\/testing(?:-[a-z]+)*\.ts$/u,
  /(?:^|\/)[^/]+\.config\.ts$/u,
];
const environment =
  /\bprocess\.env\b|\bprocess\[["']env["']\]|import\s*\{[^}]*\benv\b[^}]*\}\s*from\s*"(?:node:)?process"/u;

/** What of Prisma's takes SQL as plain text: a value in it would be SQL, too. The SQL of tests has no values of callers. */
const textAsSql = /\$(?:query|execute)RawUnsafe\b|\b(?:Prisma|sql)\.raw\b/u;
const mayWriteSql = /^(?:scripts|bench)\/|^(?:apps|packages)\/[^/]+\/(?:scripts|test|e2e)\/|\.test\.tsx?$/u;

/** One sentence for each path whose last part is an empty name; folders end in a slash. */
export function findEmptyNames(paths: string[]): string[] {
  return paths.flatMap((path) => {
    const name = path.replace(/\/$/u, "").split("/").at(-1) ?? "";
    const stem = name.split(".")[0] ?? "";
    return emptyNames.test(stem.toLowerCase()) ? [`${path}: name it after its subject, not "${stem}"`] : [];
  });
}

export function findLongFiles(files: SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.replace(/\n$/u, "").split("\n").length;
    return lines > maxLines ? [`${path}: ${lines} lines; past ${maxLines} a file is two things`] : [];
  });
}

export function findEnvironmentReaders(files: SourceFile[]): string[] {
  return files
    .filter(({ path, text }) => environment.test(text) && !mayReadEnvironment.some((allowed) => allowed.test(path)))
    .map(({ path }) => `${path}: reads the environment; settings come from apps/api/src/env.ts`);
}

export function findTextAsSql(files: SourceFile[]): string[] {
  return files
    .filter(({ path, text }) => textAsSql.test(text) && !mayWriteSql.test(path))
    .map(({ path }) => `${path}: takes text for SQL; values go in as parameters, by $queryRaw and $executeRaw`);
}
