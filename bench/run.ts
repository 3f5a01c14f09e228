// `pnpm bench [name …]` runs the benches and prints their figures. They are figures, not tests: nothing here passes or fails.
import { benchLimits } from "./limits.ts";
import { benchMemory } from "./memory.ts";
import { benchOnePage } from "./one-page.ts";
import { benchScale } from "./scale.ts";
import { benchStart } from "./start.ts";
import { benchTenPages } from "./ten-pages.ts";

const benches = {
  start: benchStart,
  "one-page": benchOnePage,
  "ten-pages": benchTenPages,
  limits: benchLimits,
  memory: benchMemory,
  scale: benchScale,
};

const chosen = process.argv.slice(2);
for (const [name, bench] of Object.entries(benches)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  for await (const line of await bench()) process.stdout.write(`${line}\n`);
}
