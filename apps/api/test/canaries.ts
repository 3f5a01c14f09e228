// What no log may hold: passwords, tokens, cookies, and what stands in documents, their names and searches. The helpers of the suite note
// what they send and are given; when a server under test ends, everything that it logged is searched for all of it.

/** Shorter ones are found by chance: "en" stands in many words. */
const shortest = 8;
/** Fields of inputs and answers whose values are noted. */
const telling = new Set([
  "password",
  "current",
  "next",
  "email",
  "displayName",
  "idToken",
  "name",
  "filename",
  "text",
  "token",
]);

/** Each with what it is. Those of one test file: Vitest gives every file a process's memory of its own. */
const canaries = new Map<string, string>();

/** Notes `text`, which is a `kind` (told when it is found), as something that no log may hold. */
export function neverLogged(kind: string, text: string): void {
  if (text.length >= shortest) canaries.set(text, kind);
}

/** Notes what a request carries, or an answer brings. */
export function noteHeaders(headers: Headers): void {
  const token = /^Bearer (.+)$/u.exec(headers.get("authorization") ?? "")?.[1];
  if (token !== undefined) neverLogged("token", token);
  for (const pair of [...(headers.get("cookie")?.split("; ") ?? []), ...headers.getSetCookie()]) {
    neverLogged("cookie", /^[^=]+=([^;]*)/u.exec(pair)?.[1] ?? "");
  }
}

/** Notes the telling fields in `json`; what is no JSON, or too deep to be looked through, tells nothing. */
export function noteFields(json: string): void {
  try {
    JSON.parse(json, (key, value: unknown) => {
      if (typeof value === "string" && telling.has(key)) neverLogged(key, value);
      return value;
    });
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
  }
}

/** Notes the telling parameters of an address, and those in a tRPC input. */
export function noteAddress(address: URL): void {
  for (const [name, value] of address.searchParams) {
    if (telling.has(name)) neverLogged(name, value);
    if (name === "input") noteFields(value);
  }
}

/** @throws Error naming the kind of each canary in `log`, and the line around it. */
export function assertNoCanaries(log: string): void {
  const found: string[] = [];
  for (const [text, kind] of canaries) {
    for (const spelling of new Set([text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)])) {
      const at = log.indexOf(spelling);
      if (at >= 0) found.push(`a ${kind}: …${log.slice(Math.max(0, at - 80), at + spelling.length + 20)}…`);
    }
  }
  if (found.length > 0) throw new Error(`The log holds what it must not:\n${found.join("\n")}`);
}
