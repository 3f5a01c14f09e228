// `npm start`: installs and builds what is missing or old, then runs the server with the lockfile's Node. Settings are read
// by the server from the environment (.env.example lists them).
//
// package.json runs this by `exec`, with the Node that runs npm: then no shell stands between npm and this process, and a
// signal to npm arrives here. (`node` would find the shell script in node_modules/.bin, which passes nothing on.)
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { buildWeb } from "./build-web.mjs";
import { install } from "./install.mjs";
import { commandEnv, node, root } from "./workspace.mjs";

/** How often to look whether npm still lives, ms: a server whose npm was killed should not hold the port for long. */
const parentCheckMs = 500;

const parent = process.ppid;

try {
  await install();
  await buildWeb();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

const server = spawn(node, [join(root, "apps/api/src/main.ts")], {
  // A relative DATA_DIR means the same folder wherever npm was called from.
  cwd: root,
  stdio: "inherit",
  // Stripped and compiled modules are kept: about a third of the time to load them.
  env: commandEnv({ NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, "node_modules/.cache/node") }),
});

// A terminal sends Ctrl-C to the server as well, npm sends its own copy here: the server hears one SIGTERM from us.
let stopping = false;
function stop() {
  if (!stopping) server.kill("SIGTERM");
  stopping = true;
}
process.on("SIGTERM", stop).on("SIGINT", stop).on("SIGHUP", stop);
// Without npm the parent is a shell or a service manager, which may well go and leave the server running.
if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, parentCheckMs).unref();
}

server.on("error", (error) => {
  console.error(`The server could not be started: ${error.message}`);
  process.exit(1);
});
// 128 + n is what a shell answers for a command that signal n ended.
server.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? "SIGKILL"]));
