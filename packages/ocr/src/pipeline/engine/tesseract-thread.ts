// The worker thread of tesseract.js, with our own ways to its core and its language data: tesseract.js would look for them on the
// network, and answers some failures twice, which kills its process.
import { createRequire } from "node:module";
import { basename, dirname } from "node:path";
import { parentPort } from "node:worker_threads";
import { readLanguage } from "../language-files.ts";
import { type Api, type Core, resultWords } from "./result-words.ts";
import { noLanguagesDir } from "./thread-path.ts";

type Packet = { jobId: string; action: string };
type Answer = Packet & { status: "resolve" | "reject" | "progress" };
type Respond = { progress(news: { progress: number }): void };
type WorkerScript = {
  dispatchHandlers(packet: Packet, send: (answer: Answer) => void): void;
  setAdapter(adapter: {
    getCore(oem: unknown, corePath: unknown, respond: Respond): Promise<unknown>;
    gunzip(data: Uint8Array): Uint8Array;
    fetch(): never;
    readCache(path: string): Promise<Uint8Array>;
    writeCache(): never;
    deleteCache(): never;
    checkCache(): boolean;
  }): void;
};

/** tesseract.js `OEM.LSTM_ONLY`: picks the smaller core without the legacy recogniser. */
const lstmOnly = 1;

const require = createRequire(import.meta.url);
// The words are taken out in a cheaper way; the script finds it in the place of its own.
const dumpPath = require.resolve("tesseract.js/src/worker-script/utils/dump.js");
require(dumpPath);
const dump = require.cache[dumpPath];
if (dump !== undefined) dump.exports = (core: Core, api: Api) => ({ blocks: resultWords(core, api) });
const script = require("tesseract.js/src/worker-script/index.js") as WorkerScript;
const getCore = require("tesseract.js/src/worker-script/node/getCore.js") as (
  oem: number,
  corePath: undefined,
  respond: Respond,
) => Promise<unknown>;

function never(): never {
  throw new Error("The engine neither fetches nor caches.");
}

script.setAdapter({
  getCore: (_oem, _corePath, respond) => getCore(lstmOnly, undefined, respond),
  gunzip: (data) => data,
  fetch: never,
  // Called with `<langPath>/<language>.traineddata`.
  readCache: (path) => {
    const folder = dirname(path);
    return readLanguage(basename(path, ".traineddata"), folder === noLanguagesDir ? undefined : folder);
  },
  writeCache: never,
  deleteCache: never,
  checkCache: () => false,
});

parentPort?.on("message", (packet: Packet) => {
  let settled = false;
  script.dispatchHandlers(packet, (answer) => {
    if (settled) return;
    settled = answer.status !== "progress";
    parentPort?.postMessage(answer);
  });
});
