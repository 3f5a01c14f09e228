// Making the call that a line of the matrix stands for, as one of its callers.
import { appRouter } from "../../src/router.ts";
import { callers, type Person } from "../api.ts";
import type { CallerName, Line, RouteLine } from "./matrix.ts";
import { type Scene, scopesWithout } from "./scene.ts";

export type Caller = Pick<Person, "fetch" | "query" | "mutate">;

/** At run time the router is one flat record; tRPC's types do not show it. */
export const definitions = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: "query" | "mutation" | "subscription"; inputs: unknown[] } }
>;

/** The caller `name` of `line`: of an administrators' line, tokens and sessions that are over are an administrator's. */
export async function callerOf(scene: Scene, name: CallerName, line: Line, administrators: boolean): Promise<Caller> {
  const { api } = scene;
  const person = administrators ? scene.admin : scene.owner;
  if (name === "anonymous") return callers(api.origin, "");
  if (name === "owner" || name === "other" || name === "admin") return scene[name];
  if (name === "revoked") {
    const over = await scene.token(person, scopesWithout("none"));
    await api.database.asOwner("UPDATE tool_ocr_api_tokens SET revoked_at = now() WHERE id = $1", [over.tokenId]);
    return over;
  }
  const all = line.needs === "person" || line.needs === "anybody";
  const needed = all ? scopesWithout("none") : [line.needs as "tasks:read"];
  if (name === "token") return scene.token(person, needed);
  if (name === "app") return callers(api.origin, "", await scene.appToken(needed));
  if (name === "narrow") return scene.token(person, scopesWithout(line.needs));
  const past = "now() - interval '1 second'";
  await api.database.asOwner(
    name === "expired"
      ? `UPDATE tool_ocr_sessions SET access_expires_at = ${past}, expires_at = ${past}, absolute_expires_at = ${past} WHERE user_id = $1`
      : "UPDATE tool_ocr_users SET disabled_at = now() WHERE id = $1",
    [person.id],
  );
  return person;
}

/** Calls procedure `path`. A subscription is answered by its first event, with the status of its error if it is one. */
export async function callProcedure(caller: Caller, path: string, input: unknown): Promise<Answer> {
  const type = definitions[path]?._def.type;
  if (type === "subscription") return firstEvent(caller, path, input);
  return toAnswer(await (type === "mutation" ? caller.mutate(path, input) : caller.query(path, input)));
}

export type Answer = { status: number; body: string; headers: Record<string, string> };

async function toAnswer(response: Response): Promise<Answer> {
  return { status: response.status, body: await response.text(), headers: Object.fromEntries(response.headers) };
}

async function firstEvent(caller: Caller, path: string, input: unknown): Promise<Answer> {
  const abort = new AbortController();
  const response = await caller.fetch(`/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {
    headers: { accept: "text/event-stream" },
    signal: abort.signal,
  });
  const headers = Object.fromEntries(response.headers);
  let body = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    body += chunk;
    // The first block says that the stream is open.
    if (/\n\n.*data: .*\n\n/su.test(body)) break;
  }
  abort.abort();
  const error = /event: serialized-error\ndata: .*"httpStatus":(\d+)/u.exec(body)?.[1];
  return { status: error === undefined ? response.status : Number(error), body, headers };
}

/** Calls the route `"METHOD /pattern"` with `input`: its parameters in the address, the rest in query or body. */
export async function callRoute(
  caller: Caller,
  route: string,
  { body }: RouteLine,
  input: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const [method = "", pattern = ""] = route.split(" ");
  const rest = new Map(Object.entries(input));
  const path = pattern.replaceAll(/:(\w+)|\*/gu, (whole, name: string | undefined) => {
    const key = name ?? whole;
    const value = String(rest.get(key));
    rest.delete(key);
    return encodeURIComponent(value);
  });
  if (method !== "POST") {
    const query = new URLSearchParams([...rest].map(([name, value]) => [name, String(value)]));
    return toAnswer(await caller.fetch(`${path}?${query}`, { method, headers, body: body ?? null }));
  }
  const json = JSON.stringify(Object.fromEntries(rest));
  const jsonHeaders = { ...headers, "content-type": "application/json" };
  return toAnswer(await caller.fetch(path, { method, headers: jsonHeaders, body: json }));
}
