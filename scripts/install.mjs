// Brings node_modules and the generated database client up to date. Needs Node 20 and npm; costs a few milliseconds when
// nothing changed.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashContents, hashStats, manifests, node, root, run, unlessFresh } from "./workspace.mjs";

/** Installs when the lockfile or a package.json changed, generates when the schema did. Throws an Error with one sentence. */
export async function install() {
  const manifest = hashContents(["pnpm-lock.yaml", "pnpm-workspace.yaml", ...manifests()]);
  // Another operating system or processor on the same folder needs other binaries.
  const state = `${manifest} ${process.platform} ${process.arch}`;
  await unlessFresh("install", state, "node_modules/node/package.json", async () => {
    const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    console.log("Installing packages …");
    // CI=true: pnpm asks no question when it must remove a node_modules that another version made.
    const { ok } = await run("npx", ["-y", packageManager, "install", "--frozen-lockfile"], {
      quiet: true,
      env: { CI: "true", npm_config_loglevel: "error" },
    });
    if (!ok) throw new Error("Installing the packages failed; the reason is above.");
    if (!existsSync(node)) throw new Error(`The packages are installed, but Node is missing at ${node}.`);
  });
  await unlessFresh("generate", `${state} ${hashStats(generateSources)}`, "packages/db/src/generated", async () => {
    console.log("Generating the database client …");
    const { ok } = await run(node, ["packages/db/scripts/generate.ts"], { quiet: true });
    if (!ok) throw new Error("Generating the database client failed; the reason is above.");
  });
}

/** What the generated client is made from. */
const generateSources = ["packages/db/prisma/schema.prisma", "packages/db/scripts/generate.ts"];
