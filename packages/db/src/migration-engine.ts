// Prisma's own migration engine, as WebAssembly: the same that `prisma migrate deploy` runs, without a program to download.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import type { Pool } from "pg";

type Engine = typeof import("@prisma/schema-engine-wasm");
/** What the generated glue exports beside the engine. */
type Glue = Engine & { __wbg_set_wasm(exports: Record<string, unknown>): void };

/** The part of the standard that is used here; the types of Node leave it to those of the browser. */
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/** The glue holds one instance for the whole process: loading it again under a running engine would break that one. */
let loading: Promise<Engine> | undefined;

/** The folder with schema.prisma and migrations/. */
export const prismaFolder = join(dirname(fileURLToPath(import.meta.url)), "..", "prisma");

/**
 * Loads the engine over the connections of `pool`. `onScriptError` hears the driver's error when a migration's SQL fails;
 * the engine's own error then says less.
 */
export async function openMigrationEngine(pool: Pool, onScriptError: (error: unknown) => void): Promise<SchemaEngine> {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    // The adapter's own version cuts a script at every semicolon, also inside a function's body.
    adapter.executeScript = async (script: string) => {
      try {
        await pool.query(script);
      } catch (error) {
        onScriptError(error);
        throw error;
      }
    };
    return adapter;
  };
  const schema = await readFile(join(prismaFolder, "schema.prisma"), "utf8");
  loading ??= loadGlue();
  const { SchemaEngine: Loaded } = await loading;
  const silent = () => undefined;
  return Loaded.new({ datamodels: [["schema.prisma", schema]] }, silent, bindMigrationAwareSqlAdapterFactory(factory));
}

/** The package's entry imports the .wasm file as a module, which Node announces as experimental; so it is done by hand. */
async function loadGlue(): Promise<Engine> {
  const glueName = "@prisma/schema-engine-wasm/schema_engine_bg";
  const glueFile = createRequire(import.meta.url).resolve(glueName);
  const glue: Glue = await import(glueName);
  const code = await readFile(glueFile.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(code, { "./schema_engine_bg.js": { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start !== "function") throw new Error("The migration engine cannot be started.");
  start();
  return glue;
}
