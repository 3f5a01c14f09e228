// HTTP as bytes: what no client library would send.
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export type RawAnswer = {
  /** 0 when the connection ended without an answer. */
  status: number;
  headers: Record<string, string>;
  body: string;
  /** Everything that came, for looking at more than one answer. */
  text: string;
};

/** Sends `pieces` one after the other (a number is a wait, ms) and waits until the server ends the connection. */
export async function sendRaw(origin: string, ...pieces: (string | number)[]): Promise<RawAnswer> {
  const text = await new Promise<string>((resolve) => {
    let received = "";
    const socket = connect(Number(new URL(origin).port), "127.0.0.1").setEncoding("latin1");
    socket.on("data", (text) => {
      received += text;
    });
    // A server that hangs up while bytes are still on their way resets the connection: also an end.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve(received));
    void (async () => {
      for (const piece of pieces) {
        if (typeof piece === "number") await delay(piece);
        else if (!socket.destroyed) socket.write(piece, "latin1");
      }
    })();
  });
  return parseAnswer(text);
}

/** The first answer in what a server sent. */
export function parseAnswer(text: string): RawAnswer {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line) => {
    const at = line.indexOf(":");
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  const status = Number(/^HTTP\/1\.1 (\d{3}) /u.exec(first)?.[1] ?? 0);
  return { status, headers: Object.fromEntries(headers), body: rest.join("\r\n\r\n"), text };
}
