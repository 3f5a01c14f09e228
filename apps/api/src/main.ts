// The process: settings, start, signals, end. One line on standard output when it is ready; the log goes to standard error.
import { pino } from "pino";
import { type Env, readEnv, StartError } from "./env.ts";
import { logError } from "./log-error.ts";

/** sysexits.h: EX_CONFIG. */
const configurationExit = 78;
/** An orderly stop takes no longer than this, ms: supervisors kill after 30 s, some after 20. */
const stopMs = 19_000;
/** A second signal ends the process at once. One that comes sooner is the same wish again: Ctrl-C reaches npm and us, npm passes it on. */
const impatientMs = 1_000;

function settings(): Readonly<Env> {
  try {
    return readEnv();
  } catch (error) {
    return giveUp(error, configurationExit);
  }
}

function giveUp(error: unknown, code: number): never {
  process.stderr.write(`Legible cannot start: ${startSentence(error)}\n`);
  process.exit(code);
}

function startSentence(error: unknown): string {
  if (!(error instanceof Error)) return "an unknown error.";
  if (error instanceof StartError || error.name === "DatabaseStartError") return error.message;
  const code = "code" in error ? String(error.code) : "";
  const { host, port, dataDir } = env;
  if (code === "EADDRINUSE") return `port ${port} on ${host} is in use by another program. Set PORT to another one.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") return `HOST is ${host}, which is no address of this machine.`;
  if (code === "EACCES" && "syscall" in error && error.syscall === "listen") {
    return `port ${port} needs more rights than this account has. Set PORT to one above 1023.`;
  }
  if (["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "ENOSPC"].includes(code)) {
    return `DATA_DIR is ${dataDir}, which cannot be used (${code}).`;
  }
  log.fatal({ name: error.name, code, stack: error.stack }, "Start failed.");
  return "an unexpected error; the log above has the details.";
}

const env = settings();
const log = pino({ level: env.logLevel }, pino.destination({ fd: 2, sync: true }));

// A stream that fails in the moment its client goes has nobody left to tell: no reason to end everybody else's requests.
process.on("unhandledRejection", (reason) => logError(log, reason, { place: "unhandled rejection" }));
process.on("uncaughtException", (error) => {
  log.fatal({ name: error.name, message: error.message, stack: error.stack }, "Uncaught exception.");
  process.exit(1);
});

let stopAsked: (signal: NodeJS.Signals) => void;
const asked = new Promise<NodeJS.Signals>((resolve) => {
  stopAsked = resolve;
});
let firstSignalAt: number | undefined;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    firstSignalAt ??= performance.now();
    if (performance.now() - firstSignalAt > impatientMs) process.exit(1);
    stopAsked(signal);
  });
}

// The settings are checked before the rest is loaded: a wrong one is told at once.
const { openInstallation } = await import("./installation.ts");
const installation = await openInstallation(env, log).catch((error: unknown) => giveUp(error, 1));
process.stdout.write(`Legible is ready at ${installation.address}\n`);

const signal = await asked;
log.info({ signal }, "Stopping.");
const late = setTimeout(() => {
  log.error({}, "The stop took too long; what is left is cut off.");
  process.exit(1);
}, stopMs);
await installation.stop();
clearTimeout(late);
process.exit(0);
