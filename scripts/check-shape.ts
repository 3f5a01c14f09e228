// Holds the code to the shape that ARCHITECTURE.md draws. Prints one line for each thing out of place.
import { join } from "node:path";
import { findWrongArrows } from "./shape/arrows.ts";
import { findDeadPaths } from "./shape/document-paths.ts";
import { findEmptyNames, findEnvironmentReaders, findLongFiles, findTextAsSql } from "./shape/file-rules.ts";
import { importsOf } from "./shape/imports.ts";
import { listPaths, readFiles } from "./shape/source-files.ts";

/** Everything out of place in the project at `root`; empty when all is well. */
export function checkShape(root: string): string[] {
  const paths = listPaths(root);
  const code = readFiles(root, paths, [".ts", ".tsx", ".mjs"]);
  return [
    ...findWrongArrows(code.flatMap(importsOf)),
    ...findEmptyNames(paths),
    ...findLongFiles([...code, ...readFiles(root, paths, [".css"])]),
    ...findEnvironmentReaders(code),
    ...findTextAsSql(code),
    ...findDeadPaths(root, readFiles(root, paths, [".md"])),
  ];
}

if (import.meta.main) {
  const complaints = checkShape(join(import.meta.dirname, ".."));
  for (const complaint of complaints) console.log(complaint);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
