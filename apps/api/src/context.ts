// What a procedure knows of the request it serves, whichever door it came in by (tRPC or REST).
import type { ApiTokenScope, Role } from "@legible/shared/session";
import type { Deps } from "./deps.ts";

export type RequestFacts = {
  id: string;
  address: string;
  userAgent: string | undefined;
};

/** A person as in the database now. */
type Person = { userId: number; email: string; displayName: string; role: Role };
/** Somebody at the page. */
export type BrowserSession = Person & { via: "session"; id: number; familyId: string; mustChangePassword: boolean };
/** A program that speaks for a person, and may do what its token names. */
export type TokenSession = Person & { via: "token"; id: number; scopes: readonly ApiTokenScope[] };
/** Another application of the organisation, known by a token of Microsoft Entra: a person of its own that may do what its roles name. */
export type AppSession = Person & { via: "app"; appId: string; scopes: readonly ApiTokenScope[]; expiresAt: Date };
/** Who is calling, and by what: `id` is that of the session or of the token. */
export type Session = BrowserSession | TokenSession | AppSession;

/** The two tokens of a session, as issued: the only moment they exist in the clear on the server. */
export type SessionTokens = { access: string; refresh: string; absoluteExpiresAt: Date };

export type SessionCookies = {
  access: string | undefined;
  refresh: string | undefined;
  set(tokens: SessionTokens): void;
  clear(): void;
};

export type Context = {
  deps: Deps;
  request: RequestFacts;
  cookies: SessionCookies;
  /** Looks the session or token up once per request; undefined for a stranger. */
  findSession(): Promise<Session | undefined>;
};

export type SignedInContext = Context & { session: Session };
export type SessionContext = Context & { session: BrowserSession };
