// The arrows of the architecture: who may import whom.
import { type Import, packageOf, registryName, shortName } from "./imports.ts";

/** Package → packages whose code it may run. */
const allowed: Record<string, string[]> = {
  shared: [],
  storage: ["shared"],
  db: ["shared"],
  ocr: ["db", "storage", "shared"],
  api: ["ocr", "db", "storage", "shared"],
  web: ["shared"],
  client: ["shared"],
};

/** Importers that may know the types of the router, and nothing else of the server. */
const knowsRouterTypes = new Set(["web", "client"]);

/** Inside the web application, top to bottom: a folder may import those below it, and features not one another. */
const webLayers: Record<string, number> = {
  routes: 0,
  task: 1,
  auth: 1,
  admin: 1,
  settings: 1,
  ui: 2,
  api: 3,
  messages: 4,
};

/** Read the bytes of strangers. Only what runs in the sandboxed child may load them; tests build their inputs with them. */
const parsers = new Set([
  "pdf-lib",
  "sharp",
  "@img/sharp-wasm32",
  "tesseract.js",
  "tesseract.js-core",
  "@embedpdf/pdfium",
]);
/** Parts that run outside of the sandbox, and so may not reach a parser through any chain of imports. */
const outsideSandbox = [
  /^apps\/api\/src\//u,
  /^packages\/(?:db|storage|shared)\/src\//u,
  /^packages\/ocr\/src\/work\//u,
  // The parent's side of the sandbox; the other two files run in the child.
  /^packages\/ocr\/src\/sandbox\/(?!child\.ts$|preload\.ts$)/u,
];

/** One sentence for each import that points the wrong way. */
export function findWrongArrows(imports: Import[]): string[] {
  return [...imports.flatMap(wrongArrow), ...findParsersOutside(imports)];
}

function wrongArrow(each: Import): string[] {
  const home = packageOf(each.from);
  if (home === undefined || each.target === undefined) return [];
  const reached = packageOf(each.target);
  const complaint = (text: string) => [`${each.from}: imports "${each.specifier}": ${text}`];
  if (each.specifier.startsWith(".")) {
    if (reached !== home) return complaint("a relative import leaves its package; import the package by name");
    return home === "apps/web" ? wrongLayer(each, complaint) : [];
  }
  if (reached === undefined || reached === home) return complaint("a package imports its own files by relative paths");
  const [importer, imported] = [shortName(home), shortName(reached)];
  if (allowed[importer]?.includes(imported)) return [];
  if (knowsRouterTypes.has(importer) && each.specifier === "@legible/api/router") {
    return each.typeOnly ? [] : complaint("the router's types only: write `import type`");
  }
  return complaint(`${importer} may not know ${imported}`);
}

function wrongLayer(each: Import, complaint: (text: string) => string[]): string[] {
  const [from, to] = [webFolder(each.from), webFolder(each.target ?? "")];
  const [above, below] = [webLayers[from], webLayers[to]];
  if (above === undefined || below === undefined || from === to || above < below) return [];
  return complaint(above === below ? "features do not import each other" : `${from} may not know ${to}`);
}

function webFolder(path: string): string {
  return /^apps\/web\/src\/([^/]+)\//u.exec(path)?.[1] ?? "";
}

function findParsersOutside(imports: Import[]): string[] {
  const running = imports.filter((each) => !each.typeOnly);
  const byFile = Map.groupBy(running, (each) => each.from);
  const starts = [...byFile.keys()].filter((path) => outsideSandbox.some((part) => part.test(path)));
  return starts.flatMap((start) => {
    const chain = chainToParser(start, byFile);
    return chain === undefined ? [] : [`${start}: loads a parser outside of the sandbox: ${chain.join(" → ")}`];
  });
}

/** The shortest way along imports from `start` to a parser. */
function chainToParser(start: string, byFile: Map<string, Import[]>): string[] | undefined {
  const queue = [[start]];
  const seen = new Set([start]);
  for (let chain = queue.shift(); chain !== undefined; chain = queue.shift()) {
    for (const { specifier, target } of byFile.get(chain.at(-1) ?? "") ?? []) {
      if (target === undefined && parsers.has(registryName(specifier))) return [...chain.slice(1), specifier];
      if (target === undefined || seen.has(target)) continue;
      seen.add(target);
      queue.push([...chain, target]);
    }
  }
  return undefined;
}
