// Reads documents that say themselves what happens to whoever reads them: "%PDF" and then one line of JSON.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { wordPage } from "../word-page.ts";
import { planned, type StubRequest, serve } from "./serve.ts";

/** `crash once`: the next process that is given the page reads it. A number: reads it after so many ms. */
type Deed = "read" | "hang" | "crash" | "crash once" | "lie" | "hog" | number;
type Script = { plan?: Deed; pages: Deed[]; assemble?: Deed };

const hogBytes = 50_000_000;

function script(name: string): Script {
  return JSON.parse(readFileSync(name, "latin1").split("\n")[1] ?? "") as Script;
}

/**
 * What `deed` comes to when it is done to the file `name`: undefined when all goes well, otherwise a lie, or no return at all. `mark` is
 * left by a first try.
 */
async function suffer(deed: Deed | undefined, name: string, mark: string): Promise<unknown> {
  if (typeof deed === "number") await new Promise((resolve) => setTimeout(resolve, deed));
  if (deed === "lie") return { pages: "all", page: { number: "one" }, json: 7 };
  if (deed === "crash" || (deed === "crash once" && !existsSync(mark))) {
    writeFileSync(mark, "");
    process.exit(3);
  }
  if (deed === "hog") {
    const held: Buffer[] = [];
    for (;;) held.push(Buffer.alloc(hogBytes, 1));
  }
  if (deed === "hang") {
    // From now on it hears nothing: whoever wants to end it knows which process to look at.
    writeFileSync(`${name}.hanging`, String(process.pid));
    for (;;) Math.sqrt(2);
  }
  return undefined;
}

function results({ pages }: StubRequest): object {
  const trees = pages.map(({ name }) => JSON.parse(readFileSync(name, "utf8")) as object);
  const names = { json: "r.json", markdown: "r.md", pdf: "r.pdf", txt: "r.txt", hocr: "r.hocr", alto: "r.xml" };
  for (const name of Object.values(names)) writeFileSync(name, JSON.stringify({ name, pages: trees }));
  return { ...names, zip: null, confidence: 90, notes: [] };
}

async function answer(request: StubRequest): Promise<unknown> {
  if (request.kind === "warm") return {};
  if (request.kind === "assemble") {
    const name = request.files[0]?.name ?? "";
    return (await suffer(script(name).assemble, name, "assembled")) ?? results(request);
  }
  const { name } = request.file;
  const { plan, pages } = script(name);
  if (request.kind === "inspect") return (await suffer(plan, name, "planned")) ?? planned(pages.length);
  if (request.kind === "look") {
    const pixels = createHash("sha256").update(`${name} ${request.index}`).digest("hex");
    return { pixels };
  }
  const lie = await suffer(pages[request.index], name, `read-${request.index}`);
  return lie ?? { page: wordPage(request.number), languages: ["eng"], engineMs: 1 };
}

serve(({ request }) => answer(request));
