// Lines of JSON over a pipe to the sandboxed process. The other side may lie: lines are capped and checked before they are believed.
import type { Duplex } from "node:stream";
import { type Reply, replySchema } from "./protocol.ts";

/** Longest line believed, bytes. The word tree of a dense A2 page is about 4 MB. */
const lineBytes = 32 * 1024 * 1024;

/**
 * Calls `onReply` for each well-formed line, and `onNonsense` once for anything else, after which nothing more is read.
 */
export function readReplies(channel: Duplex, onReply: (reply: Reply) => void, onNonsense: () => void): void {
  let parts: Buffer[] = [];
  let held = 0;
  let done = false;
  const stop = () => {
    done = true;
    parts = [];
    onNonsense();
  };
  channel.on("data", (chunk: Buffer) => {
    let rest = chunk;
    while (!done && rest.length > 0) {
      const end = rest.indexOf(10);
      const piece = end === -1 ? rest : rest.subarray(0, end);
      parts.push(piece);
      held += piece.length;
      if (held > lineBytes) return stop();
      if (end === -1) return;
      const reply = parseReply(Buffer.concat(parts));
      parts = [];
      held = 0;
      rest = rest.subarray(end + 1);
      if (reply === undefined) return stop();
      onReply(reply);
    }
  });
}

function parseReply(line: Buffer): Reply | undefined {
  try {
    return replySchema.parse(JSON.parse(line.toString("utf8")));
  } catch {
    return undefined;
  }
}
