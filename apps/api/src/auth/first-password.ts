// A password for somebody else: made by chance, and good for choosing another for some days.
import { randomInt } from "node:crypto";

/** Nothing that looks like something else on paper or sounds like it on the telephone. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";
/** Four groups of five of 31 letters: 99 bits. */
const groups = 4;
const groupLength = 5;
/** ASVS 5, 6.4.1: short, and long enough for somebody who is away for a week. */
const daysMs = 7 * 24 * 60 * 60_000;

/** Fits passwordSchema. */
export function newPassword(): string {
  const group = () => Array.from({ length: groupLength }, () => letters[randomInt(letters.length)]).join("");
  return Array.from({ length: groups }, group).join("-");
}

/** When a password that is given at `now` stops being taken. */
export function firstPasswordEnd(now: Date): Date {
  return new Date(now.getTime() + daysMs);
}
