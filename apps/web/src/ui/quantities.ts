// Numbers as a person reads them, in the locale of the messages.
import type { Messages } from "../messages/en.ts";

const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** Bytes in steps of 1024, as limits and most file managers count: 1.5 MB, 420 kB. */
export function formatBytes(bytes: number, locale: string): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toLocaleString(locale, { maximumFractionDigits: digits })} ${units[unit] ?? "B"}`;
}

/** Milliseconds as 0.4 s, 12 s, 3 min 20 s, 2 h 5 min, 3 d 4 h, in the words of the language. */
export function formatDuration(ms: number, { locale, units }: Pick<Messages, "locale" | "units">): string {
  const told = (value: number, unit: keyof typeof units) => `${value.toLocaleString(locale)} ${units[unit]}`;
  const both = (value: number, each: number, large: keyof typeof units, small: keyof typeof units) =>
    value % each === 0
      ? told(value / each, large)
      : `${told(Math.floor(value / each), large)} ${told(value % each, small)}`;
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${seconds.toLocaleString(locale, { maximumFractionDigits: 1 })} ${units.second}`;
  const whole = Math.round(seconds);
  if (whole < 60) return told(whole, "second");
  if (whole < 3_600) return both(whole, 60, "minute", "second");
  const minutes = Math.floor(whole / 60);
  if (minutes < 24 * 60) return both(minutes, 60, "hour", "minute");
  return both(Math.floor(minutes / 60), 24, "day", "hour");
}

/** A confidence of 0–100 as whole percent. Rounded down: 99.6 is not certainty. */
export function formatConfidence(confidence: number, locale: string): string {
  return (Math.floor(confidence) / 100).toLocaleString(locale, { style: "percent" });
}

/** An ISO time as date and time in the person's zone; today and this year are left out where they go without saying. */
export function formatWhen(iso: string, now: Date, locale: string): string {
  const time = new Date(iso);
  if (time.toDateString() === now.toDateString()) return time.toLocaleTimeString(locale, { timeStyle: "short" });
  const sameYear = time.getFullYear() === now.getFullYear();
  return time.toLocaleString(locale, {
    ...(sameYear ? {} : { year: "numeric" }),
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
}

/** `done` of `total` as 0–100 for a progress bar; 0 when there is nothing to do yet. */
export function toPercent(done: number, total: number): number {
  return total > 0 ? Math.min(100, Math.max(0, (done / total) * 100)) : 0;
}
