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
  /** What moved in the largest single shift. */
  moved: string;
}

/** Not in the types of the DOM yet. */
interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null }[];
}

interface Kept {
  events: { id: number; name: string; ms: number }[];
  shifts: { at: number; value: number; moved: string }[];
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
      for (const entry of list.getEntries() as LayoutShift[]) {
        if (entry.hadRecentInput) continue;
        const moved = entry.sources.map(({ node }) =>
          node instanceof Element ? node.className : String(node?.nodeName),
        );
        kept.shifts.push({ at: entry.startTime, value: entry.value, moved: moved.join(", ") });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** The longest interaction since this was called last, ms by the clock; 0 when all took less than 16. */
export async function longestSince(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { events, told = 0 } = Reflect.get(window, "vitals") as Kept & { told?: number };
    Reflect.set(Reflect.get(window, "vitals") as object, "told", events.length);
    return Math.max(0, ...events.slice(told).map(({ ms }) => ms));
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
    moved: [...shifts].sort((a, b) => b.value - a.value)[0]?.moved ?? "",
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

/** Processor time that the page's main thread has used so far, ms: unlike a clock, it does not count what else the machine does. */
export async function mainThreadClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
}
