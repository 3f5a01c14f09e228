// Order and names of files that come in, and how they become documents.

export type Grouping = "each" | "together";

/** Numbers in names count as numbers: page 2 comes before page 10. */
const byName = new Intl.Collator(undefined, { numeric: true });
/** What systems leave in folders; nobody means to add it. */
const leftovers = /^(?:\.|(?:thumbs\.db|desktop\.ini)$)/iu;
/** What browsers call a picture that has no name: pasted, or fresh from the camera. */
const nameless = /^image\.(?:png|jpe?g|webp|heic)$/iu;

/** Where a file stood in the folder it was added with; its name when it came by itself. */
export function pathOf(file: File): string {
  // Dropped folders: set by file-selector, which react-dropzone reads them with.
  const dropped: unknown = Reflect.get(file, "relativePath");
  return (typeof dropped === "string" ? dropped : file.webkitRelativePath || file.name).replace(/^\.?\//u, "");
}

/**
 * `files` as documents: one each, or all in one. What is dropped or chosen comes in no order that a person gave it (each system has its
 * own), so it is sorted by folder and name. What systems leave in folders is left out.
 */
export function groupFiles(files: readonly File[], grouping: Grouping): File[][] {
  const sorted = files
    .filter((file) => !leftovers.test(file.name) || !pathOf(file).includes("/"))
    .sort((a, b) => byName.compare(pathOf(a), pathOf(b)));
  if (sorted.length === 0) return [];
  return grouping === "together" ? [sorted] : sorted.map((file) => [file]);
}

/** `file` under a name that says what it is, when it came without one. */
export function named(file: File, name: string): File {
  if (!nameless.test(file.name)) return file;
  const extension = file.name.slice(file.name.lastIndexOf("."));
  return new File([file], `${name}${extension}`, { type: file.type, lastModified: file.lastModified });
}
