// A user's row as everybody may see it.
import { roleSchema, type User } from "@legible/shared/session";

export function toUser(row: { id: number; email: string; displayName: string; role: string }): User {
  return { id: row.id, email: row.email, displayName: row.displayName, role: roleSchema.parse(row.role) };
}
