// Where things are, and whether they are newer than what was made of them. Plain JavaScript for Node 20: this runs before
// anything is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node of the lockfile, which runs everything but these few scripts. */
export const node = join(root, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");

/** Reports and stamps of these scripts. Removing node_modules removes them. */
export const cacheFolder = join(root, "node_modules/.cache/legible");

/** The environment of every command: the lockfile's Node and tools first, nothing sent anywhere. */
export function commandEnv(extra = {}) {
  const path = [dirname(node), join(root, "node_modules/.bin"), process.env.PATH].filter(Boolean).join(delimiter);
  return { ...process.env, PATH: path, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", ...extra };
}

/**
 * Runs a command in the root folder. With `quiet` its output is kept, and shown only when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function run(command, args, { quiet = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: commandEnv(env),
      stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
      // npx is a .cmd file on Windows.
      shell: process.platform === "win32" && !command.endsWith(".exe"),
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    const finish = (ok) => {
      if (!ok && output !== "") process.stderr.write(output);
      resolve({ ok, output });
    };
    child.on("error", (error) => {
      output += `${command}: ${error.message}\n`;
      finish(false);
    });
    child.on("close", (code) => finish(code === 0));
  });
}

/** A hash over the contents of `paths` (relative to the root). */
export function hashContents(paths) {
  const hash = createHash("sha256");
  for (const path of paths)
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  return hash.digest("hex");
}

/** A hash over name, size and time of every file below `paths`: no file is read. */
export function hashStats(paths) {
  const hash = createHash("sha256");
  const visit = (path) => {
    const stats = statSync(join(root, path), { throwIfNoEntry: false });
    if (stats === undefined) return;
    if (!stats.isDirectory()) {
      hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\0`);
      return;
    }
    for (const name of readdirSync(join(root, path)).sort()) {
      if (name !== "node_modules" && name !== "dist" && name !== "generated" && name !== ".turbo")
        visit(join(path, name));
    }
  };
  for (const path of paths) visit(path);
  return hash.digest("hex");
}

/** Every package.json of the workspace, relative to the root, the root's first. */
export function manifests() {
  const folders = ["apps", "packages"].flatMap((group) =>
    readdirSync(join(root, group))
      .sort()
      .map((name) => join(group, name)),
  );
  const paths = ["package.json", ...["bench", ...folders].map((folder) => join(folder, "package.json"))];
  return paths.filter((path) => existsSync(join(root, path)));
}

/**
 * Calls `make` unless the stamp `name` says that it was made from the same `state` and `product` (a path) exists.
 * The stamp is removed first, so that a failure is made again.
 * @param {string} name
 * @param {string} state
 * @param {string} product
 * @param {() => Promise<void>} make
 */
export async function unlessFresh(name, state, product, make) {
  const stamp = join(cacheFolder, `${name}.stamp`);
  if (existsSync(join(root, product)) && existsSync(stamp) && readFileSync(stamp, "utf8") === state) return;
  rmSync(stamp, { force: true });
  await make();
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(stamp, state);
}
