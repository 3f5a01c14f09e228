// The line between browser and server, made slow or cut by the test.
import type { Page } from "@playwright/test";

export interface Line {
  /** Uploads at `bytesPerSecond`; without a figure as fast as can be. */
  slow(bytesPerSecond?: number): Promise<void>;
  cut(): Promise<void>;
}

export async function lineOf(page: Page): Promise<Line> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const set = (offline: boolean, uploadThroughput: number) =>
    session.send("Network.emulateNetworkConditions", {
      offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  return {
    slow: async (bytesPerSecond = -1) => void (await set(false, bytesPerSecond)),
    cut: async () => void (await set(true, -1)),
  };
}
