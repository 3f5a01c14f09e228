// The server with a reader that does what each document says (packages/ocr/test/stubs/scripted.ts); everything else is as in main.ts.
import { join } from "node:path";
import { pino } from "pino";
import { readEnv } from "../../src/env.ts";
import { openInstallation } from "../../src/installation.ts";

const childEntry = join(import.meta.dirname, "../../../../packages/ocr/test/stubs/scripted.ts");
/** Enough for Node; a reader that wants more is soon at its end. */
const memoryBytes = 400_000_000;

const env = readEnv();
const log = pino({ level: env.logLevel }, pino.destination({ fd: 2, sync: true }));
const installation = await openInstallation(env, log, { childEntry, memoryBytes });
process.stdout.write(`Legible is ready at ${installation.address}\n`);
process.once("SIGTERM", () => {
  installation.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
