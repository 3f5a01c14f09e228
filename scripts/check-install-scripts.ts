// A package that wants to run a script while it is installed is the usual way in for a worm. pnpm runs only those on the
// list in pnpm-workspace.yaml; this check makes a new wish visible, so that somebody decides.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const lifecycle = ["preinstall", "install", "postinstall"];

/** One sentence for each installed package of the lockfile that has an install script and is on neither list. */
export function checkInstallScripts(root: string): string[] {
  const settings = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
  const known = new Set([
    ...listUnder(settings, "onlyBuiltDependencies"),
    ...listUnder(settings, "ignoredBuiltDependencies"),
  ]);
  const locked = lockedPackages(readFileSync(join(root, "pnpm-lock.yaml"), "utf8"));
  const complaints = new Set<string>();
  for (const folder of installedPackages(join(root, "node_modules/.pnpm"))) {
    const { name, version, scripts = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    // npm builds a package with a binding.gyp without being told to.
    const wishes = lifecycle.filter((script) => script in scripts);
    if (wishes.length === 0 && existsSync(join(folder, "binding.gyp"))) wishes.push("binding.gyp");
    if (wishes.length === 0 || known.has(name) || !locked.has(`${name}@${version}`)) continue;
    complaints.add(
      `${name}@${version}: wants to run ${wishes.join(", ")}: add it to onlyBuiltDependencies or ignoredBuiltDependencies`,
    );
  }
  return [...complaints].sort();
}

/** The items of a YAML list at the top level of `text`. */
function listUnder(text: string, key: string): string[] {
  const block = new RegExp(`^${key}:\\n((?:[ \\t]+-.*\\n?|\\s*#.*\\n?)*)`, "mu").exec(text)?.[1] ?? "";
  return [...block.matchAll(/^\s+-\s+["']?([^"'\s#]+)/gmu)].map((match) => match[1] ?? "");
}

/** `name@version` of every entry under `packages:` in the lockfile. */
function lockedPackages(lockfile: string): Set<string> {
  const section = lockfile.split(/^packages:$/mu)[1]?.split(/^\S/mu)[0] ?? "";
  return new Set([...section.matchAll(/^ {2}'?(@?[^@'\s]+@[^:'(\s]+)/gmu)].map((match) => match[1] ?? ""));
}

/** The folder of each package in pnpm's store: `<store>/<name@version>/node_modules/<name>`. */
function installedPackages(store: string): string[] {
  return readdirSync(store).flatMap((entry) => {
    const modules = join(store, entry, "node_modules");
    if (!existsSync(modules)) return [];
    return readdirSync(modules, { withFileTypes: true }).flatMap((child) => {
      // Links lead to other entries, which are visited by themselves.
      if (!child.isDirectory()) return [];
      const names = child.name.startsWith("@") ? readdirSync(join(modules, child.name)) : [""];
      return names
        .map((name) => join(modules, child.name, name))
        .filter((folder) => existsSync(join(folder, "package.json")));
    });
  });
}

if (import.meta.main) {
  const complaints = checkInstallScripts(join(import.meta.dirname, ".."));
  for (const complaint of complaints) console.log(complaint);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
