import { expect, test } from "vitest";
import { describeDevice, isHandheld } from "../src/settings/describe-device.ts";

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
    "Edge",
    "Windows",
    false,
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux", false],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1",
    "Safari",
    "iPhone",
    true,
  ],
  [
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    "Chrome",
    "Android",
    true,
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Safari/605.1.15",
    "Safari",
    "macOS",
    false,
  ],
])("%s is known by its browser and system", (userAgent, browser, system, handheld) => {
  const device = describeDevice(userAgent);
  expect(device).toEqual({ browser, system });
  expect(device !== undefined && isHandheld(device)).toBe(handheld);
});

test.each([null, "", "curl/8.5.0"])("%j is no browser that is known", (userAgent) => {
  expect(describeDevice(userAgent)).toBeUndefined();
});
