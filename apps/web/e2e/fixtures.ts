// A server for all tests of one installation, and a page that fails its test for anything written to the console.
import { test as base, expect, type Page } from "@playwright/test";
import { type Server, startServer } from "./server.ts";

export { expect };

export interface Complaints {
  /** Allows what the browser logs by itself about answers with this status, for as long as the test runs. */
  allowStatus(status: number): void;
  /** Allows what the browser logs when the test itself has cut the network, or ended the server. */
  allowOffline(): void;
  /** Listens to one more page. */
  hear(page: Page): Promise<void>;
}

interface TestFixtures {
  complaints: Complaints;
}

interface WorkerFixtures {
  /** Files that name another installation get a process, and with it a server, of their own. */
  installation: string;
  server: Server;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  installation: ["", { scope: "worker", option: true }],
  server: [
    // Playwright reads the names in the first parameter, so there must be a pattern.
    async ({ playwright: _playwright }, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  complaints: [
    async ({ page, server }, use, testInfo) => {
      const heard: string[] = [];
      const allowed = new Set<string>();
      await listen(page, heard, allowed);
      await use({
        hear: (another) => listen(another, heard, allowed),
        allowStatus: (status) => allowed.add(String(status)),
        allowOffline: () => {
          for (const reason of lost) allowed.add(`net::ERR_${reason}`);
        },
      });
      if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach("server.log", { body: server.log() });
      expect(heard, "errors and warnings in the console").toEqual([]);
    },
    { auto: true },
  ],
});

/** How the browser calls a connection that is not there, or is there no longer. */
const lost = [
  "INTERNET_DISCONNECTED",
  "CONNECTION_REFUSED",
  "CONNECTION_RESET",
  "CONNECTION_CLOSED",
  "EMPTY_RESPONSE",
  "INCOMPLETE_CHUNKED_ENCODING",
];

async function listen(page: Page, heard: string[], allowed: ReadonlySet<string>): Promise<void> {
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`Content security policy: ${event.violatedDirective} refused ${event.blockedURI}`);
    });
  });
  page.on("pageerror", (error) => heard.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const reason = /^Failed to load resource: (?:the server responded with a status of (\d{3})|(net::\w+))/u.exec(
      message.text(),
    );
    if (allowed.has(reason?.[1] ?? reason?.[2] ?? "")) return;
    heard.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
}
