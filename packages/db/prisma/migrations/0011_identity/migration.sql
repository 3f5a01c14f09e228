-- Passwords that an administrator gave, and other applications of the organisation that call for themselves.

-- Until when the password that an administrator gave may be used to sign in and choose another; null: the person chose it.
ALTER TABLE "tool_ocr_users" ADD COLUMN "first_password_until" TIMESTAMPTZ(3);

-- The application whose service principal this row is; it never signs in, and no role is given to it here.
ALTER TABLE "tool_ocr_users" ADD COLUMN "entra_app_id" UUID;
ALTER TABLE "tool_ocr_users" ADD CONSTRAINT "tool_ocr_users_app_check"
  CHECK ("entra_app_id" IS NULL OR ("entra_object_id" IS NOT NULL AND "role" = 'user'));
ALTER TABLE "tool_ocr_users" ADD CONSTRAINT "tool_ocr_users_first_password_check"
  CHECK ("first_password_until" IS NULL OR ("password_hash" IS NOT NULL AND "entra_object_id" IS NULL));

-- An application that acts is named in the details of its entries.
ALTER TABLE "tool_ocr_audit_logs" DROP CONSTRAINT "tool_ocr_audit_logs_actor_check";
ALTER TABLE "tool_ocr_audit_logs" ADD CONSTRAINT "tool_ocr_audit_logs_actor_check"
  CHECK ("actor" IN ('person', 'token', 'app', 'system') AND ("actor" = 'token') = ("token_id" IS NOT NULL)
    AND ("actor" <> 'app' OR "details" ? 'app'));
