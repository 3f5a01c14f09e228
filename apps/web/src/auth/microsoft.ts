// Sign-in with Microsoft Entra ID: to its page and back by redirect, with PKCE. A module of its own, fetched when somebody uses it: it is
// as large as all the rest of the sign-in page.
import { AuthError, ProtocolMode, PublicClientApplication } from "@azure/msal-browser";
import { MicrosoftCancelled } from "./microsoft-cancelled.ts";

/** As `auth.providers` tells. */
export interface Entra {
  clientId: string;
  /** The tenant at its cloud, without a slash at the end. */
  authority: string;
}

/** Clouds whose addresses the library knows. Any other speaks plain OpenID Connect, its configuration below /v2.0. */
const clouds = new Set(["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"]);

async function open({ clientId, authority }: Entra): Promise<{ app: PublicClientApplication; ofMicrosoft: boolean }> {
  const { hostname, host } = new URL(authority);
  const ofMicrosoft = clouds.has(hostname);
  const app = new PublicClientApplication({
    auth: {
      clientId,
      authority: ofMicrosoft ? authority : `${authority}/v2.0`,
      knownAuthorities: ofMicrosoft ? [] : [host],
      redirectUri: `${window.location.origin}/sign-in`,
    },
    // State and verifier must outlive the way there and back. Tokens are removed as soon as our server has its own session.
    cache: { cacheLocation: "sessionStorage" },
    system: {
      protocolMode: ofMicrosoft ? ProtocolMode.AAD : ProtocolMode.OIDC,
      loggerOptions: { loggerCallback: () => undefined, piiLoggingEnabled: false },
    },
  });
  await app.initialize();
  return { app, ofMicrosoft };
}

/** Leaves for Microsoft's page; `next` is where the person wanted to go. */
export async function goToMicrosoft(entra: Entra, next: string): Promise<void> {
  const { app, ofMicrosoft } = await open(entra);
  // Forgets a sign-in that was left half-way with the Back button; it would forbid a second one.
  await app.handleRedirectPromise({ navigateToLoginRequestUrl: false });
  await app.loginRedirect({
    scopes: ["openid", "profile", "email"],
    state: next,
    // Somebody who just signed out must be able to come back as somebody else.
    ...(ofMicrosoft ? { prompt: "select_account" } : {}),
  });
}

/** What Microsoft's page sent back with `answer`, the fragment of the address. @throws MicrosoftCancelled */
export async function comeBack(entra: Entra, answer: string): Promise<{ idToken: string; next: string }> {
  const { app } = await open(entra);
  try {
    const result = await app.handleRedirectPromise({ hash: answer, navigateToLoginRequestUrl: false });
    if (result === null) throw new Error("Nothing was asked of Microsoft from this tab.");
    return { idToken: result.idToken, next: result.state ?? "/" };
  } catch (error) {
    if (error instanceof AuthError && error.errorCode === "access_denied") throw new MicrosoftCancelled();
    throw error;
  } finally {
    await app.clearCache();
  }
}
