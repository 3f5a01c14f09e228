import { expect, test } from "vitest";
import { checkShape } from "../check-shape.ts";
import { seededFolder } from "./seeded-folder.ts";

/** What the check says about a project with `files` beside a few that are well. */
function complaints(files: Record<string, string>): string[] {
  return checkShape(
    seededFolder({
      "README.md": "See `packages/shared/src/ids.ts`.\n",
      "packages/shared/src/ids.ts": "export const id = 1;\n",
      "packages/db/src/rows.ts": 'import { id } from "@legible/shared/ids";\nexport const row = id;\n',
      "packages/ocr/src/pipeline/read.ts": 'import sharp from "sharp";\nexport const read = sharp;\n',
      "packages/ocr/src/work/job.ts": 'import { row } from "@legible/db/rows";\nexport const job = row;\n',
      "apps/api/src/router.ts": 'import { job } from "@legible/ocr/work/job";\nexport const router = job;\n',
      "apps/api/src/env.ts": "export const env = process.env.PORT;\n",
      "apps/web/src/trpc.ts":
        'import type { router } from "@legible/api/router";\nexport type Router = typeof router;\n',
      "apps/web/src/routes/home.tsx": 'import "../task/list.tsx";\n',
      "apps/web/src/task/list.tsx": 'import "../ui/card.tsx";\nimport "../trpc.ts";\n',
      "apps/web/src/ui/card.tsx": "export const card = 1;\n",
      "apps/web/src/auth/form.tsx": "export const form = 1;\n",
      ...files,
    }),
  );
}

test("finds nothing in a project that is in shape", () => {
  expect(complaints({})).toEqual([]);
});

test.each([
  ["shared → db", "packages/shared/src/a.ts", 'import { row } from "@legible/db/rows";', "shared may not know db"],
  ["storage → db", "packages/storage/src/a.ts", 'export { row } from "@legible/db/rows";', "storage may not know db"],
  [
    "db → ocr, types too",
    "packages/db/src/a.ts",
    'import type { job } from "@legible/ocr/work/job";',
    "db may not know ocr",
  ],
  ["ocr → api", "packages/ocr/src/a.ts", 'import { router } from "@legible/api/router";', "ocr may not know api"],
  ["web → db", "apps/web/src/a.ts", 'import { row } from "@legible/db/rows";', "web may not know db"],
  ["web → router's code", "apps/web/src/a.ts", 'import { router } from "@legible/api/router";', "import type"],
  ["web → dynamic", "apps/web/src/a.ts", 'const a = () => import("@legible/db/rows");', "web may not know db"],
  ["over several lines", "apps/web/src/a.ts", 'import {\n  row,\n} from "@legible/db/rows";', "web may not know db"],
  ["feature → feature", "apps/web/src/task/a.tsx", 'import "../auth/form.tsx";', "features do not import each other"],
  ["feature → routes", "apps/web/src/task/a.tsx", 'import "../routes/home.tsx";', "task may not know routes"],
  ["ui → feature", "apps/web/src/ui/a.tsx", 'import "../task/list.tsx";', "ui may not know task"],
  ["api → ui", "apps/web/src/api/a.tsx", 'import "../ui/card.tsx";', "api may not know ui"],
  ["out of a package", "packages/db/src/a.ts", 'import { id } from "../../shared/src/ids.ts";', "leaves its package"],
  ["out to the root", "packages/db/src/a.ts", 'import "../../../scripts/x.ts";', "leaves its package"],
  ["itself by name", "packages/db/src/a.ts", 'import { row } from "@legible/db/rows";', "relative paths"],
])("finds an import that points the wrong way: %s", (_, path, text, complaint) => {
  expect(complaints({ [path]: `${text}\n` })).toEqual([expect.stringContaining(complaint)]);
});

test.each([
  ["directly in the server", "apps/api/src/a.ts", 'import sharp from "sharp";'],
  ["directly in a job", "packages/ocr/src/work/a.ts", 'import { PDFDocument } from "pdf-lib";'],
  ["by a part of a package", "apps/api/src/a.ts", 'import x from "tesseract.js/src/index.js";'],
  ["through a stage", "packages/ocr/src/work/a.ts", 'import { read } from "../pipeline/read.ts";'],
  ["through two packages", "apps/api/src/a.ts", 'import { read } from "@legible/ocr/pipeline/read";'],
  ["in the sandbox's parent", "packages/ocr/src/sandbox/spawn.ts", 'import { read } from "../pipeline/read.ts";'],
  ["at run time", "packages/ocr/src/sandbox/pool.ts", 'await import("@embedpdf/pdfium");'],
])("finds a parser loaded outside of the sandbox: %s", (_, path, text) => {
  expect(complaints({ [path]: `${text}\n` })).toEqual([expect.stringContaining(`${path}: loads a parser`)]);
});

test("allows parsers in the child and in tests, and their types everywhere", () => {
  const files = {
    "packages/ocr/src/work/a.ts": 'import type { Sharp } from "sharp";\nexport type A = Sharp;\n',
    "packages/ocr/src/sandbox/child.ts": 'import { read } from "../pipeline/read.ts";\nread();\n',
    "apps/api/test/pdf.ts": 'import { PDFDocument } from "pdf-lib";\nexport const pdf = PDFDocument;\n',
  };
  expect(complaints(files)).toEqual([]);
});

test.each(["ts", "tsx", "mjs", "css"])(
  "finds a .%s file of more than 300 lines, and accepts one of 300",
  (extension) => {
    const path = `packages/shared/src/long.${extension}`;
    expect(complaints({ [path]: "//\n".repeat(300) })).toEqual([]);
    expect(complaints({ [path]: "//\n".repeat(301) })).toEqual([expect.stringContaining("301 lines")]);
  },
);

test.each([
  "packages/db/src/utils.ts",
  "packages/db/src/helpers/row.ts",
  "apps/web/src/common/a.tsx",
  "apps/web/src/lib/a.ts",
  "packages/db/test/helper.ts",
  "packages/db/src/util.test.ts",
])("finds the empty name of %s", (path) => {
  expect(complaints({ [path]: "export {};\n" })).toEqual([expect.stringContaining("name it after its subject")]);
});

test.each(["process.env.PORT", 'process["env"]', "const { env } = process, x = process.env"])(
  "finds %s outside of env.ts",
  (text) => {
    expect(complaints({ "packages/db/src/a.ts": `${text};\n` })).toEqual([expect.stringContaining("environment")]);
    expect(complaints({ "packages/db/test/a.test.ts": `${text};\n`, "apps/web/vite.config.ts": `${text};\n` })).toEqual(
      [],
    );
  },
);

test.each(["tx.$queryRawUnsafe(text)", "tx.$executeRawUnsafe(text)", "Prisma.raw(text)", "sql.raw(text)"])(
  "finds %s, which takes text for SQL",
  (text) => {
    expect(complaints({ "apps/api/src/a.ts": `${text};\n` })).toEqual([expect.stringContaining("parameters")]);
    expect(complaints({ "packages/db/test/a.test.ts": `${text};\n` })).toEqual([]);
  },
);

test("finds the environment imported by name", () => {
  const text = 'import { argv, env } from "node:process";\n';
  expect(complaints({ "apps/api/src/a.ts": text })).toEqual([expect.stringContaining("environment")]);
});

test.each([
  ["README.md", "Read `packages/gone/src/a.ts`."],
  ["README.md", "Read `ARCHITECTURE.md`."],
  ["README.md", "Read [this](docs/gone.md)."],
  ["SECURITY.md", "The folder `apps/gone` holds it."],
  ["docs/decisions/0001-x.md", "See [next](0002-y.md#there)."],
  ["docs/decisions/0001-x.md", "Line `packages/shared/src/gone.ts:12`."],
])("finds a path that %s names and that does not exist: %s", (path, text) => {
  expect(complaints({ [path]: `${text}\n` })).toEqual([expect.stringContaining("does not exist")]);
});

test("leaves alone what is no path of the project", () => {
  const text =
    "`application/json` `result.json` `packages/*/test` `apps/web/dist` `/health/live` [x](https://example.org/y)";
  expect(complaints({ "README.md": `${text}\n` })).toEqual([]);
});

test("judges nothing that tools made", () => {
  const text = 'import sharp from "sharp";\n'.repeat(400);
  expect(complaints({ "apps/api/dist/utils.ts": text, "apps/api/node_modules/x/lib.ts": text })).toEqual([]);
});
