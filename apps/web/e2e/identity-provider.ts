// A tenant as Microsoft Entra ID is one: OpenID Connect over HTTPS, with Entra's addresses and claims, and a page that asks who somebody is.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import Provider, { type Configuration } from "oidc-provider";
import { generate } from "selfsigned";

export const tenantId = "11111111-2222-4333-8444-555555555555";
export const clientId = "66666666-7777-4888-9999-aaaaaaaaaaaa";

/** People of the tenant by their first name: what their tokens say. */
const people: Record<string, Record<string, unknown>> = {
  grace: { oid: "aaaaaaaa-0000-4000-8000-000000000001", name: "Grace Hopper", roles: ["user"] },
  guest: { oid: "aaaaaaaa-0000-4000-8000-000000000002", name: "A guest", acct: 1 },
};

export interface IdentityProvider {
  /** As `ENTRA_AUTHORITY`: the tenant is below it. */
  cloud: string;
  /** The certificate that this machine would have to trust. */
  certificate: string;
  /** Whence people come back. Told late, since the application's port is not known before. */
  admit(redirectUri: string): void;
  stop(): Promise<void>;
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
    keySize: 2048,
    extensions: [
      { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] },
      { name: "basicConstraints", cA: true },
    ],
  });
  const folder = await mkdtemp(join(tmpdir(), "legible-idp-"));
  const certificate = join(folder, "cert.pem");
  await writeFile(certificate, cert);
  const pair = await generateKeyPair("RS256", { extractable: true });
  const signing = { ...(await exportJWK(pair.privateKey)), kid: "key-1", alg: "RS256", use: "sig" };
  const published = { ...(await exportJWK(pair.publicKey)), kid: "key-1", alg: "RS256", use: "sig" };

  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = createServer({ cert, key }, (request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cloud = `https://localhost:${(server.address() as AddressInfo).port}`;
  const base = `/${tenantId}/v2.0`;

  return {
    cloud,
    certificate,
    admit(redirectUri) {
      const provider = new Provider(`${cloud}${base}`, configuration(signing, redirectUri));
      const callback = provider.callback();
      handle = (request, response) => {
        const url = request.url ?? "/";
        if (url === `/${tenantId}/discovery/v2.0/keys`) {
          response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [published] }));
        } else if (url === "/favicon.ico") {
          response.writeHead(204).end();
        } else if (url.startsWith("/who/")) {
          answerWho(provider, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
        } else {
          // Mounted below the tenant, as the provider reads from the two addresses.
          Object.assign(request, { originalUrl: url, url: url.startsWith(base) ? url.slice(base.length) || "/" : url });
          callback(request, response);
        }
      };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The page that asks who somebody is: a link for each person, and one for nobody. */
async function answerWho(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, , uid = "", name] = (request.url ?? "").split("/");
  if (name === undefined) {
    const links = [...Object.keys(people), "nobody"].map(
      (person) => `<li><a href="/who/${uid}/${person}">${person}</a>`,
    );
    response.setHeader("content-type", "text/html").end(`<title>Who are you?</title><ul>${links.join("")}</ul>`);
    return;
  }
  const result = Object.hasOwn(people, name)
    ? { login: { accountId: name } }
    : { error: "access_denied", error_description: "The person cancelled." };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

function configuration(key: object, redirectUri: string): Configuration {
  return {
    clients: [
      {
        client_id: clientId,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ["only for tests"] },
    pkce: { required: () => true },
    // The page turns its code into a token from another origin.
    clientBasedCORS: () => true,
    conformIdTokenClaims: false,
    claims: {
      openid: ["sub", "tid", "oid", "ver", "nbf", "name", "preferred_username", "roles", "acct"],
      profile: [],
      email: [],
    },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/who/${uid}` },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        tid: tenantId,
        ver: "2.0",
        nbf: Math.floor(Date.now() / 1000) - 60,
        preferred_username: `${id}@example.org`,
        ...people[id],
      }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session?.accountId ?? "" });
      grant.addOIDCScope("openid profile email offline_access");
      await grant.save();
      return grant;
    },
  };
}
