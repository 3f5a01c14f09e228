// The first bytes of a body, looked at before anything is stored, and then the whole body again from its start.
import type { IncomingMessage } from "node:http";
import { sniffBytes } from "@legible/shared/file-type";

/** `head` has `sniffBytes` bytes, or fewer when the body is shorter; `whole` yields every byte, once. */
export async function readHead(
  body: IncomingMessage,
): Promise<{ head: Uint8Array; whole: AsyncGenerator<Uint8Array, void> }> {
  // Leaving early must not destroy the request: the refusal still has to be sent over its socket.
  const chunks = body.iterator({ destroyOnReturn: false });
  const first: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < sniffBytes) {
    const next = await chunks.next();
    if (next.done === true) break;
    first.push(next.value);
    bytes += next.value.length;
  }
  async function* whole(): AsyncGenerator<Uint8Array, void> {
    yield* first;
    yield* chunks;
  }
  return { head: Buffer.concat(first).subarray(0, sniffBytes), whole: whole() };
}

/** How long the rest of a refused body is taken and thrown away, ms. Closing at once would lose the answer on its way. */
const drainMs = 5_000;

/** Lets the sender of a refused body finish, for a while, so that it reads the answer; then hangs up. */
export function drain(body: IncomingMessage): void {
  if (body.complete || body.destroyed) return;
  const timer = setTimeout(() => body.socket.destroy(), drainMs);
  body.once("close", () => clearTimeout(timer));
  body.resume();
}
