// What a procedure knows of the request it serves, whichever door it came in by (tRPC or REST).
import type { Role } from "@legible/shared/session";
import type { Deps } from "./deps.ts";

export type RequestFacts = {
  id: string;
  address: string;
  userAgent: string | undefined;
};

/** Somebody whose session was found, with role and rights as they are in the database now. */
export type Session = {
  id: number;
  familyId: string;
  userId: number;
  email: string;
  displayName: string;
  role: Role;
};

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
  /** Looks the session up once per request; undefined for a stranger. */
  findSession(): Promise<Session | undefined>;
};

export type SignedInContext = Context & { session: Session };
