// Whether a PNG is an animation (APNG): sharp decodes its first picture and does not tell.
import { open } from "node:fs/promises";

/** Chunks looked at before the picture; writers put a handful there. */
const maxChunks = 200;

/** True when the chunk that announces an animation stands before the picture (APNG specification, acTL). */
export async function isAnimatedPng(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(8);
    let at = 8;
    for (let count = 0; count < maxChunks; count++) {
      const { bytesRead } = await file.read(head, 0, head.length, at);
      const type = head.toString("latin1", 4);
      if (bytesRead < head.length || type === "IDAT") return false;
      if (type === "acTL") return true;
      // Length, type and checksum stand around the data.
      at += head.readUInt32BE(0) + 12;
    }
    return false;
  } finally {
    await file.close();
  }
}
