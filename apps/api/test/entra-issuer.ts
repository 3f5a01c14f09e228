// A tenant that signs tokens as Microsoft Entra does, with its keys behind an address of this machine.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

export const tenantId = "11111111-2222-4333-8444-555555555555";
export const clientId = "66666666-7777-4888-9999-aaaaaaaaaaaa";

export type Issuer = {
  cloud: string;
  /** A token of the person `oid`; `over` changes claims, undefined takes one away. */
  sign(over?: Record<string, unknown>, how?: { kid?: string; key?: CryptoKey }): Promise<string>;
  /** Makes and publishes another key, and withdraws the one before. */
  rotate(): Promise<void>;
  /** How often the keys were asked for. */
  asked(): number;
  /** What the address answers instead of the keys. */
  answer(status: number | undefined): void;
  publicKey(): Promise<object>;
  close(): void;
};

export async function openIssuer(): Promise<Issuer> {
  let number = 0;
  let pair = await generateKeyPair("RS256", { extractable: true });
  let kid = `key-${number}`;
  let asked = 0;
  let status: number | undefined;
  const publicKey = async () => ({ ...(await exportJWK(pair.publicKey)), kid, alg: "RS256", use: "sig" });
  const server = createServer((_request, response) => {
    asked++;
    if (status !== undefined) {
      response.writeHead(status).end();
      return;
    }
    void publicKey().then((key) =>
      response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [key] })),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cloud = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    cloud,
    asked: () => asked,
    answer: (next) => {
      status = next;
    },
    publicKey,
    async rotate() {
      pair = await generateKeyPair("RS256", { extractable: true });
      kid = `key-${++number}`;
    },
    async sign(over = {}, how = {}) {
      const now = Math.floor(Date.now() / 1000);
      const claims: Record<string, unknown> = {
        iss: `${cloud}/${tenantId}/v2.0`,
        aud: clientId,
        tid: tenantId,
        oid: crypto.randomUUID(),
        ver: "2.0",
        iat: now,
        nbf: now,
        exp: now + 3600,
        name: "Ada Lovelace",
        preferred_username: "ada@example.org",
        uti: crypto.randomUUID(),
        ...over,
      };
      const payload = Object.fromEntries(
        Object.entries(claims).filter(([, value]) => value !== undefined),
      ) as JWTPayload;
      return new SignJWT(payload)
        .setProtectedHeader({ alg: "RS256", kid: how.kid ?? kid })
        .sign(how.key ?? pair.privateKey);
    },
    close: () => server.close(),
  };
}

/** Who an application is in the tenant, and what it is known by elsewhere. */
export const someApp = () => ({ oid: crypto.randomUUID(), azp: crypto.randomUUID() });

/** Claims with which the client credentials flow answers, over those of a person. */
export function appClaims({ oid, azp }: { oid: string; azp: string }, roles?: readonly string[]) {
  const nobody = { name: undefined, preferred_username: undefined };
  return { ...nobody, oid, sub: oid, azp, azpacr: "1", roles };
}
