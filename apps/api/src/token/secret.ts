// The text of an API token: `legible_<prefix>_<secret>`. The prefix is shown in lists, so that its owner knows it again; of the whole
// only a hash is kept. A fixed beginning lets scanners of repositories find one that was committed.
import { randomBytes } from "node:crypto";

const prefixBytes = 4;
/** 256 bits: beyond guessing, so a fast hash is enough at rest. */
const secretBytes = 32;

export function newSecret(): { prefix: string; token: string } {
  const prefix = `legible_${randomBytes(prefixBytes).toString("hex")}`;
  return { prefix, token: `${prefix}_${randomBytes(secretBytes).toString("base64url")}` };
}
