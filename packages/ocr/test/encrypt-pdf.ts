// A PDF under a user password, 40-bit RC4: standard security handler, revision 2 (PDF 32000-1, 7.6.3).
import { createHash } from "node:crypto";
import { rawPdf } from "./make-scan.ts";

/** Algorithm 2, step a. */
const padding = Buffer.from("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A", "hex");
const fileId = Buffer.from("0123456789abcdef");
const permissions = -44;

export function encryptedPdf(password: string): Uint8Array {
  const padded = Buffer.concat([Buffer.from(password, "latin1"), padding]).subarray(0, 32);
  const owner = rc4(md5(padded).subarray(0, 5), padded);
  const flags = Buffer.alloc(4);
  flags.writeInt32LE(permissions);
  const key = md5(Buffer.concat([padded, owner, flags, fileId])).subarray(0, 5);
  const user = rc4(key, padding);
  // Object 4: the key, three bytes of the number, two of the generation; the first ten bytes of the hash.
  const content = rc4(
    md5(Buffer.concat([key, Buffer.from([4, 0, 0, 0, 0])])).subarray(0, 10),
    Buffer.from("BT /F1 20 Tf 20 100 Td (A page that was locked away) Tj ET"),
  );
  const encryption = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${owner.toString("hex")}> /U <${user.toString("hex")}> /P ${permissions} >>`;
  return rawPdf(
    [
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
      `<< /Length ${content.length} >>\nstream\n${content.toString("latin1")}\nendstream`,
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ],
    `${encryption} /ID [<${fileId.toString("hex")}> <${fileId.toString("hex")}>]`,
  );
}

function md5(bytes: Buffer): Buffer {
  return createHash("md5").update(bytes).digest();
}

function rc4(key: Buffer, bytes: Buffer): Buffer {
  const state = Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number) => state[index & 255] ?? 0;
  const swap = (a: number, b: number) => {
    const held = at(a);
    state[a & 255] = at(b);
    state[b & 255] = held;
  };
  let j = 0;
  for (let i = 0; i < 256; i++) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let a = 0;
  let b = 0;
  return bytes.map((byte) => {
    a = (a + 1) & 255;
    b = (b + at(a)) & 255;
    swap(a, b);
    return byte ^ at(at(a) + at(b));
  }) as Buffer;
}
