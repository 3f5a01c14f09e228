// Programs of the operating system that tests use: Chromium for the browser, pdftotext and qpdf to read results back with
// other people's code.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./workspace.mjs";

/** Program, and Debian's package with it. */
const tools = [
  ["chromium", "chromium"],
  ["pdftotext", "poppler-utils"],
  ["qpdf", "qpdf"],
];

/** Installs what is missing where that is possible (root on Debian), otherwise says how. Never throws. */
export async function installSystemTools() {
  const missing = tools.filter(([program]) => !isInstalled(program)).map(([, name]) => name);
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || !isInstalled("apt-get")) {
    console.log(
      `Missing for some tests: ${missing.join(", ")}. On Debian or Ubuntu install them with: sudo ${command}`,
    );
    return;
  }
  console.log(`Installing ${missing.join(", ")} …`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { quiet: true, env });
  const { ok } = await run("apt-get", command.split(" ").slice(1), { quiet: true, env });
  if (!ok) console.log(`They could not be installed; tests that need them will say so. Try: ${command}`);
}

function isInstalled(program) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, program)));
}
