// Schemas of the auth procedures.
import { z } from "zod";
import { rowIdSchema, userIdSchema } from "./ids.ts";
import { typedLine } from "./typed-line.ts";

export const roleSchema = z.enum(["user", "admin"]);
export type Role = z.infer<typeof roleSchema>;

export const emailSchema = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase());
/** OWASP ASVS 5, 6.2.1 and 6.2.9: at least 8 characters (12 here: there is no second factor), at least 64 allowed. */
export const passwordSchema = z.string().min(12, "Use at least 12 characters.").max(200);

export const userSchema = z.object({
  id: userIdSchema,
  email: z.string(),
  displayName: z.string(),
  role: roleSchema,
});
export type User = z.infer<typeof userSchema>;

/** How one signs in: with a password of this installation, with Microsoft, or not at all (another application). */
export const accountKindSchema = z.enum(["local", "microsoft", "app"]);

const expiresAt = z.iso.datetime();

export const providersOutput = z.object({
  password: z.boolean(),
  entra: z.object({ clientId: z.string(), authority: z.string() }).nullable(),
  /** True until the first administrator exists. */
  setupNeeded: z.boolean(),
});

export const setupInput = z.strictObject({
  email: emailSchema,
  password: passwordSchema,
  displayName: typedLine(1, 200),
});

export const loginInput = z.discriminatedUnion("provider", [
  z.strictObject({ provider: z.literal("password"), email: emailSchema, password: z.string().min(1).max(200) }),
  z.strictObject({ provider: z.literal("entra"), idToken: z.string().min(1).max(16_384) }),
]);

export const signedInOutput = z.object({ user: userSchema, session: z.object({ expiresAt }) });

export const meOutput = z.object({
  user: userSchema,
  account: accountKindSchema,
  /** True while the password is one that an administrator gave: until `changePassword`, everything else is refused. */
  mustChangePassword: z.boolean(),
  limits: z.object({
    fileBytes: z.int(),
    filesPerTask: z.int(),
    pagesPerTask: z.int(),
    imagePixels: z.int(),
    storageBytesPerUser: z.int(),
    runningTasksPerUser: z.int(),
    waitingTasksPerUser: z.int(),
    retentionDays: z.int(),
  }),
  /** What of these the caller uses now. */
  usage: z.object({ storageBytes: z.int(), runningTasks: z.int(), waitingTasks: z.int() }),
  languages: z.object({ installed: z.array(z.string()), default: z.array(z.string()) }),
});

export const sessionsOutput = z.array(
  z.object({
    id: z.int(),
    current: z.boolean(),
    userAgent: z.string().nullable(),
    address: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    expiresAt,
  }),
);

export const endOtherSessionsInput = z.strictObject({
  /** API tokens end as well. */
  tokens: z.boolean().default(false),
});
/** How many ended. */
export const endOtherSessionsOutput = z.object({ sessions: z.int(), tokens: z.int() });
export const revokeSessionInput = z.strictObject({ id: rowIdSchema });
export const changePasswordInput = z.strictObject({
  current: z.string().min(1).max(200),
  next: passwordSchema,
  /** API tokens end as well: for when somebody else may have made or seen one. */
  tokens: z.boolean().default(false),
});

export const apiTokenScopeSchema = z.enum(["tasks:read", "tasks:write", "admin:read"]);
export type ApiTokenScope = z.infer<typeof apiTokenScopeSchema>;
export const apiTokenSchema = z.object({
  id: z.int(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(apiTokenScopeSchema),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export const apiTokensOutput = z.array(apiTokenSchema);
export const createApiTokenInput = z.strictObject({
  name: typedLine(1, 100),
  scopes: z.array(apiTokenScopeSchema).min(1),
  expiresInDays: z.int().min(1).max(366).default(90),
});
/** `token` is shown this once; only its hash is kept. */
export const createApiTokenOutput = apiTokenSchema.extend({ token: z.string() });
export const revokeApiTokenInput = z.strictObject({ id: rowIdSchema });

export const doneOutput = z.object({ done: z.literal(true) });
