// The places in a procedure's input where a text or a number goes, found by walking its schema.
import type { JsonSchema } from "../../src/rest/schemas.ts";

export type Leaf = { path: (string | number)[]; type: "string" | "number" };

/** All leaves below `schema`; an array is stood for by its first item. */
export function leavesOf(schema: JsonSchema | boolean | undefined, path: Leaf["path"] = []): Leaf[] {
  if (typeof schema !== "object") return [];
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [
    ...branches.flatMap((branch) => leavesOf(branch, path)),
    ...(schema.type === "string" ? [{ path, type: "string" as const }] : []),
    ...(schema.type === "integer" || schema.type === "number" ? [{ path, type: "number" as const }] : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => leavesOf(inner, [...path, name])),
    ...(Array.isArray(schema.items) ? [] : leavesOf(schema.items, [...path, 0])),
  ];
}

/** Objects below `schema` that would let an unknown key pass, as paths. */
export function openObjects(schema: JsonSchema | boolean | undefined, path = "input"): string[] {
  if (typeof schema !== "object") return [];
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [
    ...(schema.type === "object" && schema.additionalProperties !== false ? [path] : []),
    ...branches.flatMap((branch) => openObjects(branch, path)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => openObjects(inner, `${path}.${name}`)),
    ...(Array.isArray(schema.items) ? [] : openObjects(schema.items, `${path}[]`)),
  ];
}

/** A copy of `input` with `value` at `path`; what is missing on the way is made. */
export function withValue(input: unknown, path: Leaf["path"], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === "number") return [withValue(Array.isArray(input) ? input[0] : undefined, rest, value)];
  const object = typeof input === "object" && input !== null ? (input as Record<string, unknown>) : {};
  return { ...object, [key]: withValue(object[key], rest, value) };
}
