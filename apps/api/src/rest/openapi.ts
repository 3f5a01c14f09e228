// The OpenAPI 3.1 document: the table's routes with their schemas, and the file routes, which are written out.
import { errorBodySchema } from "@legible/shared/errors";
import { resultFormatSchema } from "@legible/shared/result-format";
import { uploadOutput } from "@legible/shared/task";
import { type JsonSchema, type ProcedureShape, procedureShape, toJsonSchema } from "./schemas.ts";
import { type RestRoute, restTable } from "./table.ts";

type Operation = Record<string, unknown>;

/** Who calls without a session. */
const withoutSession = new Set(["auth.login", "auth.refresh", "auth.logout"]);

export function openApiDocument() {
  const paths: Record<string, Record<string, Operation>> = {};
  const add = (path: string, method: string, operation: Operation) => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  };
  for (const route of restTable) add(route.path, route.method, toOperation(route, procedureShape(route.procedure)));
  for (const { path, method, ...operation } of fileOperations) add(path, method, operation);
  return {
    openapi: "3.1.0",
    info: {
      title: "Legible",
      version: "2",
      description:
        "Scans, photos and PDFs in; JSON, Markdown, plain text, hOCR, ALTO and searchable PDFs out. Requests that change something and carry a session cookie must carry an Origin header of this server as well.",
    },
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "legible_session",
          description: "Set by sign-in; over https its name is __Host-legible_session.",
        },
      },
      schemas: { Error: toJsonSchema(errorBodySchema, "output") },
      responses: { Error: { description: "What was wrong.", content: json({ $ref: "#/components/schemas/Error" }) } },
    },
  };
}

function toOperation({ method, path, procedure }: RestRoute, { input, output }: ProcedureShape): Operation {
  const names = [...path.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? "");
  const properties = Object.entries(input?.properties ?? {});
  const inPath = names.map((name) => pathParameter(name, property(input, name)));
  const inQuery = properties
    .filter(([name]) => method !== "POST" && !names.includes(name))
    .map(([name, schema]) => ({ name, in: "query", required: input?.required?.includes(name) ?? false, schema }));
  return {
    operationId: procedure,
    parameters: [...inPath, ...inQuery],
    ...(method === "POST" && input !== undefined ? body(without(input, names)) : {}),
    ...(withoutSession.has(procedure) ? { security: [] } : {}),
    responses: answers({ description: "Done.", content: json(output) }),
  };
}

const taskId = pathParameter("taskId", { type: "string", format: "uuid" });
const binary = { schema: { type: "string", format: "binary" } };
const file = {
  description: "The file, as an attachment; 206 for a Range.",
  content: { "application/octet-stream": binary },
};

const fileOperations: ({ path: string; method: string } & Operation)[] = [
  {
    path: "/api/v2/tasks/{taskId}/files/{position}",
    method: "PUT",
    operationId: "file.put",
    summary: "The bytes of one file. Its type is known by its content, not by a header.",
    parameters: [taskId, pathParameter("position", { type: "integer", minimum: 1 })],
    requestBody: { required: true, content: { "application/octet-stream": binary } },
    responses: answers({ description: "Stored.", content: json(toJsonSchema(uploadOutput, "output")) }),
  },
  {
    path: "/api/v2/tasks/{taskId}/download/{format}",
    method: "GET",
    operationId: "file.download",
    summary: "A result: the document tree, Markdown, searchable PDF, plain text, hOCR 1.2, ALTO 4.4, or a ZIP of all.",
    parameters: [
      taskId,
      pathParameter("format", toJsonSchema(resultFormatSchema, "input")),
      {
        name: "version",
        in: "query",
        required: false,
        description: "With the corrections that were made since, or as the document was read.",
        schema: { type: "string", enum: ["latest", "original"], default: "latest" },
      },
    ],
    responses: answers(file),
  },
  {
    path: "/api/v2/tasks/{taskId}/source",
    method: "GET",
    operationId: "file.source",
    parameters: [
      taskId,
      { name: "position", in: "query", required: false, schema: { type: "integer", minimum: 1, default: 1 } },
    ],
    responses: answers(file),
  },
  {
    path: "/api/v2/tasks/{taskId}/pages/{n}/preview",
    method: "GET",
    operationId: "page.preview",
    summary: "The page as it is displayed, upright, in colour, at up to 150 dpi: the boxes of its tree fit on it.",
    parameters: [
      taskId,
      pathParameter("n", { type: "integer", minimum: 1 }),
      {
        name: "width",
        in: "query",
        required: false,
        description: "Width that is enough, px: up to 240 a thumbnail is sent.",
        schema: { type: "integer", minimum: 1 },
      },
    ],
    responses: answers({ description: "The picture.", content: { "image/jpeg": binary } }),
  },
];

function pathParameter(name: string, schema: JsonSchema) {
  return { name, in: "path", required: true, schema };
}

function property(schema: JsonSchema | undefined, name: string): JsonSchema {
  const found = schema?.properties?.[name];
  return typeof found === "object" ? found : { type: "string" };
}

function without(schema: JsonSchema, names: string[]): JsonSchema {
  if (names.length === 0 || schema.properties === undefined) return schema;
  const properties = Object.fromEntries(Object.entries(schema.properties).filter(([name]) => !names.includes(name)));
  return { ...schema, properties, required: schema.required?.filter((name) => !names.includes(name)) ?? [] };
}

function body(schema: JsonSchema) {
  const required = (schema.required?.length ?? 0) > 0 || schema.properties === undefined;
  return { requestBody: { required, content: json(schema) } };
}

function json(schema: JsonSchema) {
  return { "application/json": { schema } };
}

function answers(success: object) {
  return { "200": success, default: { $ref: "#/components/responses/Error" } };
}
