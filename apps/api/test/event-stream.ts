// Reads event streams as a browser does.
import { expect } from "vitest";
import type { Person } from "./api.ts";

type Event = { event: string; id?: string; data: unknown };

/** An open stream; `next` gives the next event that is no ping. */
export async function open(who: Pick<Person, "fetch">, procedure: string, input: object) {
  const abort = new AbortController();
  const response = await who.fetch(`/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`, {
    headers: { accept: "text/event-stream" },
    signal: abort.signal,
  });
  const events = parse(response);
  const next = async (): Promise<Event | undefined> => {
    const { value, done } = await events.next();
    return done === true ? undefined : value;
  };
  expect(await next()).toMatchObject({ event: "connected" });
  return { response, next, close: () => abort.abort() };
}

async function* parse(response: Response): AsyncGenerator<Event, void> {
  let text = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks.map((part) => part.trim()).filter((part) => part !== "")) {
      const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/su)));
      const event: Event = {
        event: fields.event ?? "message",
        data: fields.data ? JSON.parse(fields.data) : undefined,
      };
      if (fields.id !== undefined) event.id = fields.id;
      if (event.event !== "ping") yield event;
    }
  }
}
