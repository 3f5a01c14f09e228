-- People from Microsoft Entra are known by tenant and object id, never by an address: two of them, or one and a local account, may
-- have the same. Among local accounts an address stays what one signs in with.
DROP INDEX "tool_ocr_users_email_key";
CREATE UNIQUE INDEX "tool_ocr_users_email_key" ON "tool_ocr_users" ("email") WHERE "entra_object_id" IS NULL;

-- ID tokens that were turned in, by hash, until they expire by themselves: each is good for one sign-in, whichever process takes it.
CREATE TABLE "tool_ocr_entra_tokens" (
  "token_hash" VARCHAR(128) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "tool_ocr_entra_tokens_pkey" PRIMARY KEY ("token_hash")
);
CREATE INDEX "tool_ocr_entra_tokens_expires_at_idx" ON "tool_ocr_entra_tokens" ("expires_at");
ALTER TABLE "tool_ocr_entra_tokens" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON "tool_ocr_entra_tokens" TO "legible_system";
CREATE POLICY "system_all" ON "tool_ocr_entra_tokens" TO "legible_system" USING (true) WITH CHECK (true);
