// How a page feels, as browsers measure it: delay of interactions (Event Timing API) and movement of what is there (Layout Instability).
import type { Page } from "@playwright/test";

export interface Vitals {
  /** Longest interaction, ms: from the input until the next picture is on the screen. Browsers round it to 8. */
  inp: number;
  /** What took that long. */
  slowest: string;
  interactions: number;
  /** Largest burst of layout shifts (a window of five seconds at most, gaps of one), as the web vital counts it. */
  cls: number;
}

interface Kept {
  events: { id: number; name: string; ms: number }[];
  shifts: { at: number; value: number }[];
}

/** Before the first page is opened. */
export async function keepVitals(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: Kept = { events: [], shifts: [] };
    Reflect.set(window, "vitals", kept);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEventTiming & { interactionId: number })[]) {
        if (entry.interactionId > 0)
          kept.events.push({ id: entry.interactionId, name: entry.name, ms: entry.duration });
      }
    }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) kept.shifts.push({ at: entry.startTime, value: entry.value });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** What was kept since the page was loaded. */
export async function readVitals(page: Page): Promise<Vitals> {
  const { events, shifts } = await page.evaluate(() => Reflect.get(window, "vitals") as Kept);
  const slowest = [...events].sort((a, b) => b.ms - a.ms)[0];
  return {
    inp: slowest?.ms ?? 0,
    slowest: slowest?.name ?? "nothing over 16 ms",
    interactions: new Set(events.map(({ id }) => id)).size,
    cls: largestBurst(shifts),
  };
}

function largestBurst(shifts: Kept["shifts"]): number {
  let [largest, sum, first, last] = [0, 0, 0, Number.NEGATIVE_INFINITY];
  for (const { at, value } of shifts) {
    if (at - last > 1_000 || at - first > 5_000) [sum, first] = [0, at];
    sum += value;
    last = at;
    largest = Math.max(largest, sum);
  }
  return largest;
}
