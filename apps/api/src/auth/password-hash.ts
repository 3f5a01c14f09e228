// Passwords at rest: scrypt (RFC 7914), with its parameters in the stored string so that they can be raised later.
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

/** OWASP Password Storage: N = 2^15, r = 8, p = 3 uses 32 MiB and resists as 2^17 with p = 1 does with 128. */
const parameters = { N: 2 ** 15, r: 8, p: 3 };
const saltBytes = 16;
const keyBytes = 32;
/** scrypt needs 128 · N · r bytes; the rest is headroom that OpenSSL counts in. */
const memoryBytes = (N: number, r: number) => 128 * N * r + 16 * 1024 * 1024;

/** `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const { N, r, p } = parameters;
  const salt = randomBytes(saltBytes);
  const key = await derive(password, salt, { N, r, p });
  return ["scrypt", N, r, p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** True when `password` belongs to `stored`. Without `stored` it takes as long and is false: unknown addresses do not answer faster. */
export async function verifyPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const [kind, N, r, p, salt, key] = (stored ?? "").split("$");
  if (kind !== "scrypt" || salt === undefined || key === undefined) {
    await derive(password, randomBytes(saltBytes), parameters);
    return false;
  }
  const expected = Buffer.from(key, "base64url");
  const actual = await derive(password, Buffer.from(salt, "base64url"), { N: Number(N), r: Number(r), p: Number(p) });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive(password: string, salt: Buffer, options: { N: number; r: number; p: number }): Promise<Buffer> {
  const limits: ScryptOptions = { ...options, maxmem: memoryBytes(options.N, options.r) };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, keyBytes, limits, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
