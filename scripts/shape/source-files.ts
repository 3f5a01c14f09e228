// The files of the project as the shape rules see them: everything that people write.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface SourceFile {
  /** Relative to the root, with forward slashes. */
  path: string;
  text: string;
}

/** Made by tools or by running; never judged. */
const madeFolders = new Set([
  "node_modules",
  "dist",
  "generated",
  "data",
  "artifacts",
  "coverage",
  "test-results",
  "playwright-report",
]);

/** Every folder and file below `root` that people write, without those hidden by a leading dot (but `.ci`). */
export function listPaths(root: string, folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (madeFolders.has(entry.name) || (entry.name.startsWith(".") && entry.name !== ".ci")) return [];
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? [`${path}/`, ...listPaths(root, path)] : [path];
  });
}

/** The files among `paths` that end in one of `extensions`. */
export function readFiles(root: string, paths: string[], extensions: string[]): SourceFile[] {
  return paths
    .filter((path) => extensions.some((extension) => path.endsWith(extension)))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}
