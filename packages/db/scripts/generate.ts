// Writes the typed Prisma client to src/generated. Works without a network: nothing is downloaded.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageFolder = join(dirname(fileURLToPath(import.meta.url)), "..");
const schemaFile = join(packageFolder, "prisma", "schema.prisma");
const generatedFolder = join(packageFolder, "src", "generated");
const stampFile = join(generatedFolder, ".schema-hash");
const prismaPackageFile = createRequire(import.meta.url).resolve("prisma/package.json");

const stamp = createHash("sha256")
  .update(readFileSync(schemaFile))
  .update(readFileSync(prismaPackageFile))
  .digest("hex");
const isFresh =
  existsSync(join(generatedFolder, "client.ts")) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;

if (!isFresh) {
  const result = spawnSync(
    process.execPath,
    [join(dirname(prismaPackageFile), "build", "index.js"), "generate", "--schema", schemaFile],
    {
      cwd: packageFolder,
      stdio: ["ignore", "pipe", "pipe"],
      encoding: "utf8",
      env: {
        ...process.env,
        // The command line would download a schema engine that generating never runs; any existing file satisfies it.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    },
  );
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}\n${result.stderr}\nprisma generate failed.\n`);
    process.exit(1);
  }
  writeFileSync(stampFile, stamp);
}
