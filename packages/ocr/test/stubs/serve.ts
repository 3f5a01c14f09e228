// The child's end of the protocol for stubs that crash, hang or lie. Stubs take the place of src/sandbox/child.ts.
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import type { ReadingReason } from "@legible/shared/reading-reason";
import { someReason } from "./requests.ts";

export const channel = new Socket({ fd: 3 });

/** Sends one line as it is. */
export function say(line: unknown): void {
  channel.write(`${typeof line === "string" ? line : JSON.stringify(line)}\n`);
}

export type StubRequest = {
  kind: string;
  firstPage: number;
  file: { name: string };
  /** Of a page: its index in the file and its number in the document. */
  index: number;
  number: number;
  /** Of an assembly: names of the uploads and of the page trees in the folder. */
  files: { name: string }[];
  pages: { name: string }[];
};
export type StubCall = { id: number; request: StubRequest };

/** Answers each call with what `handle` returns; undefined sends nothing. What it throws ends the process as an uncaught error. */
export function serve(handle: (call: StubCall) => unknown): void {
  channel.on("end", () => process.exit(0));
  createInterface({ input: channel }).on("line", (line) => {
    const call = JSON.parse(line) as StubCall;
    const run = async () => {
      const answer = await handle(call);
      if (answer !== undefined) say({ id: call.id, answer, rss: process.memoryUsage.rss() });
    };
    run().catch((error: unknown) => {
      process.nextTick(() => {
        throw error;
      });
    });
  });
  say({ ready: true });
}

/** An answer to "inspect": so many pages are to be recognised, for `reason`. */
export function planned(count: number, reason: ReadingReason = someReason): unknown {
  return { pages: Array.from({ length: count }, (_, index) => ({ index, decision: "ocr", reason })) };
}
