// What a procedure takes and gives, as JSON schemas: made from the Zod schemas that the procedure itself checks.
import { z } from "zod";
import { appRouter } from "../router.ts";

export type JsonSchema = z.core.JSONSchema.JSONSchema;

export type ProcedureShape = {
  type: "query" | "mutation";
  /** Undefined for a procedure without input. */
  input: JsonSchema | undefined;
  output: JsonSchema;
};

type Definition = { type: string; inputs: unknown[]; output?: unknown };

/** The shape of the procedure named `name`. Throws for a name that is not in the router: a mistake in the table. */
export function procedureShape(name: string): ProcedureShape {
  // At run time the router is one flat record, and a procedure keeps its output schema; tRPC's types show neither.
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: Definition } | undefined>;
  const def = procedures[name]?._def;
  const [input] = def?.inputs ?? [];
  if (def === undefined || def.type === "subscription" || !(def.output instanceof z.ZodType)) {
    throw new Error(`The REST table names ${name}, which is no query or mutation with an output schema.`);
  }
  return {
    type: def.type === "query" ? "query" : "mutation",
    input: input instanceof z.ZodType ? toJsonSchema(input, "input") : undefined,
    output: toJsonSchema(def.output, "output"),
  };
}

export function toJsonSchema(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
