// Builds the web application into apps/web/dist when one of its sources is newer.
import { join } from "node:path";
import { hashContents, hashStats, node, root, run, unlessFresh } from "./workspace.mjs";

/** Turbo caches the build by contents; the stamp before it spares even asking. Throws an Error with one sentence. */
export async function buildWeb() {
  const sources = ["index.html", "public", "src", "vite.config.ts", "tsconfig.json"].map((name) => `apps/web/${name}`);
  const state = hashContents(["pnpm-lock.yaml"]) + hashStats([...sources, "packages/shared/src"]);
  await unlessFresh("web", state, "apps/web/dist/index.html", async () => {
    console.log("Building the web application …");
    const turbo = join(root, "node_modules/turbo/bin/turbo");
    const { ok } = await run(node, [turbo, "run", "build", "--output-logs=errors-only"], { quiet: true });
    if (!ok) throw new Error("Building the web application failed; the reason is above.");
  });
}
