// A token's row as its owner may see it.
import { type apiTokenSchema, apiTokenScopeSchema } from "@legible/shared/session";
import { z } from "zod";

type Row = {
  id: number;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
};

export function toTokenView(row: Row): z.output<typeof apiTokenSchema> {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: z.array(apiTokenScopeSchema).parse(row.scopes),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
