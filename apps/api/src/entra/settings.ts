// What the installation says about signing in with Microsoft Entra ID.
import type { EntraKeys } from "./keys.ts";

export type EntraSettings = {
  /** The tenant whose sign-in page is shown. */
  tenantId: string;
  clientId: string;
  /** Tenants whose people are admitted, `tenantId` among them. */
  allowedTenants: readonly string[];
  /** Address of the cloud, without a slash at its end: https://login.microsoftonline.com. */
  cloud: string;
};

/** How people prove who they are. `entra` is undefined where it is not set up. */
export type Identity = {
  localAccounts: boolean;
  entra: EntraSettings | undefined;
  keys: EntraKeys;
  /** Administrators by address, in lower case; for tenants that use no roles. */
  adminEmails: readonly string[];
};

/** The authority of a tenant, as MSAL and the tokens name it. */
export function authorityOf({ cloud }: EntraSettings, tenantId: string): string {
  return `${cloud}/${tenantId}`;
}
