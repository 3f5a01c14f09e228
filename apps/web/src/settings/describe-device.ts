// A browser and a system from what the browser says of itself. A help to recognise one's own device, and no proof of anything.

/** The first that matches counts: others pretend to be Chrome or Safari as well. */
const browsers: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//u, "Edge"],
  [/\bOPR\//u, "Opera"],
  [/\bSamsungBrowser\//u, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//u, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//u, "Chrome"],
  [/\bSafari\//u, "Safari"],
];
const systems: [RegExp, string][] = [
  [/\biPhone\b/u, "iPhone"],
  [/\biPad\b/u, "iPad"],
  [/\bAndroid\b/u, "Android"],
  [/\bWindows\b/u, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/u, "macOS"],
  [/\bCrOS\b/u, "ChromeOS"],
  [/\bLinux\b/u, "Linux"],
];

export interface Device {
  browser: string;
  system: string;
}

/** Undefined when either is not known: then the text itself says more. */
export function describeDevice(userAgent: string | null): Device | undefined {
  const find = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1];
  const [browser, system] = [find(browsers), find(systems)];
  return browser === undefined || system === undefined ? undefined : { browser, system };
}

/** True for what is held in the hand. */
export function isHandheld({ system }: Device): boolean {
  return ["iPhone", "iPad", "Android"].includes(system);
}
