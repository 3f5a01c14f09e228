// Tokens of a session. Only SHA-256 hashes of them are stored.
//
// A refresh token is `<family>.<secret>`: an old one still names its family, so its reuse can end the family. Its successors
// are derived from it and from the moment of rotation, which only the server knows: two tabs that refresh at once, or a client
// that lost the answer, are given the same successors again, and no second chain comes into being.
import { createHash, createHmac, randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";

/** 256 bits: beyond guessing, so a fast hash is enough at rest. */
const secretBytes = 32;

const familySchema = z.uuid();

/** SHA-256 of a token, hexadecimal, as the database keeps it. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Tokens of a session that begins now. */
export function newTokens(): { familyId: string; access: string; refresh: string } {
  const familyId = randomUUID();
  return {
    familyId,
    access: randomBytes(secretBytes).toString("base64url"),
    refresh: `${familyId}.${randomBytes(secretBytes).toString("base64url")}`,
  };
}

/** The successors of `refresh` when it was turned in at `rotatedAt` (ms precision): the same each time they are asked for. */
export function nextTokens(refresh: string, familyId: string, rotatedAt: Date): { access: string; refresh: string } {
  const derive = (purpose: string) =>
    createHmac("sha256", refresh).update(`${purpose} ${rotatedAt.getTime()}`).digest("base64url");
  return { access: derive("access"), refresh: `${familyId}.${derive("refresh")}` };
}

/** The family a refresh token belongs to; undefined when it is not one. */
export function familyOf(refresh: string): string | undefined {
  const family = familySchema.safeParse(refresh.slice(0, 36));
  return family.success && refresh[36] === "." ? family.data : undefined;
}
