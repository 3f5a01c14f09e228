// A server whose people come from a tenant of Microsoft Entra ID: one of our own, over HTTPS.
import type { Page } from "@playwright/test";
import { test as base, expect } from "./fixtures.ts";
import { clientId, type IdentityProvider, startIdentityProvider, tenantId } from "./identity-provider.ts";
import { type Server, startServer } from "./server.ts";

interface Tenant {
  tenant: IdentityProvider;
  /** Whether people may have accounts of the installation itself, too. */
  localAccounts: "on" | "off";
  server: Server;
}

export const test = base.extend<object, Tenant>({
  localAccounts: ["off", { scope: "worker", option: true }],
  tenant: [
    async ({ playwright: _playwright }, use) => {
      const tenant = await startIdentityProvider();
      await use(tenant);
      await tenant.stop();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ tenant, localAccounts }, use) => {
      const server = await startServer({
        ENTRA_TENANT_ID: tenantId,
        ENTRA_CLIENT_ID: clientId,
        ENTRA_AUTHORITY: tenant.cloud,
        NODE_EXTRA_CA_CERTS: tenant.certificate,
        LOCAL_ACCOUNTS: localAccounts,
      });
      tenant.admit(`${server.url}/sign-in`);
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** To the tenant's page and, as `name`, back. */
export async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Sign in with Microsoft" }).click();
  await expect(page).toHaveTitle("Who are you?");
  await page.getByRole("link", { name }).click();
}
