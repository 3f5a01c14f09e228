// A query string as the input of a procedure: text becomes what the schema asks for. What cannot be converted stays text, and the
// procedure's own schema refuses it by name.
import type { JsonSchema } from "./schemas.ts";

/** `values` with numbers, booleans and lists where `schema` has them. */
export function fromQuery(values: Record<string, unknown>, schema: JsonSchema | undefined): Record<string, unknown> {
  const properties = schema?.properties ?? {};
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, convert(value, properties[name])]));
}

function convert(value: unknown, schema: JsonSchema | boolean | undefined): unknown {
  const type = typeof schema === "object" ? schema.type : undefined;
  if (type === "array") return Array.isArray(value) ? value : [value];
  if (typeof value !== "string") return value;
  if ((type === "integer" || type === "number") && /^-?\d{1,15}(\.\d{1,6})?$/u.test(value)) return Number(value);
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}
