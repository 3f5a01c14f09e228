// Which files a file imports, and where those are.
import { dirname, posix } from "node:path";
import type { SourceFile } from "./source-files.ts";

export interface Import {
  from: string;
  specifier: string;
  /** Only types: gone before anything runs. */
  typeOnly: boolean;
  /** Where it leads inside the project, undefined for a package of the registry or of Node. */
  target: string | undefined;
}

// The formatter leaves these shapes only: each statement begins a line, and its specifier is in double quotes.
const statement = /^\s*(?:import|export)\s+(type\s)?(?:[^;"']*?\sfrom\s+)?"([^"]+)"/gmu;
const dynamic = /\bimport\(\s*"([^"]+)"/gu;

/** Every import and re-export of `file`, in the order of its text; dynamic ones after the others. */
export function importsOf(file: SourceFile): Import[] {
  const found: [string, boolean][] = [];
  for (const match of file.text.matchAll(statement)) found.push([match[2] ?? "", match[1] !== undefined]);
  for (const match of file.text.matchAll(dynamic)) found.push([match[1] ?? "", false]);
  return found.map(([specifier, typeOnly]) => ({
    from: file.path,
    specifier,
    typeOnly,
    target: targetOf(file.path, specifier),
  }));
}

/** `packages/db` of `packages/db/src/x.ts`; undefined outside of apps and packages. */
export function packageOf(path: string): string | undefined {
  return /^(?:apps|packages)\/[^/]+/u.exec(path)?.[0];
}

/** `db` of `packages/db`. */
export function shortName(packageFolder: string): string {
  return posix.basename(packageFolder);
}

/** The registry package of a specifier: `@a/b` of `@a/b/c`, `a` of `a/b`. */
export function registryName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function targetOf(from: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return posix.join(dirname(from), specifier);
  const own = /^@legible\/([^/]+)(?:\/(.+))?$/u.exec(specifier);
  if (own === null) return undefined;
  const folder = own[1] === "api" || own[1] === "web" ? "apps" : "packages";
  return `${folder}/${own[1]}/src/${own[2] ?? "index"}.ts`;
}
